package dev.jgenl.capture;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * Writes a pcap file of link type {@code LINKTYPE_NETLINK}, with nanoseconds, as Wireshark and
 * tcpdump read it.
 *
 * <p>Safe to share between threads. Must be closed, which closes the file; {@link #flush()} has all
 * that was written arrive before.
 */
public final class PcapWriter implements Closeable, Flushable {

  /** The longest packet that libpcap and Wireshark take; of a longer one the rest is left out. */
  private static final int PACKET_MAX = 262_144;

  private final OutputStream out;
  private final ByteOrder order;

  private PcapWriter(OutputStream out, ByteOrder order) {
    this.out = out;
    this.order = order;
  }

  /**
   * Begins a file in the byte order of this machine.
   *
   * @param out the file, which need not be buffered
   * @return a writer, which has to be closed
   * @throws IOException if it cannot be written
   */
  public static PcapWriter open(OutputStream out) throws IOException {
    return open(out, ByteOrder.nativeOrder());
  }

  /**
   * Begins a file in a byte order, which has to be that of its datagrams.
   *
   * @param out the file, which need not be buffered
   * @param order the byte order
   * @return a writer, which has to be closed
   * @throws IOException if it cannot be written
   */
  public static PcapWriter open(OutputStream out, ByteOrder order) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    ByteBuffer header = ByteBuffer.allocate(PcapReader.FILE_HEADER).order(order);
    header.putInt(PcapReader.NANOSECONDS).putShort((short) 2).putShort((short) 4);
    header.putInt(16, PACKET_MAX).putInt(20, CookedHeader.NETLINK);
    buffered.write(header.array());
    return new PcapWriter(buffered, order);
  }

  /**
   * Writes a datagram. One without a time has that of the beginning of 1970. Of one of more than
   * 262,128 bytes the rest is left out, and the file says so.
   *
   * @param datagram the datagram
   * @throws IllegalArgumentException if it has another byte order than the file
   * @throws IOException if it cannot be written
   */
  public synchronized void write(CapturedDatagram datagram) throws IOException {
    ByteBuffer bytes = datagram.bytes();
    if (bytes.order() != order) {
      throw new IllegalArgumentException(
          "a datagram of " + bytes.order() + " in a file of " + order);
    }
    int length = CookedHeader.LENGTH + bytes.remaining();
    int kept = Math.min(length, PACKET_MAX);
    Instant time = datagram.time().orElse(Instant.EPOCH);
    ByteBuffer header = ByteBuffer.allocate(PcapReader.PACKET_HEADER).order(order);
    header.putInt((int) time.getEpochSecond()).putInt(time.getNano());
    header.putInt(kept).putInt(datagram.isWhole() ? length : length + 1);
    out.write(header.array());
    out.write(CookedHeader.of(datagram).array());
    byte[] copy = new byte[kept - CookedHeader.LENGTH];
    bytes.get(copy);
    out.write(copy);
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
