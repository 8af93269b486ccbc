package dev.jgenl.engine;

import dev.jgenl.DumpInterruptedException;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MalformedMessageException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A dump, pulled message by message. It has a connection for itself from its request to its end.
 *
 * <p>One thread at a time reads; any thread may close, which ends a wait.
 */
public final class DumpReader<M> implements AutoCloseable {

  private final Envelope.Source source;
  private final Decoder<M> decoder;
  private final Lender lender;

  /** Whoever takes it out gives it back: the end of the dump, or {@link #close()}. */
  private final AtomicReference<@Nullable Connection> lent = new AtomicReference<>();

  private volatile boolean closed;
  private @Nullable Envelope sent;
  private @Nullable Lease lease;
  private @Nullable Deadline deadline;
  private @Nullable KernelException refusal;
  private long refusedAt;
  private @Nullable NetlinkException failure;
  private boolean done;
  private boolean interrupted;
  private boolean filtered;

  /** Whether the answer to the request has begun: it is not sent again then. */
  private boolean begun;

  DumpReader(Envelope.Source source, Decoder<M> decoder, Lender lender) {
    this.source = source;
    this.decoder = decoder;
    this.lender = lender;
  }

  /** Sends the request; waits only so many nanoseconds for what has to be found out before. */
  void start(long patience) throws NetlinkException {
    start(source.envelope(patience));
  }

  /**
   * Reads the next message, valid for ever, whether or not the dump is consistent; null at the end,
   * and when so many nanoseconds are over. A dump that has failed fails again.
   */
  public @Nullable M read(long patience) throws NetlinkException {
    if (failure != null && !closed) {
      throw failure;
    }
    try {
      return pull(patience);
    } catch (NetlinkException e) {
      failure = e;
      throw e;
    }
  }

  private @Nullable M pull(long patience) throws NetlinkException {
    while (!done) {
      if (refusal != null && !beginAnew(refusal, patience)) {
        return null;
      }
      Connection c = lent.get();
      if (closed || c == null) {
        throw Failures.closed();
      }
      lender.enter(c);
      boolean going = false;
      M message;
      try {
        message = step(c, patience);
        going = true;
      } catch (MalformedMessageException e) {
        throw Failures.malformed(String.valueOf(sent), e);
      } finally {
        lender.exit(c);
        if (!going) {
          giveBack();
        }
      }
      if (message != null || (!done && refusal == null && patience != Deadline.FOREVER)) {
        return message;
      }
    }
    return null;
  }

  /** Makes the exception of a dump that has become inconsistent. */
  public DumpInterruptedException inconsistent(List<?> read) {
    return Failures.dumpInterrupted(String.valueOf(sent), read);
  }

  /** Tells whether the dump has come to its end. */
  boolean isDone() {
    return done;
  }

  /** Tells whether something was read, or the end was. */
  public boolean isBegun() {
    return begun || done;
  }

  /** Tells whether no message so far was marked with {@code NLM_F_DUMP_INTR}. */
  public boolean isConsistent() {
    return !interrupted;
  }

  /** Tells whether a message so far was marked with {@code NLM_F_DUMP_FILTERED}. */
  public boolean isFiltered() {
    return filtered;
  }

  /** Ends the dump: what was not read is lost. More than once does no harm. */
  @Override
  public void close() {
    abandon();
  }

  /** Closes, and tells whether the dump was under way. */
  public boolean abandon() {
    closed = true;
    return giveBack();
  }

  /** Names what is dumped, and says how far it has come. */
  @Override
  public String toString() {
    String state =
        failure != null ? "failed" : done ? "read to its end" : closed ? "closed" : "under way";
    return sent + ", " + state;
  }

  private void start(Envelope request) throws NetlinkException {
    if (closed) {
      throw Failures.closed();
    }
    Connection c = lender.lend(request);
    lent.set(c);
    boolean started = false;
    try {
      sent = request;
      done = false;
      interrupted = false;
      failure = null;
      deadline = null;
      lender.enter(c);
      try {
        c.begin(1);
        c.outgoing.write(request, Exchange.DUMP);
        c.send(request, 1);
        c.lifetime.requireOpen();
        started = true;
      } finally {
        lender.exit(c);
      }
    } finally {
      if (!started || closed) {
        giveBack();
      }
    }
  }

  /** Returns a message; null at the end, and if time ran out. */
  private @Nullable M step(Connection c, long patience) throws NetlinkException {
    Envelope request = Objects.requireNonNull(sent);
    while (c.incoming.next(request, true)) {
      int verdict = c.incoming.accept(request);
      interrupted = c.incoming.exchange.isInterrupted();
      filtered = c.incoming.exchange.isFiltered();
      if (verdict == Exchange.DATA) {
        begun = true;
        deadline = null;
        return decode(c, request);
      }
      if (verdict == Exchange.END || verdict == Exchange.REFUSED) {
        int length = c.outgoing.writer().length();
        refusal = verdict == Exchange.REFUSED ? c.refusal(request, 0, length) : null;
        refusedAt = refusal == null ? 0 : c.nanoTime();
        done = refusal == null;
        c.incoming.passOverTheRest();
        giveBack();
        requireSome(c, request);
        return null;
      }
    }
    deadline = deadline == null ? c.deadline(request.timeout()) : deadline;
    c.incoming.receive(request, deadline, patience, Inbox.SLOTS);
    return null;
  }

  private M decode(Connection c, Envelope request) {
    var message = c.incoming.message();
    if (lease == null || lease.buffer(lease.term()) != message.buffer()) {
      lease = new Lease(message.buffer());
    }
    return decoder.decode(lease, message.start(), message.end(), request.headerLength());
  }

  /** A dump of messages that all were taken for events is no empty one. */
  private void requireSome(Connection c, Envelope request) throws NetlinkException {
    Strays strays = c.incoming.exchange.strays();
    if (done && !begun && !c.incoming.hasListener() && strays.looksLikeAnswerTo(request)) {
      throw Failures.nothingBut(request, strays);
    }
  }

  /**
   * Begins anew, if that was refused only because its receiver has another number by now; returns
   * false if that could not be found out in so many nanoseconds.
   */
  private boolean beginAnew(KernelException refused, long patience) throws NetlinkException {
    Envelope request = Objects.requireNonNull(sent);
    Envelope again = null;
    try {
      again = begun ? null : request.anew(refused, refusedAt, patience);
    } catch (RequestTimeoutException e) {
      if (patience < request.timeout()) {
        return false;
      }
      throw e;
    }
    refusal = null;
    if (again == null) {
      done = true;
      throw refused;
    }
    start(again);
    return true;
  }

  private boolean giveBack() {
    Connection c = lent.getAndSet(null);
    if (c != null) {
      lender.giveBack(c);
    }
    return c != null;
  }
}
