package dev.jgenl.engine;

import dev.jgenl.NetlinkException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who uses a connection that several threads share: one at a time. Whoever waits for messages is
 * woken by whoever has a request, and waits again behind it.
 *
 * <p>Safe to share between threads.
 */
final class Turns {

  /** Fair, so that a thread that waits for messages lets the others in. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Lifetime lifetime;

  /** How many threads want the one that waits for messages to look around. */
  private final AtomicInteger urgent = new AtomicInteger();

  Turns(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  /** Tells whether a thread wants its turn now: then nobody begins to wait for messages. */
  boolean isUrgent() {
    return urgent.get() > 0;
  }

  /**
   * Takes a turn, which {@link #exit()} must end.
   *
   * @param limit how long to wait for the threads before, in nanoseconds
   */
  void enter(long limit) throws NetlinkException {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a request of this connection is being written or read by this thread: another has to"
              + " wait for its end, or go through what opened the connection");
    }
    // Free: then nobody waits who would have to be woken, and a wake would end this thread's wait.
    if (!lock.tryLock()) {
      enterUrgently(limit);
    }
    requireAlive();
  }

  private void enterUrgently(long limit) throws NetlinkException {
    urgent.incrementAndGet();
    try {
      lifetime.wake();
      if (!lock.tryLock(limit, TimeUnit.NANOSECONDS)) {
        throw Failures.noTurn(limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted("wait for the connection");
    } finally {
      urgent.decrementAndGet();
    }
  }

  /**
   * Takes a turn in which to wait for messages, if nobody else wants one.
   *
   * @return whether it is taken; {@link #exit()} must end it then
   */
  boolean tryEnterToWait() throws NetlinkException {
    if (isUrgent() || !lock.tryLock()) {
      if (lifetime.isClosed()) {
        throw Failures.closed();
      }
      return false;
    }
    requireAlive();
    return true;
  }

  void exit() {
    lifetime.exit();
    lock.unlock();
  }

  /** Does something in turn, also on what is closed. */
  void finish(Runnable action) {
    if (!lock.tryLock()) {
      urgent.incrementAndGet();
      try {
        lifetime.wake();
        lock.lock();
      } finally {
        urgent.decrementAndGet();
      }
    }
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private void requireAlive() throws NetlinkException {
    if (!lifetime.enter()) {
      lock.unlock();
      throw Failures.closed();
    }
  }
}
