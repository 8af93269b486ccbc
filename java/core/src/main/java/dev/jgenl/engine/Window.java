package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.wire.MalformedMessageException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * As many requests of a batch as one datagram takes, and their answers, matched by sequence number.
 * The answers must fit into the socket's receive buffer, or the kernel drops some: so a window ends
 * where they might not.
 */
final class Window<T> {

  /**
   * What the kernel charges for an answer of up to a page, which is what families allocate ({@code
   * NLMSG_GOODSIZE}), and for an acknowledgement: {@code skb->truesize}.
   */
  private static final int PAGE_CHARGE = 4096 + 256;

  private static final int ACK_CHARGE = 1024;

  /** What the last request of a window, which may exceed the budget, is charged at most. */
  private static final int LAST_CHARGE = 2 * 65536 + PAGE_CHARGE + ACK_CHARGE;

  /** A window's requests in bytes, unless it is one alone: far below the smallest send buffer. */
  private static final int BYTES = 24 * 1024;

  private final Connection c;
  private final Exchange exchange;
  private final int receiveBuffer;
  private final @Nullable Envelope[] requests;
  private final @Nullable Outcome<T>[] outcomes;
  private final Batch.Results<T> results;

  /** The number in the batch, and the end in the datagram, of each request of the window. */
  private int[] numbers = new int[64];

  private int[] ends = new int[64];
  private int count;
  private long timeout;

  Window(
      Connection c,
      int receiveBuffer,
      @Nullable Envelope[] requests,
      @Nullable Outcome<T>[] outcomes,
      Batch.Results<T> results) {
    this.c = c;
    this.receiveBuffer = receiveBuffer;
    this.requests = requests;
    this.outcomes = outcomes;
    this.results = results;
    exchange = c.incoming.exchange;
  }

  /**
   * Sends windows as long as the connection is as good as new.
   *
   * @param first the number of the first request
   * @return the number of the first request that was not sent
   * @throws NetlinkException if no other connection would do better: what all fail by that have no
   *     outcome
   */
  int run(int first) throws NetlinkException {
    int granted = c.raiseBuffers(receiveBuffer);
    int budget = Math.max(1, Math.max(granted / 2, granted - LAST_CHARGE));
    int next = first;
    while (next < requests.length && c.isClean()) {
      Envelope request = requests[next];
      if (outcomes[next] == null && request != null && request.isTolerant()) {
        break;
      }
      next = write(next, budget);
      if (count > 0) {
        exchange();
      }
    }
    return next;
  }

  private int write(int first, int budget) throws NetlinkException {
    c.begin(requests.length - first);
    count = 0;
    timeout = 0;
    int charge = 0;
    int i = first;
    for (; i < requests.length && charge < budget; i++) {
      Envelope request = requests[i];
      if (request == null || outcomes[i] != null) {
        continue;
      }
      if (request.isTolerant()) {
        break;
      }
      int start = c.outgoing.writer().length();
      try {
        c.outgoing.write(request, request.acknowledged() ? Exchange.ACK : 0);
      } catch (NetlinkException | RuntimeException e) {
        outcomes[i] = new Outcome.Failure<>(e);
        continue;
      }
      if (c.outgoing.writer().length() > BYTES && count > 0) {
        c.outgoing.unwrite(start);
        break;
      }
      add(i);
      timeout = Math.max(timeout, request.timeout());
      // An answer may be as large as its request, for which the kernel takes up to twice the room.
      charge += Math.max(PAGE_CHARGE, 2 * (c.outgoing.writer().length() - start));
      charge += request.acknowledged() ? ACK_CHARGE : 0;
    }
    return i;
  }

  private void add(int number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    numbers[count] = number;
    ends[count] = c.outgoing.writer().length();
    count++;
  }

  private void exchange() throws NetlinkException {
    String what = request(0) + (count == 1 ? "" : " and " + (count - 1) + " more of a batch");
    try {
      c.send(what, Datagrams.SLOTS_MAX);
    } catch (NetlinkException e) {
      failTheRest(e);
      if (c.lifetime.isClosed()) {
        throw e;
      }
      return;
    }
    try {
      @Nullable Deadline deadline = null;
      while (readAll(what)) {
        // Mostly more is there already, and then the clock need not be asked.
        deadline = deadline == null ? c.deadline(timeout) : deadline;
        c.incoming.receive(what, deadline, Deadline.FOREVER, Datagrams.SLOTS_MAX);
      }
    } catch (OverrunException e) {
      // What came is read; another connection goes on with the next window.
      failTheRest(e);
    }
  }

  /** Reads what is at hand, and returns whether more is to come. */
  private boolean readAll(String what) {
    for (; ; ) {
      try {
        if (!c.incoming.next(what, false)) {
          return exchange.underWay() > 0;
        }
        read(c.incoming.accept(what));
      } catch (ProtocolException e) {
        blameFirst(e);
      }
    }
  }

  /** The kernel answers in order: what has gone wrong is the answer to the first that waits. */
  private void blameFirst(ProtocolException e) {
    int index = exchange.firstUnderWay();
    if (index >= 0) {
      end(index, new Outcome.Failure<>(e));
      if (!request(index).acknowledged()) {
        exchange.giveUp(index);
      }
    }
  }

  private void read(int verdict) {
    int index = exchange.request();
    switch (verdict) {
      case Exchange.DATA -> message(index);
      case Exchange.LAST -> {
        message(index);
        succeed(index, ExtendedAck.NONE, 0);
      }
      case Exchange.END, Exchange.REFUSED -> readEnd(index, verdict == Exchange.REFUSED);
      default -> {}
    }
  }

  private void readEnd(int index, boolean refused) {
    Envelope request = request(index);
    int start = index == 0 ? 0 : ends[index - 1];
    try {
      if (refused) {
        end(index, new Outcome.Failure<>(c.refusal(request, start, ends[index])));
      } else {
        succeed(index, c.extendedAck(request, start, ends[index]), exchange.code());
      }
    } catch (ProtocolException e) {
      end(index, new Outcome.Failure<>(e));
    }
  }

  private void message(int index) {
    try {
      results.message(numbers[index], request(index), c.incoming.message());
    } catch (MalformedMessageException e) {
      end(index, new Outcome.Failure<>(Failures.malformed(request(index), e)));
    } catch (RuntimeException e) {
      end(index, new Outcome.Failure<>(e));
    }
  }

  private void succeed(int index, ExtendedAck warning, int value) {
    if (outcomes[numbers[index]] != null) {
      return;
    }
    try {
      end(
          index,
          new Outcome.Success<>(
              results.end(numbers[index], request(index), warning, value, exchange.strays())));
    } catch (ProtocolException | RuntimeException e) {
      end(index, new Outcome.Failure<>(e));
    }
  }

  /** The first outcome counts: that of a reader that threw. */
  private void end(int index, Outcome<T> outcome) {
    if (outcomes[numbers[index]] == null) {
      outcomes[numbers[index]] = outcome;
    }
  }

  private void failTheRest(NetlinkException e) {
    for (int i = 0; i < count; i++) {
      end(i, new Outcome.Failure<>(e));
    }
  }

  private Envelope request(int index) {
    return Objects.requireNonNull(requests[numbers[index]]);
  }
}
