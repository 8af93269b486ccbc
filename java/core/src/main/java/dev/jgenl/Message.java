package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;

/**
 * A message of netlink. Its bytes stay where they were received: nothing is decoded before it is
 * asked for.
 *
 * <p>Valid for ever and safe to share between threads, unless the method that hands it out says
 * that it is valid only for the length of a call: then every method throws {@link
 * IllegalStateException} afterwards, also of what came from it, but for a buffer of bytes.
 */
public abstract sealed class Message permits GenlMessage, NetlinkMessage {

  private final Lease lease;
  private final int term;
  private final int start;
  private final int end;

  /**
   * Views a message that a reader has checked.
   *
   * @param lease its bytes
   * @param start the index of its first byte
   * @param end the index behind its last byte
   */
  protected Message(Lease lease, int start, int end) {
    this.lease = lease;
    term = lease.term();
    this.start = start;
    this.end = end;
  }

  /**
   * Returns the type of the netlink header: of Generic Netlink the number of the family that sent
   * the message.
   *
   * @return 16 to 65535
   */
  public int type() {
    return Short.toUnsignedInt(lease.buffer(term).getShort(start + 4));
  }

  /**
   * Returns the flags of the netlink header.
   *
   * @return such as {@link NetlinkConstants#NLM_F_MULTI}
   */
  public int flags() {
    return Short.toUnsignedInt(lease.buffer(term).getShort(start + 6));
  }

  /**
   * Returns the sequence number: that of the request, or for a notification whatever the sender
   * chose.
   *
   * @return all 32 bits are in use
   */
  public int sequence() {
    return lease.buffer(term).getInt(start + 8);
  }

  /**
   * Returns the length of the message, headers included.
   *
   * @return bytes, without padding behind the last attribute
   */
  public int length() {
    lease.buffer(term);
    return end - start;
  }

  /**
   * Copies the message, so that it outlives the call that handed it out.
   *
   * @return a message with bytes of its own
   */
  public abstract Message copy();

  /**
   * Copies the bytes of the message.
   *
   * @return them, headers included, in the byte order that they have
   */
  public final ByteBuffer bytes() {
    ByteBuffer buffer = lease.buffer(term);
    byte[] bytes = new byte[end - start];
    buffer.get(start, bytes);
    return ByteBuffer.wrap(bytes).order(buffer.order());
  }

  /**
   * Returns a byte behind {@code nlmsghdr}, which is there.
   *
   * @param index its index, from 0 on
   * @return 0 to 255
   */
  protected final int byteAt(int index) {
    return Byte.toUnsignedInt(lease.buffer(term).get(start + NLMSG_HDRLEN + index));
  }

  /**
   * Shows bytes behind {@code nlmsghdr}.
   *
   * @param from from which on
   * @param length how many
   * @return a read-only view in native byte order
   * @throws MalformedMessageException if the message is shorter
   */
  protected final ByteBuffer bytes(int from, int length) {
    ByteBuffer buffer = lease.buffer(term);
    requireHeader(from + length);
    return buffer
        .slice(start + NLMSG_HDRLEN + from, length)
        .asReadOnlyBuffer()
        .order(buffer.order());
  }

  /**
   * Views the attributes.
   *
   * @param headerLength the length of the headers behind {@code nlmsghdr}, without padding
   * @return a view, perhaps empty
   * @throws MalformedMessageException if the message is shorter
   */
  protected final Attributes attributesBehind(int headerLength) {
    lease.buffer(term);
    requireHeader(headerLength);
    // A header that ends the message needs no padding.
    int from = start + NLMSG_HDRLEN + NetlinkConstants.align(headerLength);
    return Attributes.of(lease, term, Math.min(from, end), end);
  }

  /**
   * Checks that the headers are there.
   *
   * @param length their length behind {@code nlmsghdr}
   * @throws MalformedMessageException if the message is shorter
   */
  protected final void requireHeader(int length) {
    if (length > end - start - NLMSG_HDRLEN) {
      throw new MalformedMessageException(
          "message of " + (end - start) + " bytes, shorter than its headers");
    }
  }
}
