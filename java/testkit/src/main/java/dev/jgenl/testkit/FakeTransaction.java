package dev.jgenl.testkit;

import dev.jgenl.netlink.Netlink;
import dev.jgenl.testkit.FakeFamily.Script;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /** What comes first behind the begin, which an error of the whole is said to be of. */
  private @Nullable FakeRequest first;

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
    FakeAnswer answer = FakeAnswer.to(begin, socket);
    int subsystem = ByteBuffer.wrap(begin.header()).getShort(2);
    if (!protocol.hasTransactions(subsystem)) {
      boolean unknown = subsystem < 0 || subsystem >= SUBSYSTEMS;
      answer.refuse(unknown ? FakeKernel.EINVAL : Errno.EOPNOTSUPP.number());
      return;
    }
    protocol.begin().run(begin, answer);
    if (!answer.isEnded()) {
      take(reader, subsystem);
    }
  }

  private FakeRequest part(MessageReader reader) {
    return FakeRequest.toProtocol(
        reader, socket.port(), Netlink.NETFILTER, FakeProtocol.NFGENMSG, false);
  }

  private void take(MessageReader reader, int subsystem) {
    try {
      boolean complete = takeParts(reader, subsystem);
      if (complete && !refused) {
        commit();
      }
      answers.forEach(Runnable::run);
    } catch (MalformedMessageException e) {
      // As if nothing had been sent.
    }
  }

  /** Looks at all requests; returns whether their end is there. */
  private boolean takeParts(MessageReader reader, int subsystem) {
    while (reader.next()) {
      FakeRequest part = part(reader);
      first = first == null ? part : first;
      boolean isRequest = Dispatch.isRequest(part);
      if (part.isTooShort() || (isRequest && part.type() == BEGIN)) {
        throw new MalformedMessageException("too short, or a second begin");
      }
      if (isRequest && part.type() == END) {
        return true;
      }
      if (take(part, isRequest && part.type() >> 8 == subsystem) == -ENOMEM) {
        answers.clear();
        ofTheWhole().refuse(ENOMEM);
        return false;
      }
    }
    return false;
  }

  /** Looks at one request, and returns what it has ended with. */
  private int take(FakeRequest part, boolean belongs) {
    kernel.log(part);
    FakeAnswer answer = FakeAnswer.to(part, socket);
    answer.postpone(answers::add, effects::add);
    Script script = belongs ? protocol.part(part.type()) : null;
    if (script == null) {
      answer.refuse(FakeKernel.EINVAL);
    } else if (protocol.accepts(part, answer)) {
      script.run(part, answer);
      answer.acknowledge();
    }
    refused |= answer.code() < 0;
    return answer.code();
  }

  private void commit() {
    FakeAnswer answer = ofTheWhole();
    answer.postpone(Runnable::run, effects::add);
    protocol.commit().run(Objects.requireNonNull(first), answer);
    if (answer.code() >= 0) {
      effects.forEach(Runnable::run);
    }
  }

  /** The begin has been passed over by then: {@code nlmsg_hdr(oskb)}. */
  private FakeAnswer ofTheWhole() {
    return FakeAnswer.to(Objects.requireNonNull(first), socket);
  }
}
