package dev.jgenl.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of a datagram in pcap files, all of it big-endian ({@code LINKTYPE_NETLINK}
 * of tcpdump.org):
 *
 * <pre>
 *  0             2             4                        14         16
 * +-------------+-------------+------------------------+----------+
 * | packet type | ARPHRD type | nothing                | protocol |
 * +-------------+-------------+------------------------+----------+
 * </pre>
 */
final class CookedHeader {

  static final int LENGTH = 16;

  /** The link types that begin with it: {@code LINKTYPE_NETLINK}, {@code LINKTYPE_LINUX_SLL}. */
  static final int NETLINK = 253;

  private static final int LINUX_SLL = 113;

  /** {@code ARPHRD_NETLINK}: other devices have the same header. */
  private static final short ARPHRD = 824;

  /** {@code PACKET_USER} and {@code PACKET_KERNEL}; libpcap, from nlmon, has other numbers. */
  private static final short TO_USER = 6;

  private static final short TO_KERNEL = 7;

  private CookedHeader() {}

  static boolean isCooked(int linkType) {
    return linkType == NETLINK || linkType == LINUX_SLL;
  }

  static ByteBuffer of(CapturedDatagram datagram) {
    return ByteBuffer.allocate(LENGTH)
        .order(ByteOrder.BIG_ENDIAN)
        .putShort(datagram.direction() == Direction.TO_KERNEL ? TO_KERNEL : TO_USER)
        .putShort(ARPHRD)
        .putShort(LENGTH - 2, (short) datagram.protocol());
  }

  /** Takes a packet apart; null if it is none of netlink, or cut within the header. */
  static @Nullable CapturedDatagram read(
      @Nullable Instant time, ByteBuffer packet, ByteOrder order, boolean whole) {
    ByteBuffer header = packet.duplicate().order(ByteOrder.BIG_ENDIAN);
    int start = header.position();
    if (header.remaining() < LENGTH || header.getShort(start + 2) != ARPHRD) {
      return null;
    }
    ByteBuffer bytes = packet.duplicate().position(start + LENGTH).order(order);
    Direction direction =
        switch (header.getShort(start)) {
          case TO_USER -> Direction.FROM_KERNEL;
          case TO_KERNEL -> Direction.TO_KERNEL;
          default -> Direction.guess(bytes);
        };
    int protocol = Short.toUnsignedInt(header.getShort(start + LENGTH - 2));
    CapturedDatagram datagram = CapturedDatagram.of(protocol, direction, bytes).withWhole(whole);
    return time == null ? datagram : datagram.withTime(time);
  }
}
