package dev.jgenl.test;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_CREATE;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_EXCL;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of connection tracking: {@code linux/netfilter/nfnetlink_conntrack.h}. */
final class Conntrack {

  /** {@code NFNL_SUBSYS_CTNETLINK}, with the number of a message. */
  static final int NEW = 0x100;

  static final int GET = 0x101;
  static final int DELETE = 0x102;

  /** {@code NFNLGRP_CONNTRACK_NEW} and {@code NFNLGRP_CONNTRACK_DESTROY}. */
  static final int GROUP_NEW = 1;

  static final int GROUP_DESTROY = 3;

  /** {@code struct nfgenmsg}: 4 bytes. */
  private static final int HEADER = 4;

  private static final int ORIGINAL = 1;
  private static final int REPLY = 2;
  private static final int TIMEOUT = 7;
  private static final int TUPLE_IP = 1;
  private static final int TUPLE_PROTOCOL = 2;
  private static final int IPV4 = 1;
  private static final int IPV6 = 3;
  private static final int NUMBER = 1;
  private static final int SOURCE_PORT = 2;
  private static final int DESTINATION_PORT = 3;
  private static final int UDP = 17;

  private Conntrack() {}

  /** A flow of UDP, by its first packet. */
  record Flow(InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {

    private static final Pattern LINE =
        Pattern.compile("ipv[46] +\\d+ udp .*? src=(\\S+) dst=(\\S+) sport=(\\d+) dport=(\\d+) .*");

    /** Reads a message. */
    static Flow of(NetlinkMessage message) {
      Attributes tuple = message.attributes(HEADER).get(ORIGINAL).nested();
      Attributes ip = tuple.get(TUPLE_IP).nested();
      Attributes protocol = tuple.get(TUPLE_PROTOCOL).nested();
      int source = ip.has(IPV4) ? IPV4 : IPV6;
      return new Flow(
          ip.get(source).inetAddress(),
          protocol.get(SOURCE_PORT).u16Be(),
          ip.get(source + 1).inetAddress(),
          protocol.get(DESTINATION_PORT).u16Be());
    }

    /** Reads a line of {@code /proc/net/nf_conntrack}. */
    static Flow of(String line) {
      Matcher words = LINE.matcher(line);
      if (!words.matches()) {
        throw new IllegalArgumentException("no flow of UDP: " + line);
      }
      return new Flow(
          address(words.group(1)),
          Integer.parseInt(words.group(3)),
          address(words.group(2)),
          Integer.parseInt(words.group(4)));
    }

    static InetAddress address(String number) {
      try {
        return InetAddress.getByName(number);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    }

    private Flow reversed() {
      return new Flow(destination, destinationPort, source, sourcePort);
    }

    private void put(AttributeWriter tuple) {
      int from = source instanceof Inet4Address ? IPV4 : IPV6;
      tuple
          .putNested(
              TUPLE_IP, ip -> ip.putInetAddress(from, source).putInetAddress(from + 1, destination))
          .putNested(
              TUPLE_PROTOCOL,
              protocol ->
                  protocol
                      .putU8(NUMBER, UDP)
                      .putU16Be(SOURCE_PORT, sourcePort)
                      .putU16Be(DESTINATION_PORT, destinationPort));
    }
  }

  /** Has a flow tracked, for ten minutes. */
  static NetlinkRequest newFlow(Flow flow) {
    return request(NEW, flow, a -> a.putNested(REPLY, flow.reversed()::put).putU32Be(TIMEOUT, 600))
        .withFlags(NLM_F_CREATE | NLM_F_EXCL);
  }

  static NetlinkRequest getFlow(Flow flow) {
    return request(GET, flow, a -> {});
  }

  static NetlinkRequest deleteFlow(Flow flow) {
    return request(DELETE, flow, a -> {});
  }

  private static NetlinkRequest request(
      int type, Flow flow, Consumer<? super AttributeWriter> others) {
    int family = flow.source instanceof Inet4Address ? 2 : 10;
    return NetlinkRequest.of(
        type,
        new byte[] {(byte) family, 0, 0, 0},
        a -> {
          a.putNested(ORIGINAL, flow::put);
          others.accept(a);
        });
  }

  /** Asks for all flows: a dump. */
  static NetlinkRequest getFlows() {
    return NetlinkRequest.of(GET, new byte[HEADER]);
  }
}
