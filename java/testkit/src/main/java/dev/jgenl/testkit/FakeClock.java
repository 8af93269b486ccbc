package dev.jgenl.testkit;

import java.time.Duration;

/**
 * The time of a {@link FakeKernel}: by it are counted all waits for its sockets, the time limits of
 * what is connected to it, and the delays of its answers. It runs as {@link System#nanoTime()} does
 * until a test says otherwise.
 *
 * <p>A wait for another thread of the program, such as for one's turn on a connection that several
 * threads share, takes real time.
 *
 * <p>Safe to share between threads.
 */
public final class FakeClock {

  /** Tells those who wait that time has passed. */
  private final Runnable moved;

  /** What it shows when it stands still, else what it is ahead of the real one; nanoseconds. */
  private long time;

  private boolean stopped;
  private boolean skipping;

  FakeClock(Runnable moved) {
    this.moved = moved;
  }

  /**
   * Returns the time.
   *
   * @return nanoseconds, of which only differences mean something
   */
  public synchronized long nanoTime() {
    return stopped ? time : System.nanoTime() + time;
  }

  /**
   * Moves it on, and ends the waits that are over by then.
   *
   * @param duration how far
   * @return this
   * @throws IllegalArgumentException if it is negative
   * @throws ArithmeticException if it is longer than 292 years
   */
  public FakeClock advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back by " + duration);
    }
    move(duration.toNanos());
    moved.run();
    return this;
  }

  /**
   * Stops it: from now on time passes by {@link #advance} only.
   *
   * @return this
   */
  public FakeClock stop() {
    stop(false);
    return this;
  }

  /**
   * Stops it, and has every wait skipped: a thread that would wait for a socket moves the clock to
   * where its wait is over, or to where a delayed answer comes if that is before, and goes on at
   * once. So a time limit of an hour takes no time. A wait without a limit waits.
   *
   * <p>For a test in which one thread waits: others would have no time to act. What waits again and
   * again, as {@link dev.jgenl.Subscription#publisher} does, never rests.
   *
   * @return this
   */
  public FakeClock skipWaits() {
    stop(true);
    return this;
  }

  private void stop(boolean skip) {
    synchronized (this) {
      time = nanoTime();
      stopped = true;
      skipping = skip;
    }
    moved.run();
  }

  private synchronized void move(long nanos) {
    time += nanos;
  }

  /**
   * Begins a wait, or skips it, unless the thread is interrupted.
   *
   * @param nanos how long it is by this clock, {@link Long#MAX_VALUE} for ever
   * @return how many real nanoseconds to wait for a change, of which {@link #moved} tells, too
   */
  synchronized long begin(long nanos) {
    if (!stopped) {
      return nanos;
    }
    if (!skipping || nanos == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    if (!Thread.currentThread().isInterrupted()) {
      move(Math.max(0, nanos));
    }
    return 0;
  }
}
