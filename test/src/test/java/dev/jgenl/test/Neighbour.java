package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.NDA_DST;
import static dev.jgenl.test.Rtnetlink.NDA_LLADDR;
import static dev.jgenl.test.Rtnetlink.NDMSG;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MacAddress;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Where a neighbour is reached, as a message has it and as iproute2 shows it. */
record Neighbour(int index, InetAddress address, Optional<MacAddress> reached) {

  static Neighbour of(NetlinkMessage message) {
    Attributes a = message.attributes(NDMSG);
    return new Neighbour(
        message.header(NDMSG).getInt(4),
        a.get(NDA_DST).inetAddress(),
        a.findMacAddress(NDA_LLADDR));
  }

  /**
   * Reads what iproute2 shows.
   *
   * @param indices those of the devices by their names
   */
  static Neighbour of(Json shown, Map<String, Integer> indices) {
    return new Neighbour(
        indices.get(shown.text("dev")),
        Network.of(shown.text("dst")).address(),
        Optional.of(MacAddress.parse(shown.text("lladdr"))));
  }
}
