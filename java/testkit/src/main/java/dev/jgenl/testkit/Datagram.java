package dev.jgenl.testkit;

import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;

/**
 * A datagram on its way to a socket.
 *
 * @param bytes from index 0 to the capacity, in native byte order
 * @param sender the port ID of the sender; 0 is the kernel
 * @param group the number of the multicast group it was sent to; 0 for one socket
 */
record Datagram(ByteBuffer bytes, int sender, int group) {

  /** {@code struct sk_buff}, and {@code struct skb_shared_info} behind the data, in bytes. */
  private static final int SK_BUFF = 256;

  private static final int SHARED_INFO = 320;

  /**
   * Returns what it takes of a receive buffer in bytes ({@code skb->truesize}): the data lies in a
   * block whose size is a power of two.
   */
  int charge() {
    int block = Integer.highestOneBit(bytes.capacity() + SHARED_INFO - 1) << 1;
    return SK_BUFF + block;
  }

  /** Tells whether one of its messages is {@code NLMSG_DONE}. */
  boolean endsDump() {
    int end = bytes.capacity();
    for (int at = 0; end - at >= NetlinkConstants.NLMSG_HDRLEN; ) {
      if (bytes.getShort(at + 4) == NetlinkConstants.NLMSG_DONE) {
        return true;
      }
      int length = bytes.getInt(at);
      if (length < NetlinkConstants.NLMSG_HDRLEN || length > end - at) {
        return false;
      }
      at += NetlinkConstants.align(length);
    }
    return false;
  }
}
