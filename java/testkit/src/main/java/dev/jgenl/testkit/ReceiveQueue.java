package dev.jgenl.testkit;

import dev.jgenl.transport.Errno;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel keeps for a socket until it is read, with the rules of {@code
 * net/netlink/af_netlink.c}:
 *
 * <ul>
 *   <li>What does not fit into the receive buffer is dropped, whether it was sent to this socket or
 *       to a group. The next receive then fails once with ENOBUFS, before anything that is queued,
 *       and until the queue has been read empty all else is dropped, too ({@code
 *       NETLINK_S_CONGESTED}).
 *   <li>The parts of a dump are made as the reader reads: the first at once, another whenever
 *       something was taken and the buffer is not more than half full. They are never dropped.
 * </ul>
 *
 * <p>Times are of the kernel's clock. Whoever uses it holds the lock of its socket.
 */
final class ReceiveQueue {

  /**
   * A part of a dump that is not made yet, not before its time; null: there is no memory for it.
   */
  private record Part(@Nullable Datagram datagram, long at) {}

  /** Something that happens at a time; in the order in which it was asked for, at the same one. */
  private record Delayed(Runnable effect, long at, long number) {}

  private final Deque<Datagram> queue = new ArrayDeque<>();
  private final Deque<Part> parts = new ArrayDeque<>();
  private final PriorityQueue<Delayed> delayed =
      new PriorityQueue<>(
          (a, b) -> a.at == b.at ? Long.compare(a.number, b.number) : Long.signum(a.at - b.at));
  private final FakeClock clock;
  private long delays;
  private int limit;
  private long charged;
  private boolean congested;
  private int error;
  private boolean dumping;
  private boolean dumpHasPart;

  ReceiveQueue(int limit, FakeClock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** Returns the size of the receive buffer in bytes. */
  int limit() {
    return limit;
  }

  void setLimit(int bytes) {
    limit = bytes;
  }

  /** A datagram arrives, at once or later. */
  void add(Datagram datagram, long at) {
    happen(() -> arrive(datagram), at);
  }

  /** Something is dropped, at once or later. */
  void overrun(long at) {
    happen(this::overrun, at);
  }

  /** Begins a dump, unless one is running: {@code netlink_dump_start()}. */
  boolean beginDump() {
    if (dumping) {
      return false;
    }
    dumping = true;
    dumpHasPart = false;
    return true;
  }

  /** A dump ends before it has begun. */
  void abandonDump() {
    dumping = false;
  }

  /** Adds a part of the dump; null: at this point there is no memory for one. */
  void addPart(@Nullable Datagram datagram, long at) {
    catchUp();
    parts.add(new Part(datagram, at));
    if (!dumpHasPart) {
      makePart();
    }
  }

  /** Returns the errno that the next receive fails with, or 0. */
  int error() {
    catchUp();
    return error;
  }

  /** Ends a receive that fails with {@link #error()}. */
  void takeError() {
    error = 0;
    relax();
  }

  /** Takes the first datagram. */
  @Nullable Datagram take() {
    catchUp();
    Datagram first = queue.poll();
    if (first != null) {
      charged -= first.charge();
      if (charged <= limit / 2) {
        makePart();
      }
    }
    relax();
    return first;
  }

  /** Returns in how many nanoseconds more may come by itself. */
  long nanosToNext() {
    long now = clock.nanoTime();
    long next = delayed.isEmpty() ? Long.MAX_VALUE : delayed.peek().at - now;
    return parts.isEmpty() ? next : Math.min(next, parts.peek().at - now);
  }

  private void happen(Runnable effect, long at) {
    catchUp();
    if (at - clock.nanoTime() <= 0) {
      effect.run();
    } else {
      delayed.add(new Delayed(effect, at, delays++));
    }
  }

  private void catchUp() {
    while (!delayed.isEmpty() && delayed.peek().at - clock.nanoTime() <= 0) {
      delayed.remove().effect.run();
    }
    if (queue.isEmpty()) {
      makePart();
    }
  }

  /** {@code netlink_attachskb()} and {@code netlink_broadcast_deliver()}. */
  private void arrive(Datagram datagram) {
    boolean fits = charged == 0 || charged + datagram.charge() <= limit;
    if (fits && !congested) {
      enqueue(datagram);
    } else {
      overrun();
    }
  }

  /** {@code netlink_overrun()}. */
  private void overrun() {
    if (!congested) {
      congested = true;
      error = Errno.ENOBUFS.number();
    }
  }

  /** {@code netlink_dump()}. */
  private void makePart() {
    if (parts.isEmpty() || parts.peek().at - clock.nanoTime() > 0) {
      return;
    }
    dumpHasPart = true;
    Datagram datagram = parts.remove().datagram;
    if (datagram == null) {
      error = Errno.ENOBUFS.number();
      return;
    }
    enqueue(datagram);
    if (datagram.endsDump()) {
      dumping = false;
    }
  }

  /** {@code netlink_rcv_wake()}. */
  private void relax() {
    if (queue.isEmpty()) {
      congested = false;
    }
  }

  private void enqueue(Datagram datagram) {
    queue.add(datagram);
    charged += datagram.charge();
  }
}
