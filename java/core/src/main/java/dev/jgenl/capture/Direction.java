package dev.jgenl.capture;

import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;

/** Which way a datagram went. */
public enum Direction {
  /** A process sent it: mostly a request. */
  TO_KERNEL,
  /** A process received it: an answer or a notification. */
  FROM_KERNEL;

  /** Guesses where a recording does not say: requests go to the kernel. */
  static Direction guess(ByteBuffer bytes) {
    return bytes.remaining() >= NetlinkConstants.NLMSG_HDRLEN
            && (bytes.getShort(bytes.position() + 6) & NetlinkConstants.NLM_F_REQUEST) != 0
        ? TO_KERNEL
        : FROM_KERNEL;
  }
}
