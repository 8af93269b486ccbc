package dev.jgenl.wire;

import static dev.jgenl.wire.Netlink.NLA_HDRLEN;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A run of attributes in their order, read lazily and without a copy: those of a message, or those
 * within an attribute. Unknown and repeated ones are kept.
 *
 * <p>One to three bytes behind the last attribute are ignored, as {@code __nla_validate_parse()} of
 * the kernel does; the last attribute needs no padding.
 *
 * <p>Immutable as long as the buffer below is, and then safe to share between threads.
 */
public final class Attributes implements Iterable<Attribute> {

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
   * Views a part of a buffer as attributes, for as long as they may be looked at.
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
    return at < 0 ? Optional.empty() : Optional.of(new Attribute(lease, term, at));
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
    return new Attribute(lease, term, at);
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
        Attribute attribute = new Attribute(lease, term, at);
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

  private int indexOf(int type) {
    ByteBuffer buffer = lease.buffer(term);
    for (int at = start; end - at >= NLA_HDRLEN; ) {
      int next = after(at);
      if ((buffer.getShort(at + 2) & Netlink.NLA_TYPE_MASK) == type) {
        return at;
      }
      at = next;
    }
    return -1;
  }

  /** Returns where the attribute behind the one at an index starts; that one is checked. */
  private int after(int at) {
    int length = Short.toUnsignedInt(lease.buffer(term).getShort(at));
    if (length < NLA_HDRLEN || length > end - at) {
      throw new MalformedMessageException(
          "attribute of " + length + " bytes where " + (end - at) + " bytes are left");
    }
    return at + Netlink.align(length);
  }
}
