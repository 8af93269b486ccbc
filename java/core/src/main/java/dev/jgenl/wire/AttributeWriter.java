package dev.jgenl.wire;

import static dev.jgenl.wire.NetlinkConstants.NLA_F_NESTED;
import static dev.jgenl.wire.NetlinkConstants.NLA_F_NET_BYTEORDER;
import static dev.jgenl.wire.NetlinkConstants.NLA_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLA_PAYLOAD_MAX;
import static dev.jgenl.wire.NetlinkConstants.NLA_TYPE_MASK;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes attributes one after the other, each padded to 4 bytes. A number that does not fit its
 * type is refused, never cut.
 *
 * <p>The type of an attribute is its number, 1 to 0x3fff (0 where a family numbers an array from
 * 0), where wanted with {@link NetlinkConstants#NLA_F_NET_BYTEORDER}.
 *
 * <p>Every {@code put} throws {@link IllegalArgumentException} if the type or the value is out of
 * range, {@link IllegalStateException} if the call that this writer was handed to has returned, and
 * returns this writer. Not safe for use by several threads.
 */
public final class AttributeWriter {

  private final GrowingBuffer out;
  private final int term;

  /** Writes behind what is there, until the term of the buffer ends. */
  AttributeWriter(GrowingBuffer out) {
    this.out = out;
    term = out.term();
  }

  /**
   * Writes a flag: an attribute without payload.
   *
   * @param type the attribute
   * @return this
   */
  public AttributeWriter putFlag(int type) {
    append(type, 0);
    return this;
  }

  /**
   * Writes an unsigned 8-bit number.
   *
   * @param type the attribute
   * @param value 0 to 255
   * @return this
   */
  public AttributeWriter putU8(int type, int value) {
    requireBits(type, value, 8);
    return putS8(type, (byte) value);
  }

  /**
   * Writes an unsigned 16-bit number.
   *
   * @param type the attribute
   * @param value 0 to 65535
   * @return this
   */
  public AttributeWriter putU16(int type, int value) {
    requireBits(type, value, 16);
    return putS16(type, (short) value);
  }

  /**
   * Writes an unsigned 32-bit number.
   *
   * @param type the attribute
   * @param value 0 to 2<sup>32</sup> - 1
   * @return this
   */
  public AttributeWriter putU32(int type, long value) {
    requireBits(type, value, 32);
    return putS32(type, (int) value);
  }

  /**
   * Writes an unsigned 64-bit number.
   *
   * @param type the attribute
   * @param value the 64 bits
   * @return this
   */
  public AttributeWriter putU64(int type, long value) {
    return putS64(type, value);
  }

  /**
   * Writes a signed 8-bit number.
   *
   * @param type the attribute
   * @param value the number
   * @return this
   */
  public AttributeWriter putS8(int type, byte value) {
    int at = append(type, 1);
    out.buffer().put(at, value);
    return this;
  }

  /**
   * Writes a signed 16-bit number.
   *
   * @param type the attribute
   * @param value the number
   * @return this
   */
  public AttributeWriter putS16(int type, short value) {
    int at = append(type, 2);
    out.buffer().putShort(at, value);
    return this;
  }

  /**
   * Writes a signed 32-bit number.
   *
   * @param type the attribute
   * @param value the number
   * @return this
   */
  public AttributeWriter putS32(int type, int value) {
    int at = append(type, 4);
    out.buffer().putInt(at, value);
    return this;
  }

  /**
   * Writes a signed 64-bit number.
   *
   * @param type the attribute
   * @param value the number
   * @return this
   */
  public AttributeWriter putS64(int type, long value) {
    int at = append(type, 8);
    out.buffer().putLong(at, value);
    return this;
  }

  /**
   * Writes an unsigned number as {@code NLA_UINT}: in 4 bytes if they suffice, else in 8.
   *
   * @param type the attribute
   * @param value the 64 bits
   * @return this
   */
  public AttributeWriter putUint(int type, long value) {
    return value >>> 32 == 0 ? putS32(type, (int) value) : putS64(type, value);
  }

  /**
   * Writes a signed number as {@code NLA_SINT}: in 4 bytes if they suffice, else in 8.
   *
   * @param type the attribute
   * @param value the number
   * @return this
   */
  public AttributeWriter putSint(int type, long value) {
    return value == (int) value ? putS32(type, (int) value) : putS64(type, value);
  }

  /**
   * Writes a big-endian unsigned 16-bit number.
   *
   * @param type the attribute
   * @param value 0 to 65535
   * @return this
   */
  public AttributeWriter putU16Be(int type, int value) {
    requireBits(type, value, 16);
    short number = (short) value;
    return putS16(type, isBigEndian() ? number : Short.reverseBytes(number));
  }

  /**
   * Writes a big-endian unsigned 32-bit number.
   *
   * @param type the attribute
   * @param value 0 to 2<sup>32</sup> - 1
   * @return this
   */
  public AttributeWriter putU32Be(int type, long value) {
    requireBits(type, value, 32);
    int number = (int) value;
    return putS32(type, isBigEndian() ? number : Integer.reverseBytes(number));
  }

  /**
   * Writes a big-endian unsigned 64-bit number.
   *
   * @param type the attribute
   * @param value the 64 bits
   * @return this
   */
  public AttributeWriter putU64Be(int type, long value) {
    return putS64(type, isBigEndian() ? value : Long.reverseBytes(value));
  }

  /**
   * Writes a {@code struct nla_bitfield32}.
   *
   * @param type the attribute
   * @param value flags and which of them are meant
   * @return this
   */
  public AttributeWriter putBitfield32(int type, Bitfield32 value) {
    int at = append(type, 8);
    out.buffer().putInt(at, value.value()).putInt(at + 4, value.selector());
    return this;
  }

  /**
   * Writes a string in UTF-8 with a terminating NUL. For one without, write its bytes.
   *
   * @param type the attribute
   * @param value the string, without a NUL, of at most 65530 bytes in UTF-8
   * @return this
   */
  public AttributeWriter putString(int type, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "attribute " + type + ": a NUL within a string would end it");
    }
    byte[] ascii = out.ascii(value);
    if (ascii != null) {
      putTerminated(type, ascii, value.length());
    } else {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      putTerminated(type, bytes, bytes.length);
    }
    return this;
  }

  /**
   * Writes bytes as they are.
   *
   * @param type the attribute
   * @param value at most 65531 bytes
   * @return this
   */
  public AttributeWriter putBytes(int type, byte[] value) {
    int at = append(type, value.length);
    out.buffer().put(at, value);
    return this;
  }

  /**
   * Writes the bytes between a buffer's position and limit, which stay where they are.
   *
   * @param type the attribute
   * @param value at most 65531 bytes
   * @return this
   */
  public AttributeWriter putBytes(int type, ByteBuffer value) {
    int at = append(type, value.remaining());
    out.buffer().put(at, value, value.position(), value.remaining());
    return this;
  }

  /**
   * Writes an address of IPv4 or IPv6, in network order whatever the order of the message is, as
   * {@code nla_put_in_addr()} and {@code nla_put_in6_addr()} of {@code include/net/netlink.h} do.
   * Many families have an attribute for each of both.
   *
   * @param type the attribute
   * @param value an {@link java.net.Inet4Address}, written as 4 bytes, or an {@link
   *     java.net.Inet6Address}, written as 16 without its scope
   * @return this
   */
  public AttributeWriter putInetAddress(int type, InetAddress value) {
    return putBytes(type, value.getAddress());
  }

  /**
   * Writes a link-layer address.
   *
   * @param type the attribute
   * @param value the address
   * @return this
   */
  public AttributeWriter putMacAddress(int type, MacAddress value) {
    return putBytes(type, value.bytes());
  }

  /**
   * Writes an array of unsigned 16-bit numbers, packed. For one of 8-bit numbers there is {@link
   * #putBytes(int, byte[])}; for one in which each element is an attribute, {@link #putNested}.
   *
   * @param type the attribute
   * @param values each 0 to 65535; at most 32765
   * @return this
   */
  public AttributeWriter putU16s(int type, int... values) {
    for (int value : values) {
      requireBits(type, value, 16);
    }
    int at = append(type, values.length, Short.BYTES);
    ByteBuffer buffer = out.buffer();
    for (int value : values) {
      buffer.putShort(at, (short) value);
      at += Short.BYTES;
    }
    return this;
  }

  /**
   * Writes an array of unsigned 32-bit numbers, packed.
   *
   * @param type the attribute
   * @param values each 0 to 2<sup>32</sup> - 1; at most 16382
   * @return this
   */
  public AttributeWriter putU32s(int type, long... values) {
    for (long value : values) {
      requireBits(type, value, 32);
    }
    int at = append(type, values.length, Integer.BYTES);
    ByteBuffer buffer = out.buffer();
    for (long value : values) {
      buffer.putInt(at, (int) value);
      at += Integer.BYTES;
    }
    return this;
  }

  /**
   * Writes an array of unsigned 64-bit numbers, packed; also one of signed ones, whose bits are the
   * same.
   *
   * @param type the attribute
   * @param values of each the 64 bits; at most 8191
   * @return this
   */
  public AttributeWriter putU64s(int type, long... values) {
    int at = append(type, values.length, Long.BYTES);
    ByteBuffer buffer = out.buffer();
    for (long value : values) {
      buffer.putLong(at, value);
      at += Long.BYTES;
    }
    return this;
  }

  /**
   * Writes an array of signed 16-bit numbers, packed.
   *
   * @param type the attribute
   * @param values at most 32765
   * @return this
   */
  public AttributeWriter putS16s(int type, short... values) {
    int at = append(type, values.length, Short.BYTES);
    ByteBuffer buffer = out.buffer();
    for (short value : values) {
      buffer.putShort(at, value);
      at += Short.BYTES;
    }
    return this;
  }

  /**
   * Writes an array of signed 32-bit numbers, packed.
   *
   * @param type the attribute
   * @param values at most 16382
   * @return this
   */
  public AttributeWriter putS32s(int type, int... values) {
    int at = append(type, values.length, Integer.BYTES);
    ByteBuffer buffer = out.buffer();
    for (int value : values) {
      buffer.putInt(at, value);
      at += Integer.BYTES;
    }
    return this;
  }

  /**
   * Writes an attribute that holds attributes, marked with {@link NetlinkConstants#NLA_F_NESTED} as
   * the kernel's strict validation wants it. If this fails, all is as it was before. In an array of
   * nests ({@code indexed-array} of the kernel's specs) the family says what the types of the
   * elements are: the index from 0 or from 1 on, or anything.
   *
   * @param type the attribute
   * @param content writes the inner attributes, at most 65531 bytes of them
   * @return this
   */
  public AttributeWriter putNested(int type, Consumer<? super AttributeWriter> content) {
    int payload = append(type, 0);
    int start = payload - NLA_HDRLEN;
    boolean complete = false;
    try {
      content.accept(this);
      requireValid();
      requireLength(type, out.end() - payload);
      complete = true;
    } finally {
      if (!complete && term == out.term()) {
        out.truncate(start);
      }
    }
    ByteBuffer buffer = out.buffer();
    buffer.putShort(start, (short) (out.end() - start));
    buffer.putShort(start + 2, (short) (type | NLA_F_NESTED));
    return this;
  }

  private void putTerminated(int type, byte[] bytes, int length) {
    int at = append(type, length + 1);
    out.buffer().put(at, bytes, 0, length);
    out.buffer().put(at + length, (byte) 0);
  }

  /** Makes room for elements of a size. */
  private int append(int type, int count, int size) {
    requireLength(type, (long) count * size);
    return append(type, count * size);
  }

  /** Writes header and padding and returns where the payload goes. */
  private int append(int type, int length) {
    if ((type & ~(NLA_TYPE_MASK | NLA_F_NET_BYTEORDER)) != 0) {
      throw new IllegalArgumentException("attribute " + type + " is not within 0 to 0x3fff");
    }
    requireLength(type, length);
    requireValid();
    int padded = NetlinkConstants.align(length);
    int at = out.reserve(NLA_HDRLEN + padded);
    ByteBuffer buffer = out.buffer();
    buffer.putShort(at, (short) (NLA_HDRLEN + length));
    buffer.putShort(at + 2, (short) type);
    int payload = at + NLA_HDRLEN;
    // A used buffer is used again: what an earlier message left in the padding must not be sent.
    for (int i = length; i < padded; i++) {
      buffer.put(payload + i, (byte) 0);
    }
    return payload;
  }

  private void requireValid() {
    if (term != out.term()) {
      throw new IllegalStateException(
          "the writer is valid only for the length of the call that handed it out");
    }
  }

  private static void requireLength(int type, long length) {
    if (length > NLA_PAYLOAD_MAX) {
      throw new IllegalArgumentException(
          "attribute " + type + ": " + length + " bytes, limit " + NLA_PAYLOAD_MAX);
    }
  }

  private static void requireBits(int type, long value, int bits) {
    if (value >>> bits != 0) {
      throw new IllegalArgumentException(
          "attribute " + type + ": " + value + " is not an unsigned " + bits + "-bit number");
    }
  }

  private boolean isBigEndian() {
    return out.buffer().order() == ByteOrder.BIG_ENDIAN;
  }
}
