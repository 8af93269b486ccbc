package dev.jgenl.testkit;

import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A request as a {@link FakeKernel} received it. Immutable. */
public final class FakeRequest {

  private static final int HEADERS = NetlinkConstants.NLMSG_HDRLEN + NetlinkConstants.GENL_HDRLEN;

  private final ByteBuffer message;
  private final String family;
  private final int headerSize;
  private final int portId;

  /** Copies the message that the reader stands on. */
  FakeRequest(MessageReader reader, @Nullable FakeFamily family, int portId) {
    byte[] bytes = new byte[reader.end() - reader.start()];
    reader.buffer().get(reader.start(), bytes);
    message = ByteBuffer.wrap(bytes).order(reader.buffer().order());
    this.family = family == null ? "" : family.name();
    headerSize = family == null ? 0 : family.headerSize();
    this.portId = portId;
  }

  /**
   * Returns the name of the family that is asked.
   *
   * @return empty if no family had this number
   */
  public String family() {
    return family;
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
   * @return such as {@link NetlinkConstants#NLM_F_ACK}
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
   * Returns the port ID of the socket that asked, to which {@link FakeFamily#send} sends events.
   *
   * @return all 32 bits are in use
   */
  public int portId() {
    return portId;
  }

  /**
   * Returns the command.
   *
   * @return 0 to 255
   */
  public int command() {
    return Byte.toUnsignedInt(message.get(NetlinkConstants.NLMSG_HDRLEN));
  }

  /**
   * Returns the version of the family's protocol.
   *
   * @return 0 to 255
   */
  public int version() {
    return Byte.toUnsignedInt(message.get(NetlinkConstants.NLMSG_HDRLEN + 1));
  }

  /**
   * Tells whether the kernel takes it for a dump: both bits of {@link NetlinkConstants#NLM_F_DUMP}
   * are set, whatever they were meant for.
   *
   * @return whether the script of the dump answers
   */
  public boolean isDump() {
    return (flags() & NetlinkConstants.NLM_F_DUMP) == NetlinkConstants.NLM_F_DUMP;
  }

  /**
   * Returns the family's own header.
   *
   * @return a copy, as long as {@link FakeFamily#headerSize(int)} says
   */
  public byte[] header() {
    byte[] header = new byte[headerSize];
    message.get(HEADERS, header);
    return header;
  }

  /**
   * Returns the attributes.
   *
   * @return a view, perhaps empty
   */
  public Attributes attributes() {
    return Attributes.of(message, attributesStart(), message.capacity());
  }

  /** Shows it for people. */
  @Override
  public String toString() {
    String kind = isDump() ? "dump" : "do";
    return isTooShort()
        ? family + " (too short)"
        : family + " " + command() + " " + kind + "\n" + attributes();
  }

  boolean isTooShort() {
    return message.capacity() < HEADERS + headerSize;
  }

  /** Returns the index of the first attribute, or of the end. */
  int attributesStart() {
    return Math.min(HEADERS + NetlinkConstants.align(headerSize), message.capacity());
  }

  /** Returns the whole message, from index 0 on. */
  ByteBuffer message() {
    return message;
  }

  /** Copies the whole message. */
  byte[] bytes() {
    return message.array().clone();
  }
}
