package dev.jgenl.wire;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import java.nio.ByteBuffer;

/**
 * A cursor over the messages of one datagram. One cursor serves any number of datagrams, so that
 * reading allocates nothing.
 *
 * <p>Not safe for use by several threads.
 */
public final class MessageReader {

  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private int next;
  private int limit;
  private int start;
  private int end;

  /** Creates a cursor over nothing. */
  public MessageReader() {}

  /**
   * Places the cursor before the first message of a datagram.
   *
   * @param buffer holds the datagram, in the byte order that the buffer is set to
   * @param from the index of the first byte
   * @param length the length of the datagram in bytes
   * @return this
   * @throws IndexOutOfBoundsException if the datagram does not lie within the buffer's limit
   */
  public MessageReader read(ByteBuffer buffer, int from, int length) {
    if (from < 0 || length < 0 || length > buffer.limit() - from) {
      throw new IndexOutOfBoundsException(
          length + " bytes from " + from + " on of " + buffer.limit());
    }
    this.buffer = buffer;
    next = from;
    limit = from + length;
    return this;
  }

  /**
   * Moves to the next message. The last one needs no padding.
   *
   * @return whether there is one; the accessors then speak of it
   * @throws MalformedMessageException if what is left is no whole message
   */
  public boolean next() {
    int left = limit - next;
    if (left <= 0) {
      return false;
    }
    if (left < NLMSG_HDRLEN) {
      throw new MalformedMessageException("message header of which " + left + " bytes are there");
    }
    int length = buffer.getInt(next);
    if (length < NLMSG_HDRLEN || length > left) {
      throw new MalformedMessageException(
          "message of " + Integer.toUnsignedString(length) + " bytes where " + left + " are left");
    }
    start = next;
    end = next + length;
    next += NetlinkConstants.align(length);
    return true;
  }

  /**
   * Returns the type of the message: a family's ID, or a control message below {@link
   * NetlinkConstants#NLMSG_MIN_TYPE}.
   *
   * @return 0 to 65535
   */
  public int type() {
    return Short.toUnsignedInt(buffer.getShort(start + 4));
  }

  /**
   * Returns the flags.
   *
   * @return such as {@link NetlinkConstants#NLM_F_MULTI}
   */
  public int flags() {
    return Short.toUnsignedInt(buffer.getShort(start + 6));
  }

  /**
   * Returns the sequence number.
   *
   * @return all 32 bits are in use
   */
  public int sequence() {
    return buffer.getInt(start + 8);
  }

  /**
   * Returns the port ID that the message bears, which is not that of its sender.
   *
   * @return all 32 bits are in use
   */
  public int portId() {
    return buffer.getInt(start + 12);
  }

  /**
   * Reads the number that the payload of {@link NetlinkConstants#NLMSG_ERROR} and {@link
   * NetlinkConstants#NLMSG_DONE} starts with: a negative errno or 0.
   *
   * @return the number; 0 for a {@code NLMSG_DONE} without payload
   * @throws MalformedMessageException if an error message is too short for it
   */
  public int error() {
    if (end - start >= NLMSG_HDRLEN + Integer.BYTES) {
      return buffer.getInt(start + NLMSG_HDRLEN);
    }
    if (type() == NetlinkConstants.NLMSG_DONE) {
      return 0;
    }
    throw new MalformedMessageException("error message of " + (end - start) + " bytes");
  }

  /**
   * Checks that the message has a header of Generic Netlink.
   *
   * @throws MalformedMessageException if it is too short
   */
  public void requireGenericHeader() {
    if (end - start < NLMSG_HDRLEN + GENL_HDRLEN) {
      throw new MalformedMessageException("generic message of " + (end - start) + " bytes");
    }
  }

  /**
   * Returns the buffer that the message lies in.
   *
   * @return the buffer that was handed to {@link #read}
   */
  public ByteBuffer buffer() {
    return buffer;
  }

  /**
   * Returns where the message starts.
   *
   * @return the index of its first byte
   */
  public int start() {
    return start;
  }

  /**
   * Returns where the message ends.
   *
   * @return the index behind its last byte, before any padding
   */
  public int end() {
    return end;
  }
}
