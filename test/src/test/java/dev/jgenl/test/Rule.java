package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.FIB_RULE_HDR;
import static dev.jgenl.test.Rtnetlink.FRA_DST;
import static dev.jgenl.test.Rtnetlink.FRA_FWMARK;
import static dev.jgenl.test.Rtnetlink.FRA_IIFNAME;
import static dev.jgenl.test.Rtnetlink.FRA_PRIORITY;
import static dev.jgenl.test.Rtnetlink.FRA_SRC;
import static dev.jgenl.test.Rtnetlink.FRA_TABLE;
import static dev.jgenl.test.Rtnetlink.FR_ACT_TO_TBL;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.wire.Attributes;
import java.nio.ByteBuffer;

/** A rule of routing, as a message has it and as iproute2 shows it. */
record Rule(
    long priority,
    Network source,
    Network destination,
    String device,
    long mark,
    int action,
    long table) {

  static Rule of(NetlinkMessage message) {
    ByteBuffer header = message.header(FIB_RULE_HDR);
    Attributes a = message.attributes(FIB_RULE_HDR);
    Network all = Network.all(header.get(0));
    return new Rule(
        a.findU32(FRA_PRIORITY).orElse(0),
        new Network(
            a.findInetAddress(FRA_SRC).orElse(all.address()), Byte.toUnsignedInt(header.get(2))),
        new Network(
            a.findInetAddress(FRA_DST).orElse(all.address()), Byte.toUnsignedInt(header.get(1))),
        a.findString(FRA_IIFNAME).orElse(""),
        a.findU32(FRA_FWMARK).orElse(0),
        Byte.toUnsignedInt(header.get(7)),
        a.get(FRA_TABLE).u32());
  }

  static Rule of(Json shown, int family) {
    return new Rule(
        shown.number("priority"),
        network(shown, "src", family),
        network(shown, "dst", family),
        shown.has("iif") ? shown.text("iif") : "",
        shown.number("fwmark", 0),
        (int) shown.number("action", FR_ACT_TO_TBL),
        shown.number("table", 0));
  }

  private static Network network(Json shown, String member, int family) {
    if (!shown.has(member) || shown.text(member).equals("all")) {
      return Network.all(family);
    }
    Network address = Network.of(shown.text(member));
    return new Network(address.address(), (int) shown.number(member + "len", address.bits()));
  }
}
