package dev.jgenl.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pcap file:
 *
 * <pre>
 * | magic, version, zone, accuracy, snap length, link type | a packet | a packet | ...
 *
 * a packet: | seconds | micro- or nanoseconds | length here | length as sent | bytes
 * </pre>
 */
final class PcapReader implements CaptureReader {

  static final int MICROSECONDS = 0xa1b2c3d4;
  static final int NANOSECONDS = 0xa1b23c4d;
  static final int FILE_HEADER = 24;
  static final int PACKET_HEADER = 16;

  /** The bits above say something of checksums behind a packet. */
  private static final int LINK_TYPE = 0xffff;

  private final CaptureInput in;
  private final int unit;

  PcapReader(CaptureInput in) throws IOException {
    this.in = in;
    ByteBuffer header = in.read(FILE_HEADER);
    unit = header.getInt(0) == NANOSECONDS ? 1 : 1000;
    int linkType = header.getInt(20) & LINK_TYPE;
    if (!CookedHeader.isCooked(linkType)) {
      throw new IOException(
          "the recording has link type "
              + linkType
              + ", not that of netlink, 253: it is of"
              + " another device than nlmon");
    }
  }

  static boolean isMagic(int magic) {
    return magic == MICROSECONDS || magic == NANOSECONDS;
  }

  @Override
  public @Nullable CapturedDatagram next() throws IOException {
    for (; ; ) {
      ByteBuffer header = in.readHeader(PACKET_HEADER);
      if (header == null) {
        return null;
      }
      long fraction = Integer.toUnsignedLong(header.getInt(4)) * unit;
      Instant time = Instant.ofEpochSecond(Integer.toUnsignedLong(header.getInt(0)), fraction);
      int sent = header.getInt(12);
      ByteBuffer packet = in.read(Integer.toUnsignedLong(header.getInt(8)));
      boolean whole = Integer.compareUnsigned(sent, packet.remaining()) <= 0;
      CapturedDatagram datagram = CookedHeader.read(time, packet, in.order(), whole);
      if (datagram != null) {
        return datagram;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
