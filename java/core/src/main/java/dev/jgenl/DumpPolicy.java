package dev.jgenl;

import org.jspecify.annotations.Nullable;

/**
 * What happens when the data changes while it is dumped, which the kernel marks with {@code
 * NLM_F_DUMP_INTR} on a message or on {@code NLMSG_DONE}. Whatever the policy, every message that
 * arrived is delivered. Immutable, so safe to share between threads.
 */
public final class DumpPolicy {

  private static final DumpPolicy FAIL = new DumpPolicy(0, false);
  private static final DumpPolicy MARK = new DumpPolicy(0, true);

  private final int retries;
  private final boolean marks;

  private DumpPolicy(int retries, boolean marks) {
    this.retries = retries;
    this.marks = marks;
  }

  /**
   * Makes an inconsistent dump fail: at its end {@link DumpInterruptedException} is thrown.
   *
   * @return the policy
   */
  public static DumpPolicy fail() {
    return FAIL;
  }

  /**
   * Has an inconsistent dump repeated, and then fail as with {@link #fail()}: by {@link
   * Dump#toList()} and what else waits for all, and by the list of a subscription. A dump that is
   * read message by message cannot take back what it delivered: it fails at once.
   *
   * @param times how often at most, 1 or more
   * @return the policy
   * @throws IllegalArgumentException if that is less than 1
   */
  public static DumpPolicy retry(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("retry " + times + " times");
    }
    return new DumpPolicy(times, false);
  }

  /**
   * Has an inconsistent dump delivered and marked: it ends as others do, and {@link
   * Dump#isConsistent()} is false.
   *
   * @return the policy
   */
  public static DumpPolicy mark() {
    return MARK;
  }

  /**
   * Returns how often an inconsistent dump is repeated.
   *
   * @return 0 or more
   */
  public int retries() {
    return retries;
  }

  /**
   * Tells whether an inconsistent dump is delivered and marked.
   *
   * @return whether it is; false if it fails
   */
  public boolean marks() {
    return marks;
  }

  /** Two that do the same are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DumpPolicy that && retries == that.retries && marks == that.marks;
  }

  @Override
  public int hashCode() {
    return marks ? -1 : retries;
  }

  /** Says it for people. */
  @Override
  public String toString() {
    return marks ? "mark" : retries == 0 ? "fail" : "retry " + retries + " times";
  }
}
