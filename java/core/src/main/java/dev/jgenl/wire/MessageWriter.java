package dev.jgenl.wire;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * Writes messages of Generic Netlink one behind the other into a buffer that grows. The byte order
 * is that of the buffer.
 *
 * <pre>
 * | nlmsghdr 16 | genlmsghdr 4 | attribute | attribute | ... | nlmsghdr 16 | ...
 * </pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class MessageWriter {

  private final GrowingBuffer out;
  private int start;

  /**
   * Creates a writer that starts at index 0.
   *
   * @param buffer the first buffer; when it is full, a larger one of the same kind and byte order
   *     takes its place
   */
  public MessageWriter(ByteBuffer buffer) {
    out = new GrowingBuffer(buffer);
  }

  /**
   * Creates a writer that starts at index 0.
   *
   * @param buffer the first buffer
   * @param allocator makes a larger one, of the capacity that it is given, when that is full
   */
  public MessageWriter(ByteBuffer buffer, IntFunction<ByteBuffer> allocator) {
    out = new GrowingBuffer(buffer, allocator);
  }

  /** Forgets all messages. */
  public void clear() {
    truncate(0);
  }

  /**
   * Forgets what was written behind an index: a message that could not be completed.
   *
   * @param length what {@link #length()} was before that message was begun
   */
  public void truncate(int length) {
    out.endTerm();
    out.truncate(length);
  }

  /**
   * Begins a message of Generic Netlink. Attributes follow, then {@link #end()}.
   *
   * @param type the type of the message: the family's ID, 0 to 65535
   * @param flags the flags, such as {@link NetlinkConstants#NLM_F_REQUEST}
   * @param sequence the sequence number
   * @param portId the port ID of the sender; the kernel fills in 0
   * @param command the command, 0 to 255
   * @param version the version of the family's protocol, 0 to 255
   * @return the writer of its attributes, valid until {@link #end()}
   */
  public AttributeWriter begin(
      int type, int flags, int sequence, int portId, int command, int version) {
    int at = beginHeader(type, flags, sequence, portId, GENL_HDRLEN);
    ByteBuffer buffer = out.buffer();
    buffer.put(at, (byte) command);
    buffer.put(at + 1, (byte) version);
    buffer.putShort(at + 2, (short) 0);
    return new AttributeWriter(out);
  }

  /**
   * Begins a message of any protocol. Attributes follow, then {@link #end()}.
   *
   * @param type the type of the message, 0 to 65535
   * @param flags the flags, such as {@link NetlinkConstants#NLM_F_REQUEST}
   * @param sequence the sequence number
   * @param portId the port ID of the sender; the kernel fills in 0
   * @param header the protocol's own header, such as {@code struct ifinfomsg}; padding follows it
   * @return the writer of its attributes, valid until {@link #end()}
   */
  public AttributeWriter begin(int type, int flags, int sequence, int portId, byte[] header) {
    int at = beginHeader(type, flags, sequence, portId, 0);
    putPadded(at, header);
    return new AttributeWriter(out);
  }

  /**
   * Writes the family's own header of a message of Generic Netlink, which stands before the
   * attributes.
   *
   * @param header its bytes; padding follows them
   */
  public void putFamilyHeader(byte[] header) {
    putPadded(out.end(), header);
  }

  private int beginHeader(int type, int flags, int sequence, int portId, int length) {
    out.endTerm();
    start = out.reserve(NLMSG_HDRLEN + length);
    ByteBuffer buffer = out.buffer();
    buffer.putShort(start + 4, (short) type);
    buffer.putShort(start + 6, (short) flags);
    buffer.putInt(start + 8, sequence);
    buffer.putInt(start + 12, portId);
    return start + NLMSG_HDRLEN;
  }

  private void putPadded(int at, byte[] header) {
    int padded = NetlinkConstants.align(header.length);
    out.reserve(padded);
    out.buffer().put(at, header);
    for (int i = header.length; i < padded; i++) {
      out.buffer().put(at + i, (byte) 0);
    }
  }

  /** Completes the message: its length is known now. */
  public void end() {
    out.endTerm();
    out.buffer().putInt(start, out.end() - start);
  }

  /**
   * Returns the buffer that holds the messages at present.
   *
   * @return the buffer; valid until the next message is written
   */
  public ByteBuffer buffer() {
    return out.buffer();
  }

  /**
   * Returns how much has been written.
   *
   * @return bytes from index 0
   */
  public int length() {
    return out.end();
  }
}
