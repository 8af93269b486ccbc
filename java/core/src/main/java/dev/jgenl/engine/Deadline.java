package dev.jgenl.engine;

import java.time.Duration;

/**
 * The instant at which a wait is over. Saturates: no duration is too long or too short.
 *
 * <p>Immutable, so safe to share between threads.
 */
public final class Deadline {

  /** Never over. */
  public static final long FOREVER = Long.MAX_VALUE;

  private final long limit;
  private final long start;

  private Deadline(long limit, long start) {
    this.limit = limit;
    this.start = start;
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
   * @return the deadline
   */
  public static Deadline after(long limit) {
    return new Deadline(limit, System.nanoTime());
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
    return limit == FOREVER ? FOREVER : Math.max(0, limit - (System.nanoTime() - start));
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
