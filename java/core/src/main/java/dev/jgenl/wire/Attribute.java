package dev.jgenl.wire;

import static dev.jgenl.wire.NetlinkConstants.NLA_F_NESTED;
import static dev.jgenl.wire.NetlinkConstants.NLA_F_NET_BYTEORDER;
import static dev.jgenl.wire.NetlinkConstants.NLA_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLA_TYPE_MASK;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One attribute of a message: a view of {@code struct nlattr} and its payload, valid as long as the
 * message is. A getter checks that the payload has the length of its type.
 *
 * <p>Immutable as long as the buffer below is, and then safe to share between threads.
 */
public final class Attribute {

  /** For a scope that is not positive, {@link Inet6Address} has none. */
  private static final int NO_SCOPE = -1;

  private final Lease lease;
  private final int term;
  private final int offset;

  /** The caller has checked that the whole attribute lies within the buffer. */
  Attribute(Lease lease, int term, int offset) {
    this.lease = lease;
    this.term = term;
    this.offset = offset;
  }

  /**
   * Returns the number of the attribute, without the flag bits.
   *
   * @return 0 to 0x3fff
   */
  public int type() {
    return rawType() & NLA_TYPE_MASK;
  }

  /**
   * Tells whether the attribute is marked to hold attributes. Many families do not mark theirs, so
   * {@link #nested()} does not ask for it.
   *
   * @return whether {@link NetlinkConstants#NLA_F_NESTED} is set
   */
  public boolean isNested() {
    return (rawType() & NLA_F_NESTED) != 0;
  }

  /**
   * Tells whether the payload is marked as big-endian.
   *
   * @return whether {@link NetlinkConstants#NLA_F_NET_BYTEORDER} is set
   */
  public boolean isNetByteOrder() {
    return (rawType() & NLA_F_NET_BYTEORDER) != 0;
  }

  /**
   * Returns the length of the payload.
   *
   * @return bytes without header and padding, 0 to 65531
   */
  public int length() {
    return Short.toUnsignedInt(lease.buffer(term).getShort(offset)) - NLA_HDRLEN;
  }

  /**
   * Reads an unsigned 8-bit number.
   *
   * @return 0 to 255
   * @throws MalformedMessageException if the payload is not 1 byte long
   */
  public int u8() {
    return Byte.toUnsignedInt(lease.buffer(term).get(payload(1)));
  }

  /**
   * Reads an unsigned 16-bit number.
   *
   * @return 0 to 65535
   * @throws MalformedMessageException if the payload is not 2 bytes long
   */
  public int u16() {
    return Short.toUnsignedInt(lease.buffer(term).getShort(payload(2)));
  }

  /**
   * Reads an unsigned 32-bit number.
   *
   * @return 0 to 2<sup>32</sup> - 1
   * @throws MalformedMessageException if the payload is not 4 bytes long
   */
  public long u32() {
    return Integer.toUnsignedLong(s32());
  }

  /**
   * Reads an unsigned 64-bit number, which is aligned to 4 bytes only.
   *
   * @return the 64 bits; above 2<sup>63</sup> - 1 the result is negative, see {@link
   *     Long#toUnsignedString(long)}
   * @throws MalformedMessageException if the payload is not 8 bytes long
   */
  public long u64() {
    return s64();
  }

  /**
   * Reads a signed 8-bit number.
   *
   * @return the number
   * @throws MalformedMessageException if the payload is not 1 byte long
   */
  public byte s8() {
    return lease.buffer(term).get(payload(1));
  }

  /**
   * Reads a signed 16-bit number.
   *
   * @return the number
   * @throws MalformedMessageException if the payload is not 2 bytes long
   */
  public short s16() {
    return lease.buffer(term).getShort(payload(2));
  }

  /**
   * Reads a signed 32-bit number.
   *
   * @return the number
   * @throws MalformedMessageException if the payload is not 4 bytes long
   */
  public int s32() {
    return lease.buffer(term).getInt(payload(4));
  }

  /**
   * Reads a signed 64-bit number.
   *
   * @return the number
   * @throws MalformedMessageException if the payload is not 8 bytes long
   */
  public long s64() {
    return lease.buffer(term).getLong(payload(8));
  }

