package dev.jgenl.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording, one datagram after the other, in memory that does not grow with it.
 *
 * <p>What it is shows in its first bytes:
 *
 * <ul>
 *   <li>a pcap file, of either byte order, or pcapng, of link type {@code LINKTYPE_NETLINK}: of
 *       {@link PcapWriter}, or of {@code tcpdump} and Wireshark on a device {@code nlmon}
 *   <li>what {@code strace -f -ttt -yy -e trace=network -e read=all -e write=all} prints: of each
 *       call the bytes stand in lines below it. Without {@code -e read=all -e write=all} it leaves
 *       bytes out
 *   <li>hexadecimal digits, with a blank line between two datagrams; blanks, commas, colons, {@code
 *       0x}, {@code \x} and lines that begin with {@code #} do not count. The protocol is the one
 *       that is given, the byte order that of this machine
 * </ul>
 *
 * <p>For one thread at a time. Must be closed, which closes the file.
 */
public interface CaptureReader extends Closeable {

  /**
   * Begins to read a recording, whose text is of Generic Netlink where it does not say.
   *
   * @param in the file
   * @return a reader before the first datagram
   * @throws IOException if it cannot be read, or is no recording
   */
  static CaptureReader open(InputStream in) throws IOException {
    return open(in, 16);
  }

  /**
   * Begins to read a recording.
   *
   * @param in the file
   * @param protocol the netlink protocol of digits, such as 0, {@code NETLINK_ROUTE}
   * @return a reader before the first datagram
   * @throws IOException if it cannot be read, or is no recording
   */
  static CaptureReader open(InputStream in, int protocol) throws IOException {
    BufferedInputStream file = new BufferedInputStream(in, 1 << 16);
    file.mark(HexReader.LOOK);
    byte[] first = file.readNBytes(HexReader.LOOK);
    file.reset();
    int magic = first.length < 4 ? 0 : ByteBuffer.wrap(first).getInt();
    if (PcapReader.isMagic(magic) || PcapReader.isMagic(Integer.reverseBytes(magic))) {
      ByteOrder order = PcapReader.isMagic(magic) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      return new PcapReader(new CaptureInput(file, order));
    } else if (magic == PcapngReader.SECTION) {
      return new PcapngReader(new CaptureInput(file, ByteOrder.nativeOrder()));
    } else if (HexReader.isHex(first)) {
      return new HexReader(new TextLines(file), protocol);
    }
    return new StraceReader(new TextLines(file));
  }

  /**
   * Reads the next datagram. What is not of netlink is passed over.
   *
   * @return the datagram; null at the end
   * @throws IOException if the recording cannot be read, or is malformed here, or ends within a
   *     datagram; the message says where. There is nothing to be read behind that
   */
  @Nullable CapturedDatagram next() throws IOException;
}
