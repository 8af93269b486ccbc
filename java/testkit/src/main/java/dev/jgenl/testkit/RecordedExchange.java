package dev.jgenl.testkit;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A request in a recording, and the messages that answer it.
 *
 * @param payload what stands behind the header of netlink
 */
record RecordedExchange(int protocol, int type, ByteBuffer payload, List<ByteBuffer> answers) {

  boolean isDump() {
    return answers.stream()
        .anyMatch(a -> (a.getShort(6) & NetlinkConstants.NLM_F_MULTI) != 0 || isDone(a));
  }

  boolean isEnded() {
    ByteBuffer last = answers.isEmpty() ? null : answers.get(answers.size() - 1);
    return last != null && (isDone(last) || isError(last));
  }

  /** Gives a message the numbers of a request, also within an error, which quotes it. */
  static ByteBuffer addressed(ByteBuffer message, FakeRequest request) {
    ByteBuffer copy = copy(message, 0, message.capacity());
    address(copy, 0, isDone(copy) || isError(copy), request);
    int quoted = NLMSG_HDRLEN + Integer.BYTES;
    if (isError(copy) && copy.capacity() >= quoted + NLMSG_HDRLEN) {
      address(copy, quoted, false, request);
    }
    return copy;
  }

  private static void address(ByteBuffer message, int at, boolean control, FakeRequest request) {
    if (request.asked() != null && !control) {
      message.putShort(at + 4, (short) request.familyId());
    }
    message.putInt(at + 8, request.sequence()).putInt(at + 12, request.portId());
  }

  private static boolean isDone(ByteBuffer message) {
    return message.getShort(4) == NetlinkConstants.NLMSG_DONE;
  }

  private static boolean isError(ByteBuffer message) {
    return message.getShort(4) == NetlinkConstants.NLMSG_ERROR;
  }

  static ByteBuffer copy(ByteBuffer bytes, int from, int to) {
    byte[] copy = new byte[to - from];
    bytes.get(from, copy);
    return ByteBuffer.wrap(copy).order(bytes.order());
  }
}
