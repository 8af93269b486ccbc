package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the requests of a transaction: all are done, or none, or nobody knows.
 *
 * <p>The thread that has the transaction uses it.
 */
final class TransactionOutcome<M> {

  private final List<? extends Envelope> requests;
  private final Replies<M> replies;
  private final @Nullable Outcome<Reply<M>>[] outcomes;

  /** Why each request was refused; null if it was not. */
  private final @Nullable Exception[] refusals;

  /** A request whose end nobody tells misses no answer. */
  private final Strays noStrays = new Strays();

  private ExtendedAck warning = ExtendedAck.NONE;
  private int value;

  /** Why nothing is done. */
  private @Nullable Exception refusal;

  @SuppressWarnings({"unchecked", "rawtypes"})
  TransactionOutcome(List<? extends Envelope> requests, Replies<M> replies) {
    this.requests = requests;
    this.replies = replies;
    outcomes = new Outcome[requests.size()];
    refusals = new Exception[requests.size()];
  }

  /** Takes what is told of the effect of a request. */
  void message(int i, MessageReader message) {
    try {
      replies.message(i, requests.get(i), message);
    } catch (MalformedMessageException e) {
      outcomes[i] = new Outcome.Failure<>(Failures.malformed(requests.get(i), e));
    } catch (RuntimeException e) {
      outcomes[i] = new Outcome.Failure<>(e);
    }
  }

  /** Takes what came with the acknowledgement of the last request. */
  void end(ExtendedAck warning, int value) {
    this.warning = warning;
    this.value = value;
  }

  /** A request is to blame that nothing is done. */
  void refuse(int i, Exception e) {
    refusals[i] = e;
    refuse(e);
  }

  /** Nothing is done. */
  void refuse(Exception e) {
    refusal = refusal == null ? e : refusal;
  }

  /** The first request is not to blame: if it was refused, the whole was meant. */
  void absolveFirst(Envelope whole) {
    if (refusals[0] instanceof KernelException e) {
      refusals[0] = null;
      refusal = whole.refusal(e.errno(), e.extendedAck());
    }
  }

  boolean isRefused() {
    return refusal != null;
  }

  /** What came is not enough to know; what is known already stays true. */
  void fail(NetlinkException e) {
    if (refusal == null) {
      Arrays.setAll(outcomes, i -> new Outcome.Failure<>(e));
    }
  }

  /** Returns the outcomes in the order of the requests. */
  List<Outcome<Reply<M>>> toList() {
    for (int i = 0; i < outcomes.length; i++) {
      if (refusal != null) {
        outcomes[i] = new Outcome.Failure<>(whyNot(i, refusal));
      } else if (outcomes[i] == null) {
        outcomes[i] = success(i);
      }
    }
    return Collections.unmodifiableList(Arrays.asList(outcomes));
  }

  private Exception whyNot(int i, Exception why) {
    Exception own = refusals[i];
    return own != null
        ? own
        : new NotDoneException(
            requests.get(i) + ": not done, as none of the transaction: " + why.getMessage(), why);
  }

  private Outcome<Reply<M>> success(int i) {
    boolean last = i == outcomes.length - 1;
    return new Outcome.Success<>(
        replies.end(
            i, requests.get(i), last ? warning : ExtendedAck.NONE, last ? value : 0, noStrays));
  }
}
