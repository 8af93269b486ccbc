package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;

import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;

/** A message of a family of Generic Netlink. */
public final class GenlMessage extends Message {

  private final int headerLength;

  /**
   * Views a message that a reader has checked.
   *
   * @param headerLength the length of genlmsghdr and the family's own header, in bytes
   */
  GenlMessage(Lease lease, int start, int end, int headerLength) {
    super(lease, start, end);
    this.headerLength = NetlinkConstants.align(headerLength);
    requireHeader(this.headerLength);
  }

  /**
   * Returns the number of the family that sent it.
   *
   * @return 16 to 65535
   */
  public int familyId() {
    return type();
  }

  /**
   * Returns the command.
   *
   * @return 0 to 255
   */
  public int command() {
    return byteAt(0);
  }

  /**
   * Returns the version of the family's protocol.
   *
   * @return 0 to 255
   */
  public int version() {
    return byteAt(1);
  }

  /**
   * Shows the family's own header.
   *
   * @return a read-only view in native byte order; empty for most families
   */
  public ByteBuffer header() {
    return bytes(GENL_HDRLEN, headerLength - GENL_HDRLEN);
  }

  /**
   * Returns the attributes.
   *
   * @return a view, perhaps empty
   */
  public Attributes attributes() {
    return attributesBehind(headerLength);
  }

  @Override
  public GenlMessage copy() {
    ByteBuffer bytes = bytes();
    return new GenlMessage(new Lease(bytes), 0, bytes.capacity(), headerLength);
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
