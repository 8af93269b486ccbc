package dev.jgenl.engine;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests of which all are done or none, in one datagram between a begin and an end ({@code
 * nfnetlink_rcv_batch()}). Errors come unasked, in the order of the requests, when all have been
 * looked at; the acknowledgement of the last comes behind them, even if another has failed.
 *
 * <p>An error with the number of the begin concerns the whole, and nothing need follow it. Two more
 * of the whole bear the number of the first request: ENOMEM, which nothing follows either, and an
 * error of the commit, before all acknowledgements. So the first is asked for one as well: if it
 * was to blame itself there is none.
 *
 * @param <M> the type of the messages that tell of effects
 */
public final class Transaction<M> {

  private final Envelope begin;
  private final List<? extends Envelope> requests;
  private final Envelope end;
  private final TransactionOutcome<M> outcome;

  /** How long the verdict is waited for, in nanoseconds. */
  private final long timeout;

  /** The end in the datagram of the begin and of each request. */
  private final int[] ends;

  /** Nothing that matters is to come. */
  private boolean over;

  /**
   * Prepares one.
   *
   * @param begin what stands before them
   * @param requests what to do, at least one request
   * @param end what stands behind them
   * @param replies takes what is told of the effects of the requests
   */
  public Transaction(
      Envelope begin, List<? extends Envelope> requests, Envelope end, Replies<M> replies) {
    this.begin = begin;
    this.requests = requests;
    this.end = end;
    timeout = requests.stream().mapToLong(Envelope::timeout).max().orElse(begin.timeout());
    outcome = new TransactionOutcome<>(requests, replies);
    ends = new int[1 + requests.size()];
  }

  /**
   * Sends them, once, and waits until the kernel has said whether they are done.
   *
   * @return the outcomes in the order of the requests: all have succeeded, or none
   */
  public List<Outcome<Reply<M>>> run(Engine engine) {
    try {
      Connection c = engine.pool().take(timeout);
      try {
        exchange(c, engine.settings().receiveBuffer());
      } finally {
        engine.pool().give(c);
      }
    } catch (NetlinkException e) {
      outcome.fail(e);
    }
    return outcome.toList();
  }

  /**
   * Does the same on a connection; what else comes meanwhile is for the listener.
   *
   * @throws IllegalStateException if a dump of this connection is open
   */
  public List<Outcome<Reply<M>>> run(OwnedConnection connection) {
    try {
      connection.exchange(this);
    } catch (NetlinkException e) {
      outcome.fail(e);
    }
    return outcome.toList();
  }

  /** Returns what is said of the whole. */
  Envelope begin() {
    return begin;
  }

  /** Returns how long the verdict is waited for, in nanoseconds. */
  long timeout() {
    return timeout;
  }

  void exchange(Connection c, int receiveBuffer) throws NetlinkException {
    c.begin(requests.size() + 2);
    if (write(c.outgoing) && send(c, receiveBuffer)) {
      receive(c);
    } else {
      c.outgoing.forget();
    }
  }

  /** Returns false if a request cannot be written: then nothing is to be sent. */
  private boolean write(Outgoing outgoing) throws NetlinkException {
    outgoing.writePart(begin, false);
    ends[0] = outgoing.writer().length();
    for (int i = 0; i < requests.size(); i++) {
      Envelope request = requests.get(i);
      try {
        requireStrict(request);
        outgoing.writePart(request, i == 0 || isLast(i));
      } catch (NetlinkException | RuntimeException e) {
        outcome.refuse(i, e);
      }
      ends[i + 1] = outgoing.writer().length();
    }
    outgoing.writePart(end, false);
    return !outcome.isRefused();
  }

  /** Its answer could as well be that to another request of the transaction. */
  private static void requireStrict(Envelope request) {
    if (request.isTolerant()) {
      throw new IllegalArgumentException(
          request + ": a request of a transaction cannot take any sequence number or port");
    }
  }

  /** Returns false if it is refused as a whole. */
  private boolean send(Connection c, int receiveBuffer) throws NetlinkException {
    int length = c.outgoing.writer().length();
    // It is one datagram, and there may be an error for each request.
    c.raiseBuffers(Math.max(receiveBuffer, length));
    try {
      c.send(begin, Datagrams.SLOTS_MAX);
      return true;
    } catch (KernelException e) {
      outcome.refuse(e.error() == Errno.EMSGSIZE ? tooLong(length) : e);
      return false;
    }
  }

  private NetlinkException tooLong(int length) {
    return Failures.system(
        begin + " of " + length + " bytes, which have to be one datagram",
        Errno.EMSGSIZE.number(),
        "; the send buffer takes less: raise net.core.wmem_max, or have CAP_NET_ADMIN");
  }

  private void receive(Connection c) throws NetlinkException {
    for (@Nullable Deadline deadline = null; ; ) {
      while (!over && c.incoming.next(begin, false)) {
        read(c, c.incoming.accept(begin));
      }
      if (over) {
        break;
      }
      deadline = deadline == null ? c.deadline(timeout) : deadline;
      c.incoming.receive(begin, deadline, Deadline.FOREVER, Datagrams.SLOTS_MAX);
    }
    // What comes behind the verdict does not change it.
    c.incoming.exchange.giveUpAll();
    c.incoming.passOverTheRest();
  }

  private void read(Connection c, int verdict) throws ProtocolException {
    // The begin is the first, the end the last.
    int i = c.incoming.exchange.request() - 1;
    boolean isRequest = i >= 0 && i < requests.size();
    if (verdict == Exchange.REFUSED) {
      boolean outOfMemory = c.incoming.exchange.code() == -Errno.ENOMEM.number();
      over |= !isRequest || isLast(i) || outOfMemory;
      if (isRequest && !outOfMemory) {
        outcome.refuse(i, c.refusal(requests.get(i), ends[i], ends[i + 1]));
      } else {
        outcome.refuse(c.refusal(begin, 0, ends[0]));
      }
    } else if (verdict == Exchange.DATA && isRequest) {
      outcome.message(i, c.incoming.message());
    } else if (verdict == Exchange.END && isRequest && isLast(i)) {
      over = true;
      outcome.end(c.extendedAck(requests.get(i), ends[i], ends[i + 1]), c.incoming.exchange.code());
    } else if (verdict == Exchange.END && i == 0) {
      outcome.absolveFirst(begin);
    }
  }

  private boolean isLast(int i) {
    return i == requests.size() - 1;
  }
}
