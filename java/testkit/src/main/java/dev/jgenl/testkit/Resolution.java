package dev.jgenl.testkit;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One question to the controller, and the wait for its answer among all else that comes. */
final class Resolution {

  private static final int EPROTO = 71;

  private final FakeTransport socket;
  private final int sequence;

  Resolution(FakeTransport socket, int sequence) {
    this.socket = socket;
    this.sequence = sequence;
  }

  int resolve(String family, Datagrams into, long timeoutNanos) {
    int err = into.slotSize() < NetlinkConstants.NLMSG_HDRLEN ? -FakeKernel.EINVAL : check(family);
    if (err == 0) {
      err = ask(family);
    }
    long start = socket.now();
    while (err == 0) {
      long left =
          timeoutNanos == Long.MAX_VALUE
              ? Long.MAX_VALUE
              : Math.max(0, timeoutNanos - (socket.now() - start));
      int n = socket.await(into, 1, left);
      if (n <= 0) {
        return n;
      }
      err = judge(into);
    }
    return err;
  }

  private static int check(String family) {
    try {
      int length = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(family)).remaining();
      if (family.indexOf('\0') >= 0) {
        return -FakeKernel.EINVAL;
      }
      return length > FakeKernel.NAME_MAX ? -Errno.ENAMETOOLONG.number() : 0;
    } catch (CharacterCodingException e) {
      return -FakeKernel.EINVAL;
    }
  }

  private int ask(String family) {
    MessageWriter request =
        new MessageWriter(ByteBuffer.allocate(256).order(ByteOrder.nativeOrder()));
    request
        .begin(
            FakeKernel.CONTROLLER,
            NetlinkConstants.NLM_F_REQUEST,
            sequence,
            0,
            FakeController.GETFAMILY,
            FakeController.PROTOCOL_VERSION)
        .putString(FakeController.FAMILY_NAME, family);
    request.end();
    return socket.sendNow(request);
  }

  /** Returns 1 for the answer, the negative errno of a refusal, or 0 for something else. */
  private int judge(Datagrams into) {
    ByteBuffer memory = into.memory();
    int at = into.offset(0);
    int length = into.length(0);
    boolean ours =
        into.sender(0) == 0
            && length >= NetlinkConstants.NLMSG_HDRLEN
            && memory.getInt(at + 8) == sequence
            && memory.getInt(at + 12) == socket.port();
    if (!ours) {
      return 0;
    }
    if (into.isTruncated(0)) {
      return -FakeKernel.EMSGSIZE;
    }
    MessageReader reader = new MessageReader().read(memory, at, length);
    try {
      reader.next();
      return switch (reader.type()) {
        case NetlinkConstants.NLMSG_ERROR -> reader.error() > 0 ? -EPROTO : reader.error();
        case FakeKernel.CONTROLLER -> 1;
        default -> 0;
      };
    } catch (MalformedMessageException e) {
      return -EPROTO;
    }
  }
}
