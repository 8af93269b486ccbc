package dev.jgenl.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The instant at which a wait is over. Saturates: no duration is too long or too short.
 *
 * <p>Safe to share between threads.
 */
public final class Deadline {

  /** Never over. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final long LOOK = 50_000_000;

  private final long limit;
  private final LongSupplier clock;
  private final long start;

  private Deadline(long limit, LongSupplier clock) {
    this.limit = limit;
    this.clock = clock;
    start = clock.getAsLong();
  }

  /**
   * Returns a duration as a number.
   *
   * @param limit any duration
   * @return nanoseconds, 0 for a negative one, {@link #FOREVER} for one that is too long to count
   */
  public static long nanos(Duration limit) {
    if (limit.isNegative()) {
      return 0;
    }
    try {
      return limit.toNanos();
    } catch (ArithmeticException e) {
      return FOREVER;
    }
  }

  /**
   * Makes a deadline that counts from now.
   *
   * @param limit nanoseconds, 0 or more, or {@link #FOREVER}
   * @param clock tells the time, as {@link System#nanoTime()} does
   * @return the deadline
   */
  static Deadline after(long limit, LongSupplier clock) {
    return new Deadline(limit, clock);
  }

  /**
   * Returns how long it was when it was made.
   *
   * @return nanoseconds, or {@link #FOREVER}
   */
  public long limit() {
    return limit;
  }

  /**
   * Returns how much time is left.
   *
   * @return nanoseconds, 0 when it is over, {@link #FOREVER} for ever
   */
  public long left() {
    return limit == FOREVER ? FOREVER : Math.max(0, limit - (clock.getAsLong() - start));
  }

  /**
   * Returns how long to wait for another thread, which does not know the clock, before it is looked
   * at again: somebody may have moved it.
   *
   * @return nanoseconds of {@link System#nanoTime()}
   */
  long untilLook() {
    return Math.min(left(), LOOK);
  }

  /**
   * Tells whether it is over.
   *
   * @return whether no time is left
   */
  public boolean isOver() {
    return left() == 0;
  }
}
