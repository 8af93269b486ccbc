package dev.jgenl.testkit;

import dev.jgenl.netlink.Netlink;
import dev.jgenl.testkit.FakeFamily.Script;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One transaction of netfilter, as {@code nfnetlink_rcv_batch()} does it: all requests are looked
 * at, then it is committed or not, then each is told what came of it.
 */
final class FakeTransaction {

  /** {@code NFNL_MSG_BATCH_BEGIN}. */
  static final int BEGIN = 0x10;

  /** {@code NFNL_MSG_BATCH_END}. */
  private static final int END = 0x11;

  /** {@code NFNL_SUBSYS_COUNT}. */
  private static final int SUBSYSTEMS = 13;

  private static final int ENOMEM = 12;

  private final FakeKernel kernel;
  private final FakeProtocol protocol;
  private final FakeTransport socket;
  private final List<Runnable> answers = new ArrayList<>();
  private final List<Runnable> effects = new ArrayList<>();
  private boolean refused;

  FakeTransaction(FakeKernel kernel, FakeProtocol protocol, FakeTransport socket) {
    this.kernel = kernel;
    this.protocol = protocol;
    this.socket = socket;
  }

  /** Runs it; the reader stands on its begin. One that is malformed is dropped without a word. */
  void run(MessageReader reader) {
    FakeRequest begin = part(reader);
    if (begin.isTooShort()) {
      return;
    }
    FakeAnswer whole = FakeAnswer.to(begin, socket);
    whole.postpone(Runnable::run, effects::add);
    int subsystem = ByteBuffer.wrap(begin.header()).getShort(2);
    if (!protocol.hasTransactions(subsystem)) {
      boolean unknown = subsystem < 0 || subsystem >= SUBSYSTEMS;
      whole.refuse(unknown ? FakeKernel.EINVAL : Errno.EOPNOTSUPP.number());
      return;
    }
    protocol.begin().run(begin, whole);
    try {
      boolean complete = !whole.isEnded() && takeAll(reader, subsystem, whole);
      if (whole.isEnded()) {
        return;
      }
      if (complete && !refused) {
        commit(begin, whole);
      }
      answers.forEach(Runnable::run);
    } catch (MalformedMessageException e) {
      // As if nothing had been sent.
    }
  }

  private FakeRequest part(MessageReader reader) {
    return FakeRequest.toProtocol(
        reader, socket.port(), Netlink.NETFILTER, FakeProtocol.NFGENMSG, false);
  }

  /** Looks at all requests; returns whether their end is there, unless the whole is refused. */
  private boolean takeAll(MessageReader reader, int subsystem, FakeAnswer whole) {
    while (!whole.isEnded() && reader.next()) {
      FakeRequest part = part(reader);
      boolean isRequest = Dispatch.isRequest(part);
      if (part.isTooShort() || (isRequest && part.type() == BEGIN)) {
        throw new MalformedMessageException("too short, or a second begin");
      }
      if (isRequest && part.type() == END) {
        return true;
      }
      take(part, isRequest && part.type() >> 8 == subsystem, whole);
    }
    return false;
  }

  private void take(FakeRequest part, boolean belongs, FakeAnswer whole) {
    kernel.log(part);
    FakeAnswer answer = FakeAnswer.to(part, socket);
    answer.postpone(answers::add, effects::add);
    Script script = belongs ? protocol.part(part.type()) : null;
    if (script == null) {
      answer.refuse(FakeKernel.EINVAL);
    } else {
      script.run(part, answer);
      answer.acknowledge();
    }
    refused |= answer.code() < 0;
    if (answer.code() == -ENOMEM) {
      whole.refuse(ENOMEM);
    }
  }

  private void commit(FakeRequest begin, FakeAnswer whole) {
    protocol.commit().run(begin, whole);
    if (whole.code() >= 0) {
      effects.forEach(Runnable::run);
    }
  }
}
