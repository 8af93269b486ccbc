package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.ProtocolException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MessageReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many requests, a {@link Window} of them at a time, each with an outcome of its own whatever
 * becomes of the others. One run of one thread.
 *
 * @param <T> what an answer becomes
 */
public final class Batch<T> {

  /**
   * Takes the answers: each request's messages in their order, then its end.
   *
   * @param <T> what an answer becomes
   */
  public interface Results<T> {

    /**
     * Takes a message.
     *
     * @param i the number of the request
     * @param request the request
     * @param message stands on it; valid for the length of the call
     */
    void message(int i, Envelope request, MessageReader message);

    /**
     * Makes the value of a request that has succeeded.
     *
     * @param i the number of the request
     * @param request the request
     * @param warning what the kernel said with its acknowledgement
     * @param value the number in it: 0, or a positive result
     * @param strays what came instead of an answer
     * @return the value
     * @throws ProtocolException if what came is not what it has to be
     */
    T end(int i, Envelope request, ExtendedAck warning, int value, Strays strays)
        throws ProtocolException;
  }

  private final Engine engine;
  private final @Nullable Envelope[] requests;
  private final @Nullable Outcome<T>[] outcomes;
  private final Results<T> results;

  /** A request was answered with something else than EPERM. */
  private boolean permitted;

  private Batch(
      Engine engine,
      @Nullable Envelope[] requests,
      @Nullable Outcome<T>[] outcomes,
      Results<T> results) {
    this.engine = engine;
    this.requests = requests;
    this.outcomes = outcomes;
    this.results = results;
  }

  /**
   * Sends all requests.
   *
   * @param <R> the type of a request
   * @param <T> what an answer becomes
   * @param engine sends them
   * @param requests what to ask
   * @param maker makes what is sent of one; one that it cannot make has failed
   * @param results takes the answers
   * @return the outcomes in the order of the requests
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static <R, T> List<Outcome<T>> run(
      Engine engine, List<R> requests, Envelope.Maker<R> maker, Results<T> results) {
    @Nullable Envelope[] envelopes = new Envelope[requests.size()];
    @Nullable Outcome<T>[] outcomes = new Outcome[requests.size()];
    for (int i = 0; i < envelopes.length; i++) {
      try {
        envelopes[i] = maker.envelope(requests.get(i));
      } catch (NetlinkException e) {
        outcomes[i] = new Outcome.Failure<>(e);
      }
    }
    new Batch<>(engine, envelopes, outcomes, results).run();
    return Collections.unmodifiableList(Arrays.asList(outcomes));
  }

  /** Sends all requests that have no outcome, and again those whose receiver has another number. */
  private void run() {
    sendAll();
    long since = engine.nanoTime();
    for (int i = 0; i < requests.length; i++) {
      renew(i, since);
    }
    sendAll();
  }

  /** Takes the outcome from a request that is to be sent again. */
  private void renew(int i, long since) {
    Envelope request = requests[i];
    if (request != null
        && outcomes[i] instanceof Outcome.Failure<T> failure
        && failure.cause() instanceof KernelException refusal) {
      try {
        Envelope anew = request.anew(refusal, since, request.timeout());
        if (anew != null) {
          requests[i] = anew;
          outcomes[i] = null;
        }
      } catch (NetlinkException e) {
        outcomes[i] = new Outcome.Failure<>(e);
      }
    }
  }

  private void sendAll() {
    for (int i = 0; i < requests.length; ) {
      Envelope request = requests[i];
      if (request == null || outcomes[i] != null) {
        i++;
      } else if (request.isTolerant() || (request.isRefusedWithOthers() && !permitted)) {
        Outcome<T> outcome = alone(i, request);
        outcomes[i] = outcome;
        permitted |= !isForbidden(outcome);
        i++;
      } else {
        try {
          i = sendWindow(i, request);
        } catch (NetlinkException e) {
          failTheRest(e);
          return;
        }
      }
    }
  }

  private static boolean isForbidden(Outcome<?> outcome) {
    return outcome instanceof Outcome.Failure<?> failure
        && failure.cause() instanceof KernelException refusal
        && refusal.error() == Errno.EPERM;
  }

  private int sendWindow(int i, Envelope first) throws NetlinkException {
    Connection c = engine.pool().take(first.timeout());
    try {
      return new Window<>(c, engine.settings().receiveBuffer(), requests, outcomes, results).run(i);
    } finally {
      engine.pool().give(c);
    }
  }

  /** On a connection of its own. */
  private Outcome<T> alone(int i, Envelope request) {
    try {
      return new Outcome.Success<>(
          engine.exchange(
              request,
              answer -> {
                Envelope sent = answer.request();
                answer.forEach(message -> results.message(i, sent, message));
                return results.end(i, sent, answer.warning(), answer.value(), answer.strays());
              }));
    } catch (NetlinkException | RuntimeException e) {
      return new Outcome.Failure<>(e);
    }
  }

  private void failTheRest(NetlinkException e) {
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == null) {
        outcomes[i] = new Outcome.Failure<>(e);
      }
    }
  }
}
