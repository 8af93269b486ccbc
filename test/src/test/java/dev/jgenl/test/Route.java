package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.RTA_DST;
import static dev.jgenl.test.Rtnetlink.RTA_GATEWAY;
import static dev.jgenl.test.Rtnetlink.RTA_MULTIPATH;
import static dev.jgenl.test.Rtnetlink.RTA_OIF;
import static dev.jgenl.test.Rtnetlink.RTA_PRIORITY;
import static dev.jgenl.test.Rtnetlink.RTA_TABLE;
import static dev.jgenl.test.Rtnetlink.RTMSG;
import static dev.jgenl.test.Rtnetlink.RTNEXTHOP;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.wire.Attributes;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A route, as a message has it and as iproute2 shows it. */
record Route(
    Network destination,
    long table,
    int protocol,
    int scope,
    int type,
    long metric,
    List<Hop> hops) {

  /** One of its ways. */
  record Hop(int index, Optional<InetAddress> gateway, int weight) {}

  static Route of(NetlinkMessage message) {
    ByteBuffer header = message.header(RTMSG);
    Attributes a = message.attributes(RTMSG);
    Network all = Network.all(header.get(0));
    return new Route(
        new Network(
            a.findInetAddress(RTA_DST).orElse(all.address()), Byte.toUnsignedInt(header.get(1))),
        a.get(RTA_TABLE).u32(),
        Byte.toUnsignedInt(header.get(5)),
        Byte.toUnsignedInt(header.get(6)),
        Byte.toUnsignedInt(header.get(7)),
        a.findU32(RTA_PRIORITY).orElse(0),
        hops(a));
  }

  private static List<Hop> hops(Attributes a) {
    if (!a.has(RTA_MULTIPATH)) {
      return a.has(RTA_OIF)
          ? List.of(new Hop(a.get(RTA_OIF).s32(), a.findInetAddress(RTA_GATEWAY), 1))
          : List.of();
    }
    List<Hop> hops = new ArrayList<>();
    ByteBuffer all = a.get(RTA_MULTIPATH).payload();
    for (int at = 0, length; at < all.limit(); at += length) {
      length = Short.toUnsignedInt(all.getShort(at));
      Attributes of = Attributes.of(all, at + RTNEXTHOP, at + length);
      hops.add(
          new Hop(
              all.getInt(at + 4),
              of.findInetAddress(RTA_GATEWAY),
              1 + Byte.toUnsignedInt(all.get(at + 3))));
    }
    return hops;
  }

  /**
   * Reads what iproute2 shows.
   *
   * @param indices those of the devices by their names
   */
  static Route of(Json shown, int family, Map<String, Integer> indices) {
    String destination = shown.text("dst");
    return new Route(
        destination.equals("default") ? Network.all(family) : Network.of(destination),
        shown.number("table"),
        (int) shown.number("protocol"),
        (int) shown.number("scope"),
        (int) shown.number("type"),
        shown.number("metric", 0),
        hops(shown, indices));
  }

  private static List<Hop> hops(Json shown, Map<String, Integer> indices) {
    if (shown.has("nexthops")) {
      return shown.objects("nexthops").stream().map(hop -> hop(hop, indices)).toList();
    }
    return shown.has("dev") ? List.of(hop(shown, indices)) : List.of();
  }

  private static Hop hop(Json shown, Map<String, Integer> indices) {
    return new Hop(
        indices.get(shown.text("dev")),
        shown.has("gateway")
            ? Optional.of(Network.of(shown.text("gateway")).address())
            : Optional.empty(),
        (int) shown.number("weight", 1));
  }
}
