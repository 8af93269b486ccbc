package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.DumpPolicy;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Shows the links of this network namespace with their addresses and routes: three dumps of {@code
 * NETLINK_ROUTE}. The numbers are those of {@code linux/rtnetlink.h}, {@code linux/if_link.h} and
 * {@code linux/if_addr.h}.
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.Links
 * </pre>
 */
public final class Links {

  private static final int RTM_GETLINK = 18;
  private static final int IFINFOMSG = 16; // bytes
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFF_UP = 1;

  private static final int RTM_GETADDR = 22;
  private static final int IFADDRMSG = 8;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;

  private static final int RTM_GETROUTE = 26;
  private static final int RTMSG = 12;
  private static final int RT_TABLE_MAIN = 254;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;

  /** Those of links, of IPv4, of IPv6; there are addresses of Phonet, routes of MPLS, and more. */
  private static final Set<Byte> FAMILIES = Set.of((byte) 0, (byte) 2, (byte) 10);

  private static final String USAGE =
      """
      usage: Links

      Shows the links with their addresses, and with the routes of the main table; those over
      several links, or over none, stand at "-".
      """;

  private Links() {}

  /** Prints the table. */
  public static void main(String[] args) {
    if (args.length > 0) {
      boolean help = String.join(" ", args).equals("--help");
      (help ? System.out : System.err).print(USAGE);
      System.exit(help ? 0 : 2);
    }
    NetlinkOptions options = NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(3));
    try (Netlink netlink = Netlink.open(Netlink.ROUTE, options)) {
      print(netlink);
    } catch (NetlinkException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("Links: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void print(Netlink netlink) throws NetlinkException {
    Map<Integer, String> names = new HashMap<>(Map.of(0, "-"));
    Map<Integer, List<String>> rows = new TreeMap<>(); // both by the index of the link
    for (NetlinkMessage m : list(netlink, RTM_GETLINK, new byte[IFINFOMSG])) {
      int index = m.header(IFINFOMSG).getInt(4);
      names.put(index, Printable.escape(m.attributes(IFINFOMSG).get(IFLA_IFNAME).string()));
      add(rows, index, "link", link(m));
    }
    for (NetlinkMessage m : list(netlink, RTM_GETADDR, new byte[IFADDRMSG])) {
      add(rows, m.header(IFADDRMSG).getInt(4), "address", address(m));
    }
    byte[] ofMainTable = new byte[RTMSG];
    ofMainTable[4] = (byte) RT_TABLE_MAIN; // the kernel leaves out the others
    for (NetlinkMessage m : list(netlink, RTM_GETROUTE, ofMainTable)) {
      int index = m.attributes(RTMSG).find(RTA_OIF).map(Attribute::s32).orElse(0);
      add(rows, index, "route", route(m));
    }
    rows.forEach(
        (index, texts) -> {
          String name = names.getOrDefault(index, "link " + index);
          texts.forEach(text -> System.out.printf("%-15s %s%n", name, text));
        });
  }

  private static List<NetlinkMessage> list(Netlink netlink, int type, byte[] header)
      throws NetlinkException {
    try (Dump<NetlinkMessage> dump = netlink.dump(NetlinkRequest.of(type, header))) {
      return dump.toList().stream().filter(m -> FAMILIES.contains(m.header(1).get(0))).toList();
    }
  }

  private static void add(Map<Integer, List<String>> rows, int index, String what, String text) {
    rows.computeIfAbsent(index, i -> new ArrayList<>()).add(String.format("%-8s %s", what, text));
  }

  private static String link(NetlinkMessage m) {
    boolean up = (m.header(IFINFOMSG).getInt(8) & IFF_UP) != 0;
    return (up ? "up" : "down") + ", MTU " + m.attributes(IFINFOMSG).get(IFLA_MTU).u32();
  }

  /** Between two hosts, {@code IFA_ADDRESS} is the address of the other one. */
  private static String address(NetlinkMessage m) {
    Attributes a = m.attributes(IFADDRMSG);
    Attribute address = a.find(IFA_LOCAL).orElseGet(() -> a.get(IFA_ADDRESS));
    return address.inetAddress().getHostAddress() + prefix(m);
  }

  private static String route(NetlinkMessage m) {
    Attributes a = m.attributes(RTMSG);
    return a.findInetAddress(RTA_DST).map(d -> d.getHostAddress() + prefix(m)).orElse("default")
        + a.findInetAddress(RTA_GATEWAY).map(g -> " via " + g.getHostAddress()).orElse("");
  }

  /** The header of an address and that of a route have its length at the same place. */
  private static String prefix(NetlinkMessage m) {
    return "/" + Byte.toUnsignedInt(m.header(2).get(1));
  }
}
