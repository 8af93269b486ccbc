package dev.jgenl.capture;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of protocols in {@code linux/netlink.h}. */
final class ProtocolNames {

  /** By number; there is none where nothing stands. */
  private static final List<String> NAMES =
      List.of(
          "ROUTE",
          "",
          "USERSOCK",
          "FIREWALL",
          "SOCK_DIAG",
          "NFLOG",
          "XFRM",
          "SELINUX",
          "ISCSI",
          "AUDIT",
          "FIB_LOOKUP",
          "CONNECTOR",
          "NETFILTER",
          "IP6_FW",
          "DNRTMSG",
          "KOBJECT_UEVENT",
          "GENERIC",
          "",
          "SCSITRANSPORT",
          "ECRYPTFS",
          "RDMA",
          "CRYPTO",
          "SMC");

  private static final String PREFIX = "NETLINK_";

  private ProtocolNames() {}

  /** Returns a name such as "route"; one that is not known has its number. */
  static String name(int number) {
    String name = number >= 0 && number < NAMES.size() ? NAMES.get(number) : "";
    return name.isEmpty() ? "protocol " + number : name.toLowerCase(Locale.ROOT);
  }

  /** Returns the number, from a name with or without {@code NETLINK_}, or from digits; or null. */
  static @Nullable Integer number(String name) {
    String plain = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    int number = plain.equals("INET_DIAG") ? NAMES.indexOf("SOCK_DIAG") : NAMES.indexOf(plain);
    if (number >= 0) {
      return number;
    }
    try {
      return Integer.decode(plain);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
