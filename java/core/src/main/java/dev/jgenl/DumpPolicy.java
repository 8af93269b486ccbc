package dev.jgenl;

/**
 * What happens when the data changes while it is dumped, which the kernel marks with {@code
 * NLM_F_DUMP_INTR} on a message or on {@code NLMSG_DONE}. Whatever the policy, every message that
 * arrived is delivered.
 */
public sealed interface DumpPolicy {

  /** At the end {@link DumpInterruptedException} is thrown. */
  record Fail() implements DumpPolicy {}

  /**
   * {@link Dump#toList()} dumps anew, then fails as {@link Fail} does. A dump that is read message
   * by message cannot take back what it delivered: it fails at once.
   *
   * @param times how often at most, 1 or more
   */
  record Retry(int times) implements DumpPolicy {

    /**
     * Creates the policy.
     *
     * @param times how often at most
     * @throws IllegalArgumentException if that is less than 1
     */
    public Retry {
      if (times < 1) {
        throw new IllegalArgumentException("retry " + times + " times");
      }
    }
  }

  /** The dump ends as others do, and {@link Dump#isConsistent()} is false. */
  record Mark() implements DumpPolicy {}

  /**
   * Makes an inconsistent dump fail.
   *
   * @return the policy
   */
  static DumpPolicy fail() {
    return new Fail();
  }

  /**
   * Has an inconsistent dump repeated.
   *
   * @param times how often at most, 1 or more
   * @return the policy
   */
  static DumpPolicy retry(int times) {
    return new Retry(times);
  }

  /**
   * Has an inconsistent dump delivered and marked.
   *
   * @return the policy
   */
  static DumpPolicy mark() {
    return new Mark();
  }
}
