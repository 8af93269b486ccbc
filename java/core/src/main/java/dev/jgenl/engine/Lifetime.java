package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.transport.Transport;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long something lives that one thread uses and any thread may close: uses are counted, closing
 * ends a wait, and whoever leaves last frees. So nobody uses what is freed.
 *
 * <p>Safe to share between threads.
 */
final class Lifetime {

  /** Added to the count of users at the close. */
  private static final int CLOSED = 1 << 30;

  /** The count once all is freed: so far up that no late call brings it back to CLOSED. */
  private static final int FREED = CLOSED + (CLOSED >> 1);

  private final AtomicInteger users = new AtomicInteger();
  private final Runnable wake;
  private final Runnable free;

  /**
   * Begins.
   *
   * @param wake ends a wait
   * @param free frees; run once, when nobody uses it
   */
  Lifetime(Runnable wake, Runnable free) {
    this.wake = wake;
    this.free = free;
  }

  /**
   * Begins that of a transport. Without a lambda, as all on the way to the first answer: the first
   * of a program costs more than that answer.
   */
  static Lifetime of(Transport transport) {
    return new Lifetime(
        new Runnable() {
          @Override
          public void run() {
            transport.wake();
          }
        },
        new Runnable() {
          @Override
          public void run() {
            transport.close();
          }
        });
  }

  /** Starts a use; {@link #exit()} must follow if the result is true. False once it is closed. */
  boolean enter() {
    if (users.incrementAndGet() < CLOSED) {
      return true;
    }
    exit();
    return false;
  }

  void exit() {
    if (users.decrementAndGet() == CLOSED && users.compareAndSet(CLOSED, FREED)) {
      free.run();
    }
  }

  boolean isClosed() {
    return users.get() >= CLOSED;
  }

  void requireOpen() throws ClosedException {
    if (isClosed()) {
      throw Failures.closed();
    }
  }

  /** Ends a wait; it may go on after a look around. */
  void wake() {
    if (enter()) {
      try {
        wake.run();
      } finally {
        exit();
      }
    }
  }

  /** Ends a wait for good, and frees as soon as nobody uses it. More than once does no harm. */
  void close() {
    if (!enter()) {
      return;
    }
    try {
      int before = users.get();
      while (before < CLOSED && !users.compareAndSet(before, before + CLOSED)) {
        before = users.get();
      }
      if (before < CLOSED) {
        wake.run();
      }
    } finally {
      exit();
    }
  }
}
