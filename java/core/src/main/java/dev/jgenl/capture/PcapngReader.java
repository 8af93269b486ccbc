package dev.jgenl.capture;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pcapng file: sections, each with interfaces and packets of them.
 *
 * <pre>
 * a block: | type | length | body ... | length again
 *
 * a section:   | byte order | version | length of the section | options
 * an interface | link type | reserved | snap length | options
 * a packet:    | interface | time, upper half | lower half | length here | as sent | bytes | options
 * </pre>
 */
final class PcapngReader implements CaptureReader {

  /** The same in either byte order. */
  static final int SECTION = 0x0a0d0d0a;

  private static final int INTERFACE = 1;
  private static final int PACKET = 6;
  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final int BLOCK_HEADER = 8;
  private static final int INTERFACES_MAX = 4096;

  /** {@code if_tsresol}: a power of ten, or, with the upper bit set, of two. */
  private static final int RESOLUTION = 9;

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  /**
   * An interface.
   *
   * @param cooked whether its packets may be of netlink
   * @param units how many units of time there are in a second
   */
  private record Interface(boolean cooked, BigInteger units) {}

  private final CaptureInput in;
  private final List<Interface> interfaces = new ArrayList<>();

  PcapngReader(CaptureInput in) {
    this.in = in;
  }

  @Override
  public @Nullable CapturedDatagram next() throws IOException {
    for (; ; ) {
      ByteBuffer header = in.readHeader(BLOCK_HEADER);
      if (header == null) {
        return null;
      }
      int type = header.getInt(0);
      if (type == SECTION) {
        beginSection(header);
        continue;
      }
      ByteBuffer body = body(Integer.toUnsignedLong(header.getInt(4)), BLOCK_HEADER);
      if (type == INTERFACE) {
        addInterface(body);
      } else if (type == PACKET) {
        CapturedDatagram datagram = packet(body);
        if (datagram != null) {
          return datagram;
        }
      }
    }
  }

  /** The length can be read only when the byte order is known, which stands behind it. */
  private void beginSection(ByteBuffer header) throws IOException {
    ByteBuffer magic = in.read(Integer.BYTES).order(ByteOrder.BIG_ENDIAN);
    switch (magic.getInt(0)) {
      case BYTE_ORDER -> in.order(ByteOrder.BIG_ENDIAN);
      case 0x4d3c2b1a -> in.order(ByteOrder.LITTLE_ENDIAN);
      default -> throw in.malformed("a section of no byte order");
    }
    interfaces.clear();
    long length = Integer.toUnsignedLong(header.order(in.order()).getInt(4));
    body(length, BLOCK_HEADER + Integer.BYTES);
  }

  private ByteBuffer body(long length, int read) throws IOException {
    if (length % 4 != 0 || length < read + Integer.BYTES) {
      throw in.malformed("a block of " + length + " bytes");
    }
    ByteBuffer body = in.read(length - read - Integer.BYTES);
    if (Integer.toUnsignedLong(in.read(Integer.BYTES).getInt(0)) != length) {
      throw in.malformed("a block whose two lengths differ");
    }
    return body;
  }

  private void addInterface(ByteBuffer body) throws IOException {
    if (body.remaining() < 8 || interfaces.size() == INTERFACES_MAX) {
      throw in.malformed("an interface that is cut, or one too many");
    }
    boolean cooked = CookedHeader.isCooked(Short.toUnsignedInt(body.getShort(0)));
    interfaces.add(new Interface(cooked, units(body)));
  }

  private static BigInteger units(ByteBuffer body) {
    for (int at = 8; body.limit() - at >= 4; ) {
      int length = Short.toUnsignedInt(body.getShort(at + 2));
      if (body.getShort(at) == RESOLUTION && length == 1 && body.limit() - at > 4) {
        int power = body.get(at + 4);
        return BigInteger.valueOf(power < 0 ? 2 : 10).pow(power & 0x7f);
      }
      at += 4 + (length + 3 & ~3);
    }
    return BigInteger.valueOf(1_000_000);
  }

  private @Nullable CapturedDatagram packet(ByteBuffer body) throws IOException {
    if (body.remaining() < 20) {
      throw in.malformed("a packet that is cut");
    }
    int number = body.getInt(0);
    long length = Integer.toUnsignedLong(body.getInt(12));
    if (number < 0 || number >= interfaces.size() || length > body.remaining() - 20) {
      throw in.malformed("a packet of no interface, or longer than its block");
    }
    Interface source = interfaces.get(number);
    if (!source.cooked) {
      return null;
    }
    boolean whole = Integer.compareUnsigned(body.getInt(16), (int) length) <= 0;
    ByteBuffer packet = body.duplicate().position(20).limit(20 + (int) length);
    return CookedHeader.read(time(body, source.units), packet, in.order(), whole);
  }

  private static @Nullable Instant time(ByteBuffer body, BigInteger units) {
    BigInteger count =
        BigInteger.valueOf(Integer.toUnsignedLong(body.getInt(4)))
            .shiftLeft(Integer.SIZE)
            .or(BigInteger.valueOf(Integer.toUnsignedLong(body.getInt(8))));
    BigInteger[] parts = count.multiply(NANOS).divide(units).divideAndRemainder(NANOS);
    // Units of a second and more lead beyond the last year of an instant.
    return parts[0].bitLength() > 50
        ? null
        : Instant.ofEpochSecond(parts[0].longValue(), parts[1].intValue());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
