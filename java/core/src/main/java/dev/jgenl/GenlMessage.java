package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;

/**
 * A message of a family. Its bytes stay where they were received: nothing is decoded before it is
 * asked for.
 *
 * <p>Valid for ever and safe to share between threads, unless the method that hands it out says
 * that it is valid only for the length of a call: then every method throws {@link
 * IllegalStateException} afterwards, also of what came from it, but for a buffer of bytes.
 */
public final class GenlMessage {

  private final Lease lease;
  private final int term;
  private final int start;
  private final int end;
  private final int attributes;

  /**
   * Views a message that a reader has checked.
   *
   * @param headerLength the length of genlmsghdr and the family's own header, in bytes
   */
  GenlMessage(Lease lease, int start, int end, int headerLength) {
    this.lease = lease;
    term = lease.term();
    this.start = start;
    this.end = end;
    attributes = start + NLMSG_HDRLEN + NetlinkConstants.align(headerLength);
    if (attributes > end) {
      throw new MalformedMessageException(
          "message of " + (end - start) + " bytes, shorter than its headers");
    }
  }

  /** Copies the message on which a reader stands. */
  static GenlMessage copyOf(MessageReader message, int headerLength) {
    byte[] bytes = new byte[message.end() - message.start()];
    message.buffer().get(message.start(), bytes);
    ByteBuffer copy = ByteBuffer.wrap(bytes).order(message.buffer().order());
    return new GenlMessage(new Lease(copy), 0, bytes.length, headerLength);
  }

  /**
   * Returns the number of the family that sent it.
   *
   * @return 16 to 65535
   */
  public int familyId() {
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
   * Returns the command.
   *
   * @return 0 to 255
   */
  public int command() {
    return Byte.toUnsignedInt(lease.buffer(term).get(start + NLMSG_HDRLEN));
  }

  /**
   * Returns the version of the family's protocol.
   *
   * @return 0 to 255
   */
  public int version() {
    return Byte.toUnsignedInt(lease.buffer(term).get(start + NLMSG_HDRLEN + 1));
  }

  /**
   * Shows the family's own header.
   *
   * @return a read-only view in native byte order; empty for most families
   */
  public ByteBuffer header() {
    ByteBuffer buffer = lease.buffer(term);
    int from = start + NLMSG_HDRLEN + GENL_HDRLEN;
    return buffer.slice(from, attributes - from).asReadOnlyBuffer().order(buffer.order());
  }

  /**
   * Returns the attributes.
   *
   * @return a view, perhaps empty
   */
  public Attributes attributes() {
    return Attributes.of(lease, term, attributes, end);
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
  public GenlMessage copy() {
    ByteBuffer buffer = lease.buffer(term);
    byte[] bytes = new byte[length()];
    buffer.get(start, bytes);
    return new GenlMessage(
        new Lease(ByteBuffer.wrap(bytes).order(buffer.order())),
        0,
        bytes.length,
        attributes - start - NLMSG_HDRLEN);
  }

  /**
   * Shows the message for people: a line for the headers, then the attributes as {@link
   * Attributes#toString()} does.
   */
  @Override
  public String toString() {
    return String.format(
            "family %d, command %d, version %d, flags 0x%x, sequence %s, %d bytes%n",
            familyId(),
            command(),
            version(),
            flags(),
            Integer.toUnsignedString(sequence()),
            length())
        + attributes();
  }
}
