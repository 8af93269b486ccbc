package dev.jgenl.wire;

import static dev.jgenl.wire.NetlinkConstants.NLA_HDRLEN;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A run of attributes in their order, read lazily and without a copy: those of a message, or those
 * within an attribute. Unknown and repeated ones are kept.
 *
 * <p>Of repeated attributes, {@code find…} and {@code get} take the first and {@link #all} takes
 * all: a kernel repeats one where it lists something. (Of what it is sent, {@code nla_parse()} of
 * the kernel keeps the last.) {@code find…} tells by an empty result that there is none; where one
 * must be there, {@code get(type)} and a getter of {@link Attribute} say it shorter, as in {@code
 * get(1).u32()}.
 *
 * <p>What is wrong with the bytes shows when they are looked at, as an unchecked exception:
 *
 * <ul>
 *   <li>An attribute that {@code get} wants is missing: {@link MalformedMessageException}.
 *   <li>The payload has not the length of its type: {@link MalformedMessageException} of the typed
 *       getter, such as {@link #findU32} or {@link Attribute#u32}. {@link #find}, {@link #get},
 *       {@link #all} and {@link #has} look at no payload.
 *   <li>The attribute that was asked for, or one before it, does not fit into what is left: {@link
 *       MalformedMessageException} of the method that comes to it. What stands before such an
 *       attribute can be read.
 *   <li>A message that was valid for the length of a call is used after it: {@link
 *       IllegalStateException} of every method that looks at it.
 * </ul>
 *
 * <p>One to three bytes behind the last attribute are ignored, as {@code __nla_validate_parse()} of
 * the kernel does; the last attribute needs no padding.
 *
 * <p>Immutable as long as the buffer below is, and then safe to share between threads.
 */
public final class Attributes implements Iterable<Attribute> {

  private static final Attributes NONE = of(ByteBuffer.allocate(0), 0, 0);

  private final Lease lease;
  private final int term;
  private final int start;
  private final int end;

  Attributes(Lease lease, int term, int start, int end) {
    this.lease = lease;
    this.term = term;
    this.start = start;
    this.end = end;
  }

  /**
   * Returns no attributes: what an array that is left out holds, as in {@code
   * findNested(type).orElse(Attributes.none())}.
   *
   * @return an empty view
   */
  public static Attributes none() {
    return NONE;
  }

  /**
   * Views a part of a buffer as attributes. The buffer's position plays no part.
   *
   * @param buffer the bytes, in the byte order that the buffer is set to
   * @param start the index of the first attribute
   * @param end the index behind the last byte
   * @return the view
   * @throws IndexOutOfBoundsException if the part does not lie within the buffer's limit
   */
  public static Attributes of(ByteBuffer buffer, int start, int end) {
    Lease lease = new Lease(buffer);
    return of(lease, lease.term(), start, end);
  }

  /**
   * Views a part of a buffer as attributes, for as long as they may be looked at: for one who
   * receives into the same buffer again and again.
   *
   * @param lease the bytes; when the term ends, the view and all that came from it throw {@link
   *     IllegalStateException}
   * @param term that of the message
   * @param start the index of the first attribute
   * @param end the index behind the last byte
   * @return the view
   * @throws IllegalStateException if the term has ended
   * @throws IndexOutOfBoundsException if the part does not lie within the buffer's limit
   */
  public static Attributes of(Lease lease, int term, int start, int end) {
    int limit = lease.buffer(term).limit();
    if (start < 0 || start > end || end > limit) {
      throw new IndexOutOfBoundsException("bytes " + start + " to " + end + " of " + limit);
    }
    return new Attributes(lease, term, start, end);
  }

  /**
   * Finds the first attribute of a type.
   *
   * @param type the number of the attribute
   * @return the attribute, or empty if there is none
   * @throws MalformedMessageException if an attribute on the way does not fit into the message
   */
  public Optional<Attribute> find(int type) {
    int at = indexOf(type);
    return at < 0 ? Optional.empty() : Optional.of(view(at));
  }

  /**
   * Reads an unsigned 8-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return 0 to 255; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 1 byte long, or an attribute on the way
   *     does not fit
   */
  public OptionalInt findU8(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(view(at).u8());
  }

  /**
   * Reads an unsigned 16-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return 0 to 65535; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 2 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalInt findU16(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(view(at).u16());
  }

  /**
   * Reads an unsigned 32-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return 0 to 2<sup>32</sup> - 1; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 4 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalLong findU32(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(view(at).u32());
  }

  /**
   * Reads an unsigned 64-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return the 64 bits; above 2<sup>63</sup> - 1 it is negative; empty if there is no such
   *     attribute
   * @throws MalformedMessageException if the payload is not 8 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalLong findU64(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(view(at).u64());
  }

  /**
   * Reads a signed 8-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return -128 to 127; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 1 byte long, or an attribute on the way
   *     does not fit
   */
  public OptionalInt findS8(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(view(at).s8());
  }

  /**
   * Reads a signed 16-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return -32768 to 32767; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 2 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalInt findS16(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(view(at).s16());
  }

  /**
   * Reads a signed 32-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return the number; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 4 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalInt findS32(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(view(at).s32());
  }

  /**
   * Reads a signed 64-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return the number; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 8 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalLong findS64(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(view(at).s64());
  }

  /**
   * Reads an unsigned number of either width that {@code NLA_UINT} allows, if there is one.
   *
   * @param type the number of the attribute
   * @return the number; above 2<sup>63</sup> - 1 it is negative; empty if there is no such
   *     attribute
   * @throws MalformedMessageException if the payload is neither 4 nor 8 bytes long, or an attribute
   *     on the way does not fit
   */
  public OptionalLong findUint(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(view(at).uint());
  }

  /**
   * Reads a signed number of either width that {@code NLA_SINT} allows, if there is one.
   *
   * @param type the number of the attribute
   * @return the number; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is neither 4 nor 8 bytes long, or an attribute
   *     on the way does not fit
   */
  public OptionalLong findSint(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(view(at).sint());
  }

  /**
   * Reads a big-endian unsigned 16-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return 0 to 65535; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 2 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalInt findU16Be(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(view(at).u16Be());
  }

  /**
   * Reads a big-endian unsigned 32-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return 0 to 2<sup>32</sup> - 1; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 4 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalLong findU32Be(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(view(at).u32Be());
  }

  /**
   * Reads a big-endian unsigned 64-bit number, if there is one.
   *
   * @param type the number of the attribute
   * @return the 64 bits; above 2<sup>63</sup> - 1 it is negative; empty if there is no such
   *     attribute
   * @throws MalformedMessageException if the payload is not 8 bytes long, or an attribute on the
   *     way does not fit
   */
  public OptionalLong findU64Be(int type) {
    int at = indexOf(type);
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(view(at).u64Be());
  }

  /**
   * Reads a {@code struct nla_bitfield32}, if there is one.
   *
   * @param type the number of the attribute
   * @return value and selector; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 8 bytes long, or an attribute on the
   *     way does not fit
   */
  public Optional<Bitfield32> findBitfield32(int type) {
    return find(type).map(Attribute::bitfield32);
  }

  /**
   * Reads a string in UTF-8, if there is one, as {@link Attribute#string()} does.
   *
   * @param type the number of the attribute
   * @return the string, perhaps of no character; empty if there is no such attribute
   * @throws MalformedMessageException if an attribute on the way does not fit
   */
  public Optional<String> findString(int type) {
    return find(type).map(Attribute::string);
  }

  /**
   * Copies a payload, if there is one.
   *
   * @param type the number of the attribute
   * @return its bytes, perhaps none; empty if there is no such attribute
   * @throws MalformedMessageException if an attribute on the way does not fit
   */
  public Optional<byte[]> findBytes(int type) {
    return find(type).map(Attribute::bytes);
  }

  /**
   * Reads an address of IPv4 or IPv6, if there is one, as {@link Attribute#inetAddress()} does.
   *
   * @param type the number of the attribute
   * @return the address; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is neither 4 nor 16 bytes long, or an
   *     attribute on the way does not fit
   */
  public Optional<InetAddress> findInetAddress(int type) {
    return find(type).map(Attribute::inetAddress);
  }

  /**
   * Reads a link-layer address, if there is one.
   *
   * @param type the number of the attribute
   * @return the address; empty if there is no such attribute
   * @throws MalformedMessageException if the payload is not 1 to 32 bytes long, or an attribute on
   *     the way does not fit
   */
  public Optional<MacAddress> findMacAddress(int type) {
    return find(type).map(Attribute::macAddress);
  }

  /**
   * Finds the attributes within one, if there is one. They are checked as they are read.
   *
   * @param type the number of the attribute
   * @return a view, perhaps of none; empty if there is no such attribute
   * @throws MalformedMessageException if an attribute on the way does not fit
   */
  public Optional<Attributes> findNested(int type) {
    return find(type).map(Attribute::nested);
  }

  /**
   * Returns the first attribute of a type that must be there.
   *
   * @param type the number of the attribute
   * @return the attribute
   * @throws MalformedMessageException if there is none, or an attribute on the way does not fit
   */
  public Attribute get(int type) {
    int at = indexOf(type);
    if (at < 0) {
      throw new MalformedMessageException("attribute " + type + " is missing");
    }
    return view(at);
  }

  /**
   * Returns every attribute of a type, for one that is repeated ({@code multi-attr} of the kernel's
   * specs).
   *
   * @param type the number of the attribute
   * @return the attributes in their order, perhaps none; the list cannot be changed
   * @throws MalformedMessageException if any attribute does not fit into the message
   */
  public List<Attribute> all(int type) {
    return stream().filter(attribute -> attribute.type() == type).toList();
  }

  /**
   * Tells whether there is an attribute of a type; for flags, whose presence is their value.
   *
   * @param type the number of the attribute
   * @return whether there is one
   * @throws MalformedMessageException if an attribute on the way does not fit into the message
   */
  public boolean has(int type) {
    return indexOf(type) >= 0;
  }

  /**
   * Tells whether there is no attribute.
   *
   * @return whether there is none
   */
  public boolean isEmpty() {
    lease.buffer(term);
    return end - start < NLA_HDRLEN;
  }

  /**
   * Returns the attributes as a sequential stream.
   *
   * @return the stream, which throws {@link MalformedMessageException} where {@link #iterator()}
   *     does
   */
  public Stream<Attribute> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /**
   * Iterates over the attributes in their order.
   *
   * @return an iterator whose {@code next} throws {@link MalformedMessageException} at an attribute
   *     that does not fit into the message
   */
  @Override
  public Iterator<Attribute> iterator() {
    return new Iterator<>() {
      private int at = start;

      @Override
      public boolean hasNext() {
        lease.buffer(term);
        return end - at >= NLA_HDRLEN;
      }

      @Override
      public Attribute next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Attribute attribute = view(at);
        at = after(at);
        return attribute;
      }
    };
  }

  /**
   * Shows the attributes for people: a line each, nests indented, payloads as a string or in
   * hexadecimal, safe for a terminal.
   *
   * @return the lines, each with its end; empty if there are no attributes
   */
  @Override
  public String toString() {
    return AttributePrinter.print(this);
  }

  private Attribute view(int at) {
    return new Attribute(lease, term, at);
  }

  private int indexOf(int type) {
    ByteBuffer buffer = lease.buffer(term);
    for (int at = start; end - at >= NLA_HDRLEN; ) {
      int next = after(at);
      if ((buffer.getShort(at + 2) & NetlinkConstants.NLA_TYPE_MASK) == type) {
        return at;
      }
      at = next;
    }
    return -1;
  }

  /** Returns where the attribute behind the one at an index starts; that one is checked. */
  private int after(int at) {
    ByteBuffer buffer = lease.buffer(term);
    int length = Short.toUnsignedInt(buffer.getShort(at));
    if (length < NLA_HDRLEN || length > end - at) {
      int type = buffer.getShort(at + 2) & NetlinkConstants.NLA_TYPE_MASK;
      int left = end - at;
      throw new MalformedMessageException(
          "attribute " + type + " of " + length + " bytes where " + left + " bytes are left");
    }
    return at + NetlinkConstants.align(length);
  }
}
