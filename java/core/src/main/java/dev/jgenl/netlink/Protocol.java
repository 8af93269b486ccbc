package dev.jgenl.netlink;

import java.util.Map;
import java.util.Set;

/** What is to be known of a netlink protocol: {@code include/uapi/linux/netlink.h}. */
record Protocol(int number) {

  private static final Map<Integer, String> NAMES =
      Map.of(
          Netlink.ROUTE,
          "route",
          Netlink.SOCK_DIAG,
          "sock_diag",
          Netlink.XFRM,
          "xfrm",
          Netlink.AUDIT,
          "audit",
          10,
          "fib_lookup",
          11,
          "connector",
          Netlink.NETFILTER,
          "netfilter",
          20,
          "rdma",
          21,
          "crypto");

  /** {@code TCPDIAG_GETSOCK}, {@code DCCPDIAG_GETSOCK}, {@code SOCK_DIAG_BY_FAMILY}. */
  private static final Set<Integer> SOCK_DIAG_GETS = Set.of(18, 19, 20);

  /** {@code XFRM_MSG_GETSA}, {@code XFRM_MSG_GETPOLICY}. */
  private static final Set<Integer> XFRM_GETS = Set.of(18, 21);

  /**
   * Of the subsystems of netfilter, {@code NFNL_SUBSYS_...}: conntrack, its expectations, sets,
   * accounting, timeouts, helpers, tables, hooks.
   */
  private static final Map<Integer, Set<Integer>> NETFILTER_GETS =
      Map.of(
          1, Set.of(1, 3, 4, 5, 6, 7),
          2, Set.of(1, 3),
          6, Set.of(7, 8),
          7, Set.of(1, 2),
          8, Set.of(1, 4),
          9, Set.of(1),
          10, Set.of(1, 4, 7, 10, 13, 16, 19, 21, 23, 25, 34),
          12, Set.of(0));

  /** Returns its name for people. */
  String name() {
    return NAMES.getOrDefault(number, "protocol " + number);
  }

  /** Says which capability may be missing where the kernel answers EPERM. */
  String privilege() {
    return number == Netlink.AUDIT
        ? "; what may be missing is CAP_AUDIT_CONTROL, CAP_AUDIT_READ or CAP_AUDIT_WRITE"
        : "; what may be missing is CAP_NET_ADMIN in the user namespace that owns the network"
            + " namespace";
  }

  /**
   * Tells whether the kernel takes either bit of {@code NLM_F_DUMP} as the wish for a dump, as it
   * does where something is asked for; elsewhere the bits are {@code NLM_F_REPLACE} and {@code
   * NLM_F_EXCL}.
   *
   * @param type the type of the message
   */
  boolean isGet(int type) {
    return switch (number) {
      // rtnetlink_rcv_msg(): new, delete, get, set in turn.
      case Netlink.ROUTE -> (type & 3) == 2;
      case Netlink.SOCK_DIAG -> SOCK_DIAG_GETS.contains(type);
      case Netlink.XFRM -> XFRM_GETS.contains(type);
      case Netlink.NETFILTER ->
          NETFILTER_GETS.getOrDefault(type >> 8, Set.of()).contains(type & 0xff);
      default -> false;
    };
  }
}
