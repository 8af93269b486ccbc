package dev.jgenl;

import java.time.Duration;

/**
 * How a {@link Genl} behaves.
 *
 * @param timeout how long a call waits for an answer before it throws {@link
 *     RequestTimeoutException}; more than 0
 */
public record GenlOptions(Duration timeout) {

  /** A timeout of 5 seconds. */
  public static final GenlOptions DEFAULTS = new GenlOptions(Duration.ofSeconds(5));

  /** Checks the timeout. */
  public GenlOptions {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + " is not positive");
    }
  }

  /**
   * Changes the timeout.
   *
   * @param timeout more than 0
   * @return the same options but for that
   */
  public GenlOptions withTimeout(Duration timeout) {
    return new GenlOptions(timeout);
  }
}
