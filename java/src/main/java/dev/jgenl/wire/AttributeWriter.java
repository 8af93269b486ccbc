package dev.jgenl.wire;

import static dev.jgenl.wire.Netlink.NLA_F_NESTED;
import static dev.jgenl.wire.Netlink.NLA_F_NET_BYTEORDER;
import static dev.jgenl.wire.Netlink.NLA_HDRLEN;
import static dev.jgenl.wire.Netlink.NLA_PAYLOAD_MAX;
import static dev.jgenl.wire.Netlink.NLA_TYPE_MASK;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes attributes one after the other, each padded to 4 bytes. A number that does not fit its
 * type is refused, never cut.
 *
 * <p>The type of an attribute is its number, 1 to 0x3fff (0 where a family numbers an array from
 * 0), where wanted with {@link Netlink#NLA_F_NET_BYTEORDER}.
 *
 * <p>Every {@code put} throws {@link IllegalArgumentException} if the type or the value is out of
 * range, and returns this writer. Not safe for use by several threads; valid only until the call
 * that it was handed to returns.
 */
public final class AttributeWriter {

  /** For a longer string an array of its own costs little beside the encoding. */
  private static final int SCRATCH_SIZE = 256;

  private final byte[] scratch = new byte[SCRATCH_SIZE];
  private ByteBuffer buffer;
  private int end;

  /** Starts at index 0 of a buffer, which is replaced by a larger one when it is full. */
  AttributeWriter(ByteBuffer buffer) {
    this.buffer = buffer;
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
    buffer.put(at, value);
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
    buffer.putShort(at, value);
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
    buffer.putInt(at, value);
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
    buffer.putLong(at, value);
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
    buffer.putInt(at, value.value());
    buffer.putInt(at + 4, value.selector());
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
    if (value.length() <= scratch.length && copyAscii(value)) {
      putTerminated(type, scratch, value.length());
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
    buffer.put(at, value);
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
    buffer.put(at, value, value.position(), value.remaining());
    return this;
  }

  /**
   * Writes an attribute that holds attributes, marked with {@link Netlink#NLA_F_NESTED} as the
   * kernel's strict validation wants it.
   *
   * @param type the attribute
   * @param content writes the inner attributes, at most 65531 bytes of them
   * @return this
   */
  public AttributeWriter putNested(int type, Consumer<? super AttributeWriter> content) {
    int start = append(type, 0) - NLA_HDRLEN;
    content.accept(this);
    int length = end - start;
    requireLength(type, length - NLA_HDRLEN);
    buffer.putShort(start, (short) length);
    buffer.putShort(start + 2, (short) (type | NLA_F_NESTED));
    return this;
  }

  private void putTerminated(int type, byte[] bytes, int length) {
    int at = append(type, length + 1);
    buffer.put(at, bytes, 0, length);
    buffer.put(at + length, (byte) 0);
  }

  /** Copies a string, if it is ASCII, to where it costs no allocation. */
  private boolean copyAscii(String value) {
    int all = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      scratch[i] = (byte) c;
      all |= c;
    }
    return all < 0x80;
  }

  /** Forgets what was written behind an index. */
  void truncate(int length) {
    end = length;
  }

  /** Makes room for bytes that are no attribute and returns where they start. */
  int reserve(int length) {
    int at = end;
    int needed = Math.addExact(at, length);
    if (needed > buffer.limit()) {
      buffer = enlarged(buffer, needed);
    }
    end = needed;
    return at;
  }

  ByteBuffer buffer() {
    return buffer;
  }

  int end() {
    return end;
  }

  /** Writes header and padding and returns where the payload goes. */
  private int append(int type, int length) {
    if ((type & ~(NLA_TYPE_MASK | NLA_F_NET_BYTEORDER)) != 0) {
      throw new IllegalArgumentException("attribute " + type + " is not within 0 to 0x3fff");
    }
    requireLength(type, length);
    int padded = Netlink.align(length);
    int at = reserve(NLA_HDRLEN + padded);
    buffer.putShort(at, (short) (NLA_HDRLEN + length));
    buffer.putShort(at + 2, (short) type);
    int payload = at + NLA_HDRLEN;
    // A used buffer is used again: what an earlier message left in the padding must not be sent.
    for (int i = length; i < padded; i++) {
      buffer.put(payload + i, (byte) 0);
    }
    return payload;
  }

  private static void requireLength(int type, int length) {
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
    return buffer.order() == ByteOrder.BIG_ENDIAN;
  }

  private static ByteBuffer enlarged(ByteBuffer full, int needed) {
    int capacity = Math.max(needed, (int) Math.min(2L * full.limit(), Integer.MAX_VALUE));
    ByteBuffer larger =
        full.isDirect() ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    larger.order(full.order());
    larger.put(0, full, 0, full.limit());
    return larger;
  }
}