  /**
   * Reads an unsigned number of either width that {@code NLA_UINT} allows.
   *
   * @return the number; a 64-bit one above 2<sup>63</sup> - 1 is negative
   * @throws MalformedMessageException if the payload is neither 4 nor 8 bytes long
   */
  public long uint() {
    return isWide() ? u64() : u32();
  }

  /**
   * Reads a signed number of either width that {@code NLA_SINT} allows.
   *
   * @return the number
   * @throws MalformedMessageException if the payload is neither 4 nor 8 bytes long
   */
  public long sint() {
    return isWide() ? s64() : s32();
  }

  /**
   * Reads a big-endian unsigned 16-bit number.
   *
   * @return 0 to 65535
   * @throws MalformedMessageException if the payload is not 2 bytes long
   */
  public int u16Be() {
    short value = s16();
    return Short.toUnsignedInt(isBigEndian() ? value : Short.reverseBytes(value));
  }

  /**
   * Reads a big-endian unsigned 32-bit number.
   *
   * @return 0 to 2<sup>32</sup> - 1
   * @throws MalformedMessageException if the payload is not 4 bytes long
   */
  public long u32Be() {
    int value = s32();
    return Integer.toUnsignedLong(isBigEndian() ? value : Integer.reverseBytes(value));
  }

  /**
   * Reads a big-endian unsigned 64-bit number.
   *
   * @return the 64 bits; above 2<sup>63</sup> - 1 the result is negative
   * @throws MalformedMessageException if the payload is not 8 bytes long
   */
  public long u64Be() {
    long value = s64();
    return isBigEndian() ? value : Long.reverseBytes(value);
  }

  /**
   * Reads a {@code struct nla_bitfield32}.
   *
   * @return value and selector
   * @throws MalformedMessageException if the payload is not 8 bytes long
   */
  public Bitfield32 bitfield32() {
    int start = payload(8);
    ByteBuffer buffer = lease.buffer(term);
    return new Bitfield32(buffer.getInt(start), buffer.getInt(start + 4));
  }

