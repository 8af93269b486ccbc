package dev.jgenl.netlink;

import dev.jgenl.Message;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MalformedMessageException;
import java.nio.ByteBuffer;

/**
 * A message of another protocol than Generic Netlink. Behind {@code nlmsghdr} stands a header whose
 * length depends on the type, which is the reader's to know: 16 bytes of {@code struct ifinfomsg}
 * for a link, 8 of {@code ifaddrmsg} for an address, 12 of {@code rtmsg} for a route, 4 of {@code
 * nfgenmsg} for all of netfilter.
 */
public final class NetlinkMessage extends Message {

  NetlinkMessage(Lease lease, int start, int end) {
    super(lease, start, end);
  }

  /** Decodes for the engine, which knows no length of a header. */
  static NetlinkMessage decode(Lease lease, int start, int end, int headerLength) {
    return new NetlinkMessage(lease, start, end);
  }

  /**
   * Shows the protocol's own header.
   *
   * @param length its length in bytes
   * @return a read-only view in native byte order
   * @throws MalformedMessageException if the message is shorter
   * @throws IllegalArgumentException if the length is negative
   */
  public ByteBuffer header(int length) {
    return bytes(0, requireLength(length));
  }

  /**
   * Returns the attributes.
   *
   * @param headerLength the length of the protocol's own header in bytes; the padding that follows
   *     it does not count
   * @return a view, perhaps empty
   * @throws MalformedMessageException if the message is shorter
   * @throws IllegalArgumentException if the length is negative
   */
  public Attributes attributes(int headerLength) {
    return attributesBehind(requireLength(headerLength));
  }

  private static int requireLength(int length) {
    if (length < 0 || length > 0xffff) {
      throw new IllegalArgumentException("header of " + length + " bytes");
    }
    return length;
  }

  @Override
  public NetlinkMessage copy() {
    ByteBuffer bytes = bytes();
    return new NetlinkMessage(new Lease(bytes), 0, bytes.capacity());
  }

  /** Names the message for people, without what only a reader knows to read. */
  @Override
  public String toString() {
    return String.format(
        "type %d, flags 0x%x, sequence %s, %d bytes",
        type(), flags(), Integer.toUnsignedString(sequence()), length());
  }
}
