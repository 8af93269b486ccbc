package dev.jgenl.test;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Requests for sockets of TCP: {@code linux/sock_diag.h}, {@code linux/inet_diag.h}. */
final class InetDiag {

  /** {@code SOCK_DIAG_BY_FAMILY}. */
  static final int BY_FAMILY = 20;

  static final int IPV4 = 2;
  static final int IPV6 = 10;

  /** Of {@code net/tcp_states.h}. */
  static final int ESTABLISHED = 1;

  static final int LISTEN = 10;
  static final int ANY_STATE = -1;

  /** {@code INET_DIAG_NOCOOKIE}: whatever it is. */
  static final long ANY_COOKIE = -1;

  /** {@code struct inet_diag_req_v2}, and {@code struct inet_diag_msg}. */
  private static final int REQUEST = 56;

  private static final int MESSAGE = 72;

  private static final byte TCP = 6;

  private InetDiag() {}

  /** A socket, as the kernel tells it. */
  record Socket(
      int state, InetSocketAddress local, InetSocketAddress remote, long cookie, long inode) {

    static Socket of(NetlinkMessage message) throws UnknownHostException {
      ByteBuffer bytes = message.header(MESSAGE);
      boolean old = bytes.get(0) == IPV4;
      return new Socket(
          bytes.get(1),
          address(bytes, old, 4, 8),
          address(bytes, old, 6, 24),
          bytes.getLong(44),
          Integer.toUnsignedLong(bytes.getInt(68)));
    }

    private static InetSocketAddress address(ByteBuffer bytes, boolean old, int port, int at)
        throws UnknownHostException {
      byte[] address = new byte[old ? 4 : 16];
      bytes.get(at, address);
      return new InetSocketAddress(
          InetAddress.getByAddress(address),
          bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(port) & 0xffff);
    }
  }

  /** Asks for all sockets in some states, a bit for each: a dump. */
  static NetlinkRequest sockets(int family, int states) {
    return NetlinkRequest.of(BY_FAMILY, request(family, states));
  }

  /** Asks for one socket. */
  static NetlinkRequest socket(InetSocketAddress local, InetSocketAddress remote, long cookie) {
    boolean old = local.getAddress() instanceof Inet4Address;
    ByteBuffer request = request(old ? IPV4 : IPV6, ANY_STATE);
    put(request, local, 8, 12);
    put(request, remote, 10, 28);
    return NetlinkRequest.of(BY_FAMILY, request.putLong(48, cookie));
  }

  private static ByteBuffer request(int family, int states) {
    return ByteBuffer.allocate(REQUEST)
        .order(ByteOrder.nativeOrder())
        .put(0, (byte) family)
        .put(1, TCP)
        .putInt(4, states);
  }

  private static void put(ByteBuffer request, InetSocketAddress address, int port, int at) {
    request.duplicate().order(ByteOrder.BIG_ENDIAN).putShort(port, (short) address.getPort());
    request.put(at, address.getAddress().getAddress());
  }
}
