package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.IFADDRMSG;
import static dev.jgenl.test.Rtnetlink.IFA_ADDRESS;
import static dev.jgenl.test.Rtnetlink.IFA_LOCAL;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.wire.Attributes;
import java.nio.ByteBuffer;
import java.util.List;

/** An address of a device, as a message has it and as iproute2 shows it. */
record Address(int index, Network network, int scope) {

  static Address of(NetlinkMessage message) {
    ByteBuffer header = message.header(IFADDRMSG);
    Attributes a = message.attributes(IFADDRMSG);
    // Of IPv6 there is the one, unless the device has a peer.
    int local = a.has(IFA_LOCAL) ? IFA_LOCAL : IFA_ADDRESS;
    return new Address(
        header.getInt(4),
        new Network(a.get(local).inetAddress(), Byte.toUnsignedInt(header.get(1))),
        Byte.toUnsignedInt(header.get(3)));
  }

  /** Those of a device. */
  static List<Address> of(Json link) {
    return link.objects("addr_info").stream()
        .map(
            a ->
                new Address(
                    (int) link.number("ifindex"),
                    Network.of(a.text("local") + "/" + a.text("prefixlen")),
                    (int) a.number("scope")))
        .toList();
  }
}
