package dev.jgenl.testkit;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A request as a {@link FakeKernel} received it. Immutable. */
public final class FakeRequest {

  private static final int GENERIC_HEADERS =
      NetlinkConstants.NLMSG_HDRLEN + NetlinkConstants.GENL_HDRLEN;

  private final ByteBuffer message;
  private final int protocol;
  private final int portId;
  private final @Nullable FakeFamily asked;

  /** Where the header of the family or protocol begins. */
  private final int headerStart;

  private final int headerSize;
  private final boolean dump;

  /** Copies the message that the reader stands on. */
  private FakeRequest(
      MessageReader reader,
      int protocol,
      int portId,
      @Nullable FakeFamily asked,
      int headerStart,
      int headerSize,
      boolean dump) {
    byte[] bytes = new byte[reader.end() - reader.start()];
    reader.buffer().get(reader.start(), bytes);
    message = ByteBuffer.wrap(bytes).order(reader.buffer().order());
    this.protocol = protocol;
    this.portId = portId;
    this.asked = asked;
    this.headerStart = headerStart;
    this.headerSize = headerSize;
    this.dump = dump;
  }

  /** Makes one to a family; null: to none that there is. */
  static FakeRequest toFamily(MessageReader reader, int portId, @Nullable FakeFamily family) {
    return new FakeRequest(
        reader,
        FakeKernel.NETLINK_GENERIC,
        portId,
        family,
        GENERIC_HEADERS,
        family == null ? 0 : family.headerSize(),
        (reader.flags() & NetlinkConstants.NLM_F_DUMP) == NetlinkConstants.NLM_F_DUMP);
  }

  /** Makes one to another protocol than Generic Netlink. */
  static FakeRequest toProtocol(
      MessageReader reader, int portId, int protocol, int headerSize, boolean dump) {
    return new FakeRequest(
        reader, protocol, portId, null, NetlinkConstants.NLMSG_HDRLEN, headerSize, dump);
  }

  /**
   * Returns the protocol of the socket that asked.
   *
   * @return its number; of Generic Netlink 16
   */
  public int protocol() {
    return protocol;
  }

  /**
   * Returns the type of the message.
   *
   * @return 0 to 65535; of Generic Netlink the same as {@link #familyId()}
   */
  public int type() {
    return Short.toUnsignedInt(message.getShort(4));
  }

  /**
   * Returns the name of the family that is asked.
   *
   * @return empty if no family had this number, and of another protocol than Generic Netlink
   */
  public String family() {
    return asked == null ? "" : asked.name();
  }

  /**
   * Returns the number of the family that is asked.
   *
   * @return 0 to 65535
   */
  public int familyId() {
    return type();
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
   * @return 0 to 255; means nothing of another protocol than Generic Netlink
   */
  public int command() {
    return Byte.toUnsignedInt(message.get(NetlinkConstants.NLMSG_HDRLEN));
  }

  /**
   * Returns the version of the family's protocol.
   *
   * @return 0 to 255; means nothing of another protocol than Generic Netlink
   */
  public int version() {
    return Byte.toUnsignedInt(message.get(NetlinkConstants.NLMSG_HDRLEN + 1));
  }

  /**
   * Tells whether the kernel takes it for a dump, whatever the flags were meant for: both bits of
   * {@link NetlinkConstants#NLM_F_DUMP} are set, or of another protocol than Generic Netlink either
   * of them where something is got.
   *
   * @return whether the script of the dump answers
   */
  public boolean isDump() {
    return dump;
  }

  /**
   * Returns the header of the family or protocol.
   *
   * @return a copy, as long as {@link FakeFamily#headerSize(int)} or {@link FakeProtocol#onDo} says
   * @throws IndexOutOfBoundsException if the kernel refused the request for being shorter
   */
  public byte[] header() {
    byte[] header = new byte[headerSize];
    message.get(headerStart, header);
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

  /**
   * Returns where an attribute starts, for {@code NLMSGERR_ATTR_OFFS} (2) of an extended ACK.
   *
   * @param path the types that lead to it, outermost first; of many of one type it is the first
   * @return bytes from the start of the message; empty if the request does not have it
   * @throws MalformedMessageException if a nest on the way is none
   */
  public OptionalInt offset(List<Integer> path) {
    int start = attributesStart();
    int end = message.capacity();
    int found = -1;
    for (int type : path) {
      found = find(type, start, end);
      if (found < 0) {
        return OptionalInt.empty();
      }
      start = found + NetlinkConstants.NLA_HDRLEN;
      end = found + Short.toUnsignedInt(message.getShort(found));
    }
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  private int find(int type, int start, int end) {
    int at = start;
    for (Attribute attribute : Attributes.of(message, start, end)) {
      if (attribute.type() == type) {
        return at;
      }
      at += NetlinkConstants.align(NetlinkConstants.NLA_HDRLEN + attribute.length());
    }
    return -1;
  }

  /** Shows it for people. */
  @Override
  public String toString() {
    String kind = dump ? "dump" : "do";
    String what = asked == null ? "type " + type() : asked.name();
    if (isTooShort()) {
      return what + " (too short)";
    }
    return what + (asked == null ? "" : " " + command()) + " " + kind + "\n" + attributes();
  }

  @Nullable FakeFamily asked() {
    return asked;
  }

  int headerSize() {
    return headerSize;
  }

  boolean isTooShort() {
    return message.capacity() < headerStart + headerSize;
  }

  /** Returns the index of the first attribute, or of the end. */
  int attributesStart() {
    return Math.min(headerStart + NetlinkConstants.align(headerSize), message.capacity());
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
