package dev.jgenl.testkit;

import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request to its script, as {@code netlink_rcv_skb()} and {@code genl_rcv_msg()} do
 * it.
 */
final class Dispatch {

  private static final int EBUSY = 16;

  private final FakeKernel kernel;
  private final FakeTransport socket;

  Dispatch(FakeKernel kernel, FakeTransport socket) {
    this.kernel = kernel;
    this.socket = socket;
  }

  /** Handles the messages of a datagram up to one that is malformed, of which nobody is told. */
  void receive(ByteBuffer datagram) {
    MessageReader reader = new MessageReader().read(datagram, 0, datagram.capacity());
    while (hasNext(reader)) {
      handle(reader);
    }
  }

  private static boolean hasNext(MessageReader reader) {
    try {
      return reader.next();
    } catch (MalformedMessageException e) {
      return false;
    }
  }

  private void handle(MessageReader reader) {
    FakeFamily family = kernel.registry().familyWithId(reader.type());
    FakeRequest request = new FakeRequest(reader, family, socket.port());
    FakeAnswer answer = FakeAnswer.to(request, family, socket);
    boolean isRequest =
        (request.flags() & NetlinkConstants.NLM_F_REQUEST) != 0
            && reader.type() >= NetlinkConstants.NLMSG_MIN_TYPE;
    if (isRequest) {
      answer(family, request, answer);
    } else {
      answer.acknowledge();
    }
  }

  private void answer(@Nullable FakeFamily family, FakeRequest request, FakeAnswer answer) {
    if (family == null) {
      answer.refuse(Errno.ENOENT.number());
      return;
    }
    if (request.isTooShort()) {
      answer.refuse(FakeKernel.EINVAL);
      return;
    }
    kernel.log(request);
    if (request.command() >= family.resvStartOp() && hasReservedFlags(request.flags())) {
      answer.refuse(
          FakeKernel.EINVAL, a -> a.putString(1, "ambiguous or reserved bits set in nlmsg_flags"));
      return;
    }
    FakeFamily.Script script = family.script(request);
    if (script == null) {
      answer.refuse(Errno.EOPNOTSUPP.number());
    } else if (!kernel.permits(family.flags(request.command()))) {
      answer.refuse(FakeKernel.EPERM);
    } else if (request.isDump() && !socket.beginDump()) {
      answer.refuse(EBUSY);
    } else {
      run(script, family, request, answer);
    }
  }

  private static void run(
      FakeFamily.Script script, FakeFamily family, FakeRequest request, FakeAnswer answer) {
    if (request.isDump()) {
      answer.beginDump();
    }
    if (family.accepts(request, answer)) {
      script.run(request, answer);
      answer.finish();
    }
  }

  /** As {@code genl_header_check()}: of the two bits that make a dump, one alone is ambiguous. */
  private static boolean hasReservedFlags(int flags) {
    boolean dump = (flags & NetlinkConstants.NLM_F_DUMP) == NetlinkConstants.NLM_F_DUMP;
    int allowed =
        NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK | NetlinkConstants.NLM_F_ECHO;
    return (flags & ~(dump ? allowed | NetlinkConstants.NLM_F_DUMP : allowed)) != 0;
  }
}
