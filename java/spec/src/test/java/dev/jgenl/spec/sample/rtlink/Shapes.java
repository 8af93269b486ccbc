package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.Shape;

/** The names of what the family has, in their places. */
final class Shapes {

  static final Shape IFINFOMSG =
      Shape.of("ifi-family", "ifi-type", "ifi-index", "ifi-flags", "ifi-change");

  static final Shape RTNL_LINK_STATS64 =
      Shape.of("rx-packets", "tx-packets", "rx-bytes", "tx-bytes");

  static final Shape LINKINFO_BRIDGE_ATTRS = Shape.of("forward-delay", "vlan-filtering");

  static final Shape LINKINFO_VLAN_ATTRS = Shape.of("id");

  static final Shape LINKINFO_ATTRS = Shape.of("kind", "data");

  static final Shape GETLINK =
      Shape.of(
          "ifi-family",
          "ifi-type",
          "ifi-index",
          "ifi-flags",
          "ifi-change",
          "address",
          "ifname",
          "mtu",
          "linkinfo",
          "stats64");

  private Shapes() {}
}
