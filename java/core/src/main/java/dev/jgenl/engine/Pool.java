package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Transport.Purpose;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections for requests: as many as threads have waited for an answer at the same time, up
 * to a limit beyond which a thread waits for another's. Dumps, which last as long as their readers
 * like, borrow beyond the limit.
 *
 * <p>Safe to share between threads.
 */
final class Pool implements Lender {

  private static final int MAX = 32;

  /** A cache line's worth of references, so that two threads do not fight for one line. */
  private static final int SPREAD = 16;

  private final Connections connections;
  private final AtomicReferenceArray<@Nullable Connection> idle =
      new AtomicReferenceArray<>(MAX * SPREAD);

  /** Those that are idle, and those that requests use. */
  private final AtomicInteger count = new AtomicInteger();

  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private volatile boolean closed;

  Pool(Connections connections) {
    this.connections = connections;
  }

  /**
   * Takes a connection, which {@link #give} must get.
   *
   * @param limit how long to wait for one, in nanoseconds
   */
  Connection take(long limit) throws NetlinkException {
    Connection c = takeIdle();
    if (c == null) {
      c = openAnother();
    }
    if (c == null) {
      c = awaitReturn(limit);
    }
    c.holder = Thread.currentThread();
    return c;
  }

  /** Gets a connection back; one that is not clean is closed. */
  void give(Connection c) {
    c.holder = null;
    c.lifetime.exit();
    keep(c);
  }

  /**
   * Takes a connection beyond the limit, which {@link #giveBackBorrowed} must get.
   *
   * @param unused whether it must never have been used, and is not to be used again
   */
  Connection borrow(boolean unused) throws NetlinkException {
    Connection c = unused ? null : takeIdle();
    if (c != null) {
      count.decrementAndGet();
      signalReturn();
      return c;
    }
    Connection opened = entered(connections.open(Purpose.REQUESTS));
    if (unused) {
      // What its request leaves behind could pass for the answer to the next.
      opened.incoming.spoil();
    }
    return opened;
  }

  /** Gets a connection back that was borrowed. */
  void giveBackBorrowed(Connection c) {
    c.lifetime.exit();
    giveBack(c);
  }

  /** Between two readings nobody uses it, so that it can be closed. */
  @Override
  public Connection lend(Envelope request) throws NetlinkException {
    Connection c = borrow(request.isTolerant());
    c.lifetime.exit();
    return c;
  }

  @Override
  public void enter(Connection c) throws ClosedException {
    entered(c);
  }

  @Override
  public void exit(Connection c) {
    c.lifetime.exit();
  }

  @Override
  public void giveBack(Connection c) {
    count.incrementAndGet();
    keep(c);
  }

  /** Ends the waits for a connection. The engine closes the connections themselves. */
  void close() {
    closed = true;
    discardIdle();
    lock.lock();
    try {
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Connection takeIdle() throws ClosedException {
    if (closed) {
      throw Failures.closed();
    }
    int first = home();
    for (int i = 0; i < MAX; i++) {
      int slot = ((first + i) % MAX) * SPREAD;
      if (idle.getPlain(slot) != null) {
        Connection c = idle.getAndSet(slot, null);
        if (c != null && c.lifetime.enter()) {
          return c;
        }
        if (c != null) {
          count.decrementAndGet();
        }
      }
    }
    return null;
  }

  private void keep(Connection c) {
    if (c.isClean() && count.get() <= MAX) {
      putIdle(c);
    } else {
      count.decrementAndGet();
      connections.discard(c);
    }
    if (closed) {
      discardIdle();
    }
    signalReturn();
  }

  private void putIdle(Connection c) {
    int first = home();
    // There are as many slots as connections, so one is free.
    for (int i = 0; ; i++) {
      if (idle.compareAndSet(((first + i) % MAX) * SPREAD, null, c)) {
        return;
      }
    }
  }

  /** A thread starts to look where it last left a connection, which is then still in its cache. */
  private static int home() {
    return (int) (Thread.currentThread().getId() % MAX);
  }

  private @Nullable Connection openAnother() throws NetlinkException {
    if (count.incrementAndGet() > MAX && !connections.isHolder(Thread.currentThread())) {
      count.decrementAndGet();
      return null;
    }
    boolean opened = false;
    try {
      Connection c = entered(connections.open(Purpose.REQUESTS));
      opened = true;
      return c;
    } finally {
      if (!opened) {
        count.decrementAndGet();
        signalReturn();
      }
    }
  }

  private static Connection entered(Connection c) throws ClosedException {
    if (!c.lifetime.enter()) {
      throw Failures.closed();
    }
    return c;
  }

  private Connection awaitReturn(long limit) throws NetlinkException {
    Deadline deadline = connections.deadline(limit);
    waiting.incrementAndGet();
    lock.lock();
    try {
      for (; ; ) {
        Connection c = takeIdle();
        if (c == null) {
          c = openAnother();
        }
        if (c != null) {
          return c;
        }
        if (deadline.isOver()) {
          throw Failures.noConnection(limit);
        }
        returned.awaitNanos(deadline.untilLook());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted("wait for a socket");
    } finally {
      lock.unlock();
      waiting.decrementAndGet();
    }
  }

  private void discardIdle() {
    for (int i = 0; i < MAX; i++) {
      Connection c = idle.getAndSet(i * SPREAD, null);
      if (c != null) {
        count.decrementAndGet();
        connections.discard(c);
      }
    }
  }

  private void signalReturn() {
    if (waiting.get() > 0) {
      lock.lock();
      try {
        returned.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