  /**
   * Reads a string in UTF-8. One NUL at the end is its terminator and left out; any other NUL is
   * kept. Bytes that are not UTF-8 become U+FFFD; {@link #bytes()} has them as they are.
   *
   * @return the string, perhaps empty
   */
  public String string() {
    ByteBuffer buffer = lease.buffer(term);
    int length = length();
    int start = offset + NLA_HDRLEN;
    if (length > 0 && buffer.get(start + length - 1) == 0) {
      length--;
    }
    if (buffer.hasArray()) {
      return new String(
          buffer.array(), buffer.arrayOffset() + start, length, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[length];
    buffer.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Copies the payload.
   *
   * @return its bytes, perhaps none
   */
  public byte[] bytes() {
    byte[] bytes = new byte[length()];
    lease.buffer(term).get(offset + NLA_HDRLEN, bytes);
    return bytes;
  }

  /**
   * Shows the payload without a copy. The buffer, unlike all else of a message that is valid only
   * for the length of a call, is not checked when it is used later.
   *
   * @return a read-only view in the byte order of the message
   */
  public ByteBuffer payload() {
    ByteBuffer buffer = lease.buffer(term);
    return buffer.slice(offset + NLA_HDRLEN, length()).asReadOnlyBuffer().order(buffer.order());
  }

  /**
   * Reads an address of IPv4 or IPv6, in network order whatever the order of the message is, as
   * {@code nla_put_in_addr()} and {@code nla_put_in6_addr()} of {@code include/net/netlink.h} write
   * it. Its length tells which it is.
   *
   * @return an {@link java.net.Inet4Address} of 4 bytes, an {@link Inet6Address} without a scope of
   *     16: also of an address of IPv4 mapped to IPv6 ({@code ::ffff:192.0.2.1}), which {@link
   *     InetAddress#getByAddress(byte[])} would turn into another one
   * @throws MalformedMessageException if the payload is neither 4 nor 16 bytes long
   */
  public InetAddress inetAddress() {
    byte[] address = bytes();
    try {
      return address.length == 4
          ? InetAddress.getByAddress(address)
          : Inet6Address.getByAddress(null, address, NO_SCOPE);
    } catch (UnknownHostException e) {
      throw wrongLength("4 or 16");
    }
  }

  /**
   * Reads a link-layer address.
   *
   * @return the address
   * @throws MalformedMessageException if the payload is not 1 to 32 bytes long
   */
  public MacAddress macAddress() {
    if (!MacAddress.isLength(length())) {
      throw wrongLength("1 to " + MacAddress.LENGTH_MAX);
    }
    return new MacAddress(bytes());
  }

  /**
   * Reads an array of unsigned 16-bit numbers, packed. For one of 8-bit numbers there is {@link
   * #bytes()}; for one in which each element is an attribute, {@link #nested()}.
   *
   * @return each 0 to 65535; perhaps none
   * @throws MalformedMessageException if the length of the payload is not a multiple of 2
   */
  public int[] u16s() {
    int[] values = new int[count(Short.BYTES)];
    ByteBuffer buffer = lease.buffer(term);
    for (int i = 0; i < values.length; i++) {
      values[i] = Short.toUnsignedInt(buffer.getShort(element(i, Short.BYTES)));
    }
    return values;
  }

  /**
   * Reads an array of unsigned 32-bit numbers, packed.
   *
   * @return each 0 to 2<sup>32</sup> - 1; perhaps none
   * @throws MalformedMessageException if the length of the payload is not a multiple of 4
   */
  public long[] u32s() {
    long[] values = new long[count(Integer.BYTES)];
    ByteBuffer buffer = lease.buffer(term);
    for (int i = 0; i < values.length; i++) {
      values[i] = Integer.toUnsignedLong(buffer.getInt(element(i, Integer.BYTES)));
    }
    return values;
  }

  /**
   * Reads an array of unsigned 64-bit numbers, packed; also one of signed ones, whose bits are the
   * same.
   *
   * @return of each the 64 bits, negative above 2<sup>63</sup> - 1; perhaps none
   * @throws MalformedMessageException if the length of the payload is not a multiple of 8
   */
  public long[] u64s() {
    long[] values = new long[count(Long.BYTES)];
    ByteBuffer buffer = lease.buffer(term);
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getLong(element(i, Long.BYTES));
    }
    return values;
  }

  /**
   * Reads an array of signed 16-bit numbers, packed.
   *
   * @return the numbers, perhaps none
   * @throws MalformedMessageException if the length of the payload is not a multiple of 2
   */
  public short[] s16s() {
    short[] values = new short[count(Short.BYTES)];
    ByteBuffer buffer = lease.buffer(term);
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getShort(element(i, Short.BYTES));
    }
    return values;
  }

  /**
   * Reads an array of signed 32-bit numbers, packed.
   *
   * @return the numbers, perhaps none
   * @throws MalformedMessageException if the length of the payload is not a multiple of 4
   */
  public int[] s32s() {
    int[] values = new int[count(Integer.BYTES)];
    ByteBuffer buffer = lease.buffer(term);
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getInt(element(i, Integer.BYTES));
    }
    return values;
  }

  /**
   * Returns the attributes within this one. They are checked as they are read. In an array of nests
   * ({@code indexed-array} of the kernel's specs) the type of each is its index, from 0 or 1 on, or
   * says nothing, as the family likes.
   *
   * @return a view, perhaps empty
   */
  public Attributes nested() {
    int start = offset + NLA_HDRLEN;
    return new Attributes(lease, term, start, start + length());
  }

  @Override
  public String toString() {
    return "attribute " + type() + ", " + length() + " bytes";
  }

  private int rawType() {
    return lease.buffer(term).getShort(offset + 2);
  }

  private boolean isBigEndian() {
    return lease.buffer(term).order() == ByteOrder.BIG_ENDIAN;
  }

  /** Tells whether a number of either width has 8 bytes, or else 4. */
  private boolean isWide() {
    int length = length();
    if (length != Integer.BYTES && length != Long.BYTES) {
      throw wrongLength("4 or 8");
    }
    return length == Long.BYTES;
  }

  /** Returns where the payload starts, if it has the expected length. */
  private int payload(int expected) {
    if (length() != expected) {
      throw wrongLength(String.valueOf(expected));
    }
    return offset + NLA_HDRLEN;
  }

  /** Returns how many elements of a size there are, if nothing else is. */
  private int count(int size) {
    if (length() % size != 0) {
      throw wrongLength("a multiple of " + size);
    }
    return length() / size;
  }

  private int element(int index, int size) {
    return offset + NLA_HDRLEN + index * size;
  }

  private MalformedMessageException wrongLength(String expected) {
    return new MalformedMessageException(
        "attribute " + type() + " has a payload of " + length() + " bytes, not of " + expected);
  }
}
