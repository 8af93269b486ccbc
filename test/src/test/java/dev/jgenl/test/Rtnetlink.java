package dev.jgenl.test;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_CREATE;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_EXCL;

import dev.jgenl.RequestNames;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Numbers and headers of {@code linux/rtnetlink.h}, {@code if_link.h}, {@code if_addr.h}, {@code
 * neighbour.h}, {@code fib_rules.h} and {@code veth.h}.
 */
final class Rtnetlink {

  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;
  static final int RTM_NEWROUTE = 24;
  static final int RTM_DELROUTE = 25;
  static final int RTM_GETROUTE = 26;
  static final int RTM_NEWNEIGH = 28;
  static final int RTM_DELNEIGH = 29;
  static final int RTM_GETNEIGH = 30;
  static final int RTM_NEWRULE = 32;
  static final int RTM_DELRULE = 33;
  static final int RTM_GETRULE = 34;

  static final int RTNLGRP_LINK = 1;
  static final int RTNLGRP_NEIGH = 3;
  static final int RTNLGRP_IPV4_IFADDR = 5;
  static final int RTNLGRP_IPV4_ROUTE = 7;
  static final int RTNLGRP_IPV4_RULE = 8;
  static final int RTNLGRP_IPV6_IFADDR = 9;
  static final int RTNLGRP_IPV6_ROUTE = 11;
  static final int RTNLGRP_IPV6_RULE = 19;

  /** It must not be there yet. */
  static final int NEW = NLM_F_CREATE | NLM_F_EXCL;

  static final int AF_UNSPEC = 0;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  static final int IFINFOMSG = 16;
  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINK = 5;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_AF_SPEC = 26;
  static final int IFLA_NET_NS_FD = 28;
  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;
  static final int VETH_INFO_PEER = 1;
  static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  static final int IN6_ADDR_GEN_MODE_NONE = 1;
  static final int IFF_UP = 1;

  static final int IFADDRMSG = 8;
  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;

  static final int RTMSG = 12;
  static final int RTA_DST = 1;
  static final int RTA_OIF = 4;
  static final int RTA_GATEWAY = 5;
  static final int RTA_PRIORITY = 6;
  static final int RTA_MULTIPATH = 9;
  static final int RTA_TABLE = 15;
  static final int RTNEXTHOP = 8;
  static final int RT_TABLE_UNSPEC = 0;
  static final int RT_TABLE_MAIN = 254;
  static final int RTPROT_KERNEL = 2;
  static final int RTPROT_STATIC = 4;
  static final int RTN_UNICAST = 1;
  static final int RTN_BLACKHOLE = 6;
  static final int RTN_PROHIBIT = 8;

  static final int NDMSG = 12;
  static final int NDA_DST = 1;
  static final int NDA_LLADDR = 2;
  static final int NUD_PERMANENT = 0x80;

  static final int FIB_RULE_HDR = 12;
  static final int FRA_DST = 1;
  static final int FRA_SRC = 2;
  static final int FRA_IIFNAME = 3;
  static final int FRA_PRIORITY = 6;
  static final int FRA_FWMARK = 10;
  static final int FRA_TABLE = 15;
  static final int FR_ACT_TO_TBL = 1;
  static final int FR_ACT_PROHIBIT = 8;

  /** Names links and what is in them. */
  static final RequestNames LINK_NAMES =
      new RequestNames() {
        private static final Map<List<Integer>, String> ATTRIBUTES =
            Map.of(
                List.of(IFLA_IFNAME), "ifname",
                List.of(IFLA_MTU), "mtu",
                List.of(IFLA_LINKINFO), "linkinfo",
                List.of(IFLA_LINKINFO, IFLA_INFO_KIND), "kind",
                List.of(IFLA_LINKINFO, IFLA_INFO_DATA), "data",
                List.of(IFLA_LINKINFO, IFLA_INFO_DATA, VETH_INFO_PEER), "peer");

        @Override
        public Optional<String> command(int type) {
          return type == RTM_NEWLINK ? Optional.of("newlink") : Optional.empty();
        }

        @Override
        public Optional<String> attribute(List<Integer> path) {
          return Optional.ofNullable(ATTRIBUTES.get(path));
        }
      };

  private Rtnetlink() {}

  private static ByteBuffer struct(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
  }

  static byte[] ifinfomsg(int index, int flags, int change) {
    return struct(IFINFOMSG).putInt(4, index).putInt(8, flags).putInt(12, change).array();
  }

