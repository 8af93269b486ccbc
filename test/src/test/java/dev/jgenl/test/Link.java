package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.IFF_UP;
import static dev.jgenl.test.Rtnetlink.IFINFOMSG;
import static dev.jgenl.test.Rtnetlink.IFLA_ADDRESS;
import static dev.jgenl.test.Rtnetlink.IFLA_IFNAME;
import static dev.jgenl.test.Rtnetlink.IFLA_INFO_KIND;
import static dev.jgenl.test.Rtnetlink.IFLA_LINKINFO;
import static dev.jgenl.test.Rtnetlink.IFLA_MTU;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MacAddress;
import java.nio.ByteBuffer;

/** A device, as a message has it and as iproute2 shows it. */
record Link(int index, String name, boolean up, long mtu, MacAddress address, String kind) {

  static Link of(NetlinkMessage message) {
    ByteBuffer header = message.header(IFINFOMSG);
    Attributes a = message.attributes(IFINFOMSG);
    return new Link(
        header.getInt(4),
        a.get(IFLA_IFNAME).string(),
        (header.getInt(8) & IFF_UP) != 0,
        a.get(IFLA_MTU).u32(),
        a.get(IFLA_ADDRESS).macAddress(),
        a.findNested(IFLA_LINKINFO).flatMap(i -> i.findString(IFLA_INFO_KIND)).orElse(""));
  }

  static Link of(Json shown) {
    return new Link(
        (int) shown.number("ifindex"),
        shown.text("ifname"),
        shown.list("flags").contains("UP"),
        shown.number("mtu"),
        MacAddress.parse(shown.text("address")),
        shown.has("linkinfo") ? shown.object("linkinfo").text("info_kind") : "");
  }
}
