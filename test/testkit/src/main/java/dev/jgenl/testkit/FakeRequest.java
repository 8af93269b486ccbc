package dev.jgenl.testkit;

import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.Netlink;
import java.nio.ByteBuffer;

/** A request as a {@link FakeKernel} received it. Immutable. */
public final class FakeRequest {

  private static final int ATTRIBUTES = Netlink.NLMSG_HDRLEN + Netlink.GENL_HDRLEN;

  private final ByteBuffer message;

  /** Copies the message that the reader stands on. */
  FakeRequest(MessageReader reader) {
    byte[] bytes = new byte[reader.end() - reader.start()];
    reader.buffer().get(reader.start(), bytes);
    message = ByteBuffer.wrap(bytes).order(reader.buffer().order());
  }

  /**
   * Returns the number of the family that is asked.
   *
   * @return 0 to 65535
   */
  public int familyId() {
    return Short.toUnsignedInt(message.getShort(4));
  }

  /**
   * Returns the flags of the header.
   *
   * @return such as {@link Netlink#NLM_F_ACK}
   */
  public int flags() {
    return Short.toUnsignedInt(message.getShort(6));
  }

  /**
   * Returns the sequence number.
   *
   * @return all 32 bits are in use
   */
  public int sequence() {
    return message.getInt(8);
  }

  /**
   * Returns the command.
   *
   * @return 0 to 255
   */
  public int command() {
    return Byte.toUnsignedInt(message.get(Netlink.NLMSG_HDRLEN));
  }

  /**
   * Returns the attributes.
   *
   * @return a view, perhaps empty
   */
  public Attributes attributes() {
    return Attributes.of(message, ATTRIBUTES, message.capacity());
  }

  boolean isDump() {
    return (flags() & Netlink.NLM_F_DUMP) == Netlink.NLM_F_DUMP;
  }

  ByteBuffer message() {
    return message.duplicate().order(message.order());
  }
}