  static byte[] ifaddrmsg(int family, int bits, int index) {
    return struct(IFADDRMSG).put(0, (byte) family).put(1, (byte) bits).putInt(4, index).array();
  }

  static byte[] rtmsg(int family, int bits, int table, int protocol, int type) {
    return struct(RTMSG)
        .put(0, (byte) family)
        .put(1, (byte) bits)
        .put(4, (byte) table)
        .put(5, (byte) protocol)
        .put(7, (byte) type)
        .array();
  }

  static byte[] ndmsg(int family, int index, int state) {
    return struct(NDMSG).put(0, (byte) family).putInt(4, index).putShort(8, (short) state).array();
  }

  static byte[] fibRuleHdr(int family, int destinationBits, int sourceBits, int action) {
    return struct(FIB_RULE_HDR)
        .put(0, (byte) family)
        .put(1, (byte) destinationBits)
        .put(2, (byte) sourceBits)
        .put(7, (byte) action)
        .array();
  }

  /** {@code struct rtnexthop}, which says its length with its attributes. */
  static byte[] rtnexthop(int index, int weight, Consumer<AttributeWriter> attributes) {
    byte[] header = struct(RTNEXTHOP).put(3, (byte) (weight - 1)).putInt(4, index).array();
    byte[] whole = withAttributes(header, attributes);
    return ByteBuffer.wrap(whole)
        .order(ByteOrder.nativeOrder())
        .putShort(0, (short) whole.length)
        .array();
  }

  /** A header with attributes behind it, as there are within attributes too. */
  static byte[] withAttributes(byte[] header, Consumer<AttributeWriter> attributes) {
    MessageWriter writer = new MessageWriter(struct(256));
    attributes.accept(writer.begin(0, 0, 0, 0, header));
    writer.end();
    return Arrays.copyOfRange(writer.buffer().array(), NLMSG_HDRLEN, writer.length());
  }

  /** Makes two devices that are connected with each other. */
  static NetlinkRequest newPair(String name, String peer) {
    return NetlinkRequest.of(
            RTM_NEWLINK,
            ifinfomsg(0, 0, 0),
            a ->
                a.putString(IFLA_IFNAME, name)
                    .putNested(IFLA_LINKINFO, info -> putVeth(info, peer)))
        .withFlags(NEW)
        .withNames(LINK_NAMES);
  }

  private static void putVeth(AttributeWriter info, String peer) {
    byte[] link = withAttributes(ifinfomsg(0, 0, 0), p -> p.putString(IFLA_IFNAME, peer));
    info.putString(IFLA_INFO_KIND, "veth")
        .putNested(IFLA_INFO_DATA, data -> data.putBytes(VETH_INFO_PEER, link));
  }

  /** Has a device get no addresses but those that it is given. */
  static NetlinkRequest withoutAddresses(int index) {
    return NetlinkRequest.of(
        RTM_NEWLINK,
        ifinfomsg(index, 0, 0),
        a ->
            a.putNested(
                IFLA_AF_SPEC,
                families ->
                    families.putNested(
                        AF_INET6,
                        ipv6 -> ipv6.putU8(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE))));
  }

  /** A request about an address of a device. */
  static NetlinkRequest address(int type, int index, Network network) {
    return NetlinkRequest.of(
        type,
        ifaddrmsg(network.family(), network.bits(), index),
        a ->
            a.putInetAddress(IFA_LOCAL, network.address())
                .putInetAddress(IFA_ADDRESS, network.address()));
  }

  /** A request about a route of the main table. */
  static NetlinkRequest route(
      int type, Network destination, Consumer<? super AttributeWriter> attributes) {
    return NetlinkRequest.of(
        type,
        rtmsg(destination.family(), destination.bits(), RT_TABLE_MAIN, RTPROT_STATIC, RTN_UNICAST),
        a -> attributes.accept(a.putInetAddress(RTA_DST, destination.address())));
  }

  /** A request about a route on which packets vanish, so that it needs no device. */
  static NetlinkRequest blackhole(int type, Network destination, long metric) {
    return NetlinkRequest.of(
        type,
        rtmsg(
            destination.family(), destination.bits(), RT_TABLE_MAIN, RTPROT_STATIC, RTN_BLACKHOLE),
        a -> a.putInetAddress(RTA_DST, destination.address()).putU32(RTA_PRIORITY, metric));
  }
}
