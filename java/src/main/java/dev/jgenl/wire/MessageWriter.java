package dev.jgenl.wire;

import static dev.jgenl.wire.Netlink.GENL_HDRLEN;
import static dev.jgenl.wire.Netlink.NLMSG_HDRLEN;

import java.nio.ByteBuffer;
import java.util.List;

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

  private final AttributeWriter attributes;
  private int start;

  /**
   * Creates a writer that starts at index 0.
   *
   * @param buffer the first buffer; when it is full, a larger one of the same kind and byte order
   *     takes its place
   */
  public MessageWriter(ByteBuffer buffer) {
    attributes = new AttributeWriter(buffer);
  }

  /** Forgets all messages. */
  public void clear() {
    attributes.truncate(0);
  }

  /**
   * Forgets what was written behind an index: a message that could not be completed.
   *
   * @param length what {@link #length()} was before that message was begun
   */
  public void truncate(int length) {
    attributes.truncate(length);
  }

  /**
   * Begins a message. Attributes follow, then {@link #end()}.
   *
   * @param type the type of the message: the family's ID, 0 to 65535
   * @param flags the flags, such as {@link Netlink#NLM_F_REQUEST}
   * @param sequence the sequence number
   * @param portId the port ID of the sender; the kernel fills in 0
   * @param command the command, 0 to 255
   * @param version the version of the family's protocol, 0 to 255
   * @return the writer of its attributes
   */
  public AttributeWriter begin(
      int type, int flags, int sequence, int portId, int command, int version) {
    start = attributes.reserve(NLMSG_HDRLEN + GENL_HDRLEN);
    ByteBuffer buffer = attributes.buffer();
    buffer.putShort(start + 4, (short) type);
    buffer.putShort(start + 6, (short) flags);
    buffer.putInt(start + 8, sequence);
    buffer.putInt(start + 12, portId);
    buffer.put(start + 16, (byte) command);
    buffer.put(start + 17, (byte) version);
    buffer.putShort(start + 18, (short) 0);
    return attributes;
  }

  /**
   * Writes the family's own header, which stands before the attributes.
   *
   * @param header its bytes; padding follows them
   */
  public void putFamilyHeader(List<Byte> header) {
    int padded = Netlink.align(header.size());
    int at = attributes.reserve(padded);
    for (int i = 0; i < padded; i++) {
      attributes.buffer().put(at + i, i < header.size() ? header.get(i) : 0);
    }
  }

  /** Completes the message: its length is known now. */
  public void end() {
    attributes.buffer().putInt(start, attributes.end() - start);
  }

  /**
   * Returns the buffer that holds the messages at present.
   *
   * @return the buffer; valid until the next message is written
   */
  public ByteBuffer buffer() {
    return attributes.buffer();
  }

  /**
   * Returns how much has been written.
   *
   * @return bytes from index 0
   */
  public int length() {
    return attributes.end();
  }
}
