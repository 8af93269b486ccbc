package dev.jgenl.engine;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection that its user owns, for what the kernel ties to the socket that asked. Requests and
 * the wait for events take {@link Turns}.
 *
 * <p>Safe to share between threads.
 */
public final class OwnedConnection implements AutoCloseable {

  private final Connection c;
  private final Connections connections;
  private final Turns turns;

  /** The thread that has begun the dump that is open; null if none is. */
  private @Nullable Thread dumper;

  /** A dump was closed before its end: its messages are still to be passed over. */
  private boolean abandoned;

  OwnedConnection(Connection c, Connections connections) {
    this.c = c;
    this.connections = connections;
    turns = new Turns(c.lifetime);
  }

  /** Hands what answers no request to a listener; called once, before all else. */
  void listen(Incoming.Listener listener) {
    c.incoming.listen(listener);
  }

  /** Makes a deadline of so many nanoseconds from now. */
  Deadline deadline(long limit) {
    return c.deadline(limit);
  }

  /** Returns the port ID of its socket. */
  public int portId() {
    return c.portId();
  }

  /** Tells whether it is closed, or its engine is. */
  public boolean isClosed() {
    return c.lifetime.isClosed();
  }

  /** As {@link Engine#request}; what else comes meanwhile is for the listener. */
  public <M, T> T request(
      Envelope request, Decoder<M> decoder, Function<? super M, ? extends T> reader)
      throws NetlinkException {
    return exchange(request, answer -> answer.only(decoder, reader));
  }

  /**
   * As {@link Engine#exchange}; what else comes meanwhile is for the listener.
   *
   * @throws IllegalArgumentException if the request tolerates answers that could be events
   * @throws IllegalStateException if a dump of this connection is open
   */
  public <T> T exchange(Envelope request, Reading<T> reading) throws NetlinkException {
    try {
      return exchangeOnce(request, reading);
    } catch (KernelException refusal) {
      Envelope again = request.anew(refusal, connections.nanoTime(), request.timeout());
      if (again == null) {
        throw refusal;
      }
      return exchangeOnce(again, reading);
    }
  }

  /** As {@link #exchange(Envelope, Reading)}, for a transaction. */
  void exchange(Transaction<?> transaction) throws NetlinkException {
    turns.enter(transaction.timeout());
    try {
      endDumps(transaction.begin());
      transaction.exchange(c, 0);
    } finally {
      turns.exit();
    }
  }

  /** As {@link Engine#dump}, on this connection. */
  public <M> DumpReader<M> dump(Envelope.Source source, Decoder<M> decoder) {
    return new DumpReader<>(source, decoder, new DumpLender());
  }

  /** Joins a multicast group, whoever waits; returns 0 or a negative errno. */
  public int join(int group) throws NetlinkException {
    turns.enter(Deadline.FOREVER);
    try {
      return c.join(group);
    } finally {
      turns.exit();
    }
  }

  /** Leaves a multicast group, whoever waits; returns 0 or a negative errno. */
  public int leave(int group) throws NetlinkException {
    turns.enter(Deadline.FOREVER);
    try {
      return c.leave(group);
    } finally {
      turns.exit();
    }
  }

  /** What came of {@link #hear}. */
  public enum Heard {
    /** Nothing came. */
    NOTHING,
    /** Something came, for the listener or not. */
    SOMETHING,
    /** Another thread uses the connection, so this one has not waited. */
    BUSY
  }

  /**
   * Waits for messages and hands them to the listener, once: it may end early.
   *
   * @param heard whether there is something already, asked when nobody else uses the connection
   * @throws IllegalStateException if this thread has a dump of this connection open
   */
  public Heard hear(long timeoutNanos, BooleanSupplier heard) throws NetlinkException {
    if (!turns.tryEnterToWait()) {
      return Heard.BUSY;
    }
    try {
      if (dumper == Thread.currentThread()) {
        throw Failures.dumpOpen();
      }
      if (dumper != null) {
        return Heard.BUSY;
      }
      c.incoming.hearAll();
      boolean came = c.incoming.hear(heard.getAsBoolean() || turns.isUrgent() ? 0 : timeoutNanos);
      c.incoming.hearAll();
      return came ? Heard.SOMETHING : Heard.NOTHING;
    } finally {
      turns.exit();
    }
  }

  /** Closes it and ends a wait. More than once does no harm. */
  @Override
  public void close() {
    connections.discard(c);
  }

  /** Names its port, and says whether it is closed. */
  @Override
  public String toString() {
    return "port " + Integer.toUnsignedString(portId()) + (isClosed() ? ", closed" : "");
  }

  private <T> T exchangeOnce(Envelope request, Reading<T> reading) throws NetlinkException {
    requireStrict(request);
    turns.enter(request.timeout());
    try {
      endDumps(request);
      c.exchange(request);
      return Engine.read(c, reading);
    } finally {
      turns.exit();
    }
  }

  /** An answer without sequence number or port could not be told from an event. */
  private static void requireStrict(Envelope request) {
    if (request.isTolerant()) {
      throw new IllegalArgumentException(
          request
              + ": an answer with any sequence number or port could be an event of this"
              + " connection: send it through what opened this one");
    }
  }

  /** Until the last message of a dump was received, the kernel refuses another (EBUSY). */
  private void endDumps(Envelope request) throws NetlinkException {
    if (dumper != null) {
      throw Failures.dumpOpen();
    }
    for (@Nullable Deadline deadline = null; abandoned; ) {
      // Only a wait needs the clock.
      deadline = deadline == null ? c.deadline(request.timeout()) : deadline;
      try {
        while (c.incoming.next(request, false)) {
          c.incoming.accept(request);
        }
        abandoned = c.incoming.exchange.underWay() > 0;
        if (abandoned) {
          c.incoming.receive(request, deadline, Deadline.FOREVER, Inbox.SLOTS);
        }
      } catch (ProtocolException | OverrunException e) {
        // It concerns what nobody wants to read any more.
        abandoned = false;
      }
    }
  }

  /** Lends the connection to one dump at a time. */
  private final class DumpLender implements Lender {

    @Override
    public Connection lend(Envelope request) throws NetlinkException {
      requireStrict(request);
      turns.enter(request.timeout());
      try {
        endDumps(request);
        dumper = Thread.currentThread();
        return c;
      } finally {
        turns.exit();
      }
    }

    @Override
    public void enter(Connection c) throws NetlinkException {
      turns.enter(Deadline.FOREVER);
    }

    @Override
    public void exit(Connection c) {
      turns.exit();
    }

    @Override
    public void giveBack(Connection c) {
      turns.finish(
          () -> {
            abandoned = c.incoming.exchange.underWay() > 0;
            dumper = null;
          });
    }
  }
}
