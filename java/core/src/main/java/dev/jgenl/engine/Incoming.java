package dev.jgenl.engine;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.ProtocolException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on a connection: the one loop through which all messages go, to the requests that
 * are under way or to the listener.
 *
 * <p>The thread that uses the connection uses it.
 */
final class Incoming {

  /** Takes what answers no request. */
  interface Listener {

    /** A notification or an event, which is valid for the length of the call. */
    void event(MessageReader message, int group);

    /** Something was lost here. */
    void lost(Event.Reason reason, String text);
  }

  /** How often is looked for more before a request is sent all the same, and when time is over. */
  static final int FLOOD = 1000;

  final Exchange exchange = new Exchange();

  private final Lifetime lifetime;
  private final Inbox inbox;
  private @Nullable Listener listener;

  /** Something failed, or came that nobody had asked for: no other request may use it. */
  private boolean spoiled;

  /** How often something was received since time is over. */
  private int late;

  Incoming(Lifetime lifetime, Inbox inbox) {
    this.lifetime = lifetime;
    this.inbox = inbox;
  }

  /** From now on what answers no request is handed on. */
  void listen(Listener listener) {
    this.listener = listener;
  }

  boolean hasListener() {
    return listener != null;
  }

  /** Tells whether another request may use it: nothing is under way, nothing came unasked. */
  boolean isClean() {
    return !spoiled && exchange.underWay() == 0 && !inbox.isBeforeLoss();
  }

  /** No other request may use it. */
  void spoil() {
    spoiled = true;
  }

  /** Returns the reader, which stands on the message that {@link #next} has moved to. */
  MessageReader message() {
    return inbox.reader();
  }

  /**
   * Waits for more of what is under way, once: perhaps nothing comes, if patience ran out or
   * somebody wants a look around.
   *
   * @param deadline when the kernel has been silent for too long
   * @param patience how long the caller waits, in nanoseconds
   * @param count how many datagrams to take at most
   */
  void receive(Object what, Deadline deadline, long patience, int count) throws NetlinkException {
    long left = deadline.left();
    int n = inbox.receive(count, Math.min(left, patience));
    if (n < 0) {
      lost(-n);
      throw Failures.receive(what, -n);
    }
    late = left == 0 ? late + 1 : 0;
    if (n == 0 || late > FLOOD || lifetime.isClosed()) {
      requireMayWait(what, deadline);
    }
  }

  /**
   * Moves to the next message at hand.
   *
   * @param copying whether it is to be valid for ever
   */
  boolean next(Object what, boolean copying) throws ProtocolException {
    for (; ; ) {
      try {
        return inbox.next(copying);
      } catch (MalformedMessageException e) {
        spoiled = true;
        Listener hearer = listener;
        if (hearer != null) {
          hearer.lost(
              inbox.isTruncated() ? Event.Reason.TRUNCATED : Event.Reason.MALFORMED,
              String.valueOf(e.getMessage()));
        }
        // What was sent to a group answers nobody.
        if (hearer == null || inbox.group() == 0) {
          throw Failures.malformed(what, e);
        }
      }
    }
  }

  /** Returns what the message means, after the listener was told if it is one for it. */
  int accept(Object what) throws ProtocolException {
    int verdict = verdict(what);
    switch (verdict) {
      case Exchange.EVENT -> event();
      case Exchange.WRONG_PORT -> {
        spoiled = true;
        throw Failures.wrongPort(what, message().portId());
      }
      case Exchange.WRONG_SEQUENCE -> {
        spoiled = true;
        throw Failures.wrongSequence(what, message().sequence());
      }
      default -> {}
    }
    return verdict;
  }

  /** Receives once, for the listener; returns whether anything came, be it a loss. */
  boolean hear(long timeoutNanos) throws NetlinkException {
    int n = inbox.receive(Inbox.SLOTS, timeoutNanos);
    if (n < 0) {
      lost(-n);
      if (n != -Errno.ENOBUFS.number()) {
        throw Failures.system("receive", -n);
      }
    }
    return n != 0;
  }

  /** Hands all that is at hand to the listener, except for late answers. */
  void hearAll() {
    for (; ; ) {
      try {
        if (!next("listen", false)) {
          return;
        }
        int verdict = verdict("listen");
        if (verdict >= Exchange.EVENT) {
          event();
        }
      } catch (ProtocolException e) {
        // The listener was told; what follows may be whole again.
        spoiled = true;
      }
    }
  }

  /**
   * Hears all that is queued, for which a listener is there: after a loss that nobody has noticed
   * yet, the kernel would drop the answer to what is sent next.
   */
  void hearUntilEmpty() throws NetlinkException {
    hearAll();
    if (listener != null) {
      for (int i = 0; i < FLOOD && hear(0); i++) {
        hearAll();
      }
    }
  }

  /**
   * Receives what is queued behind the end of an answer: it is no answer to the next request, which
   * has another connection if it is not clean.
   */
  void passOverTheRest() {
    hearAll();
    while (inbox.wasFull()) {
      // Mostly there is nothing, which costs least to learn where there is room for one.
      if (inbox.receive(1, 0) < 0) {
        spoiled = true;
        return;
      }
      hearAll();
    }
  }

  private int verdict(Object what) throws ProtocolException {
    try {
      return exchange.accept(inbox.sender(), inbox.group(), message());
    } catch (MalformedMessageException e) {
      spoiled = true;
      throw Failures.malformed(what, e);
    }
  }

  private void event() {
    if (listener == null) {
      spoiled = true;
    } else {
      listener.event(message(), inbox.group());
    }
  }

  private void lost(int errno) {
    spoiled = true;
    if (errno == Errno.ENOBUFS.number() && listener != null) {
      listener.lost(
          Event.Reason.OVERRUN, "the receive buffer was full: notifications were lost (ENOBUFS)");
    }
  }

  void requireMayWait(Object what, Deadline deadline) throws NetlinkException {
    if (lifetime.isClosed()) {
      throw Failures.closed();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw Failures.interrupted(what);
    }
    if (deadline.isOver()) {
      throw Failures.timeout(what, deadline, exchange.strays());
    }
  }
}
