package dev.jgenl;

import java.time.Duration;

/**
 * How a {@link Genl} behaves.
 *
 * @param timeout how long a call waits for an answer before it throws {@link
 *     RequestTimeoutException}; more than 0
 * @param receiveBuffer the buffer that the kernel keeps for what a subscription or a batch has not
 *     read yet, in bytes; the kernel grants at most {@code net.core.rmem_max}
 * @param dumpPolicy what happens when the data changes while it is dumped
 */
public record GenlOptions(Duration timeout, int receiveBuffer, DumpPolicy dumpPolicy) {

  /** A timeout of 5 seconds, a buffer of 1 MiB, and inconsistent dumps fail. */
  public static final GenlOptions DEFAULTS =
      new GenlOptions(Duration.ofSeconds(5), 1 << 20, DumpPolicy.fail());

  /**
   * Creates options; {@link #DEFAULTS} and the methods {@code with…} are mostly simpler.
   *
   * @param timeout how long a call waits, more than 0
   * @param receiveBuffer bytes, more than 0
   * @param dumpPolicy what becomes of an inconsistent dump
   * @throws IllegalArgumentException if timeout or buffer is not more than 0
   */
  public GenlOptions {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + " is not positive");
    }
    if (receiveBuffer <= 0) {
      throw new IllegalArgumentException("receive buffer of " + receiveBuffer + " bytes");
    }
  }

  /**
   * Changes the timeout.
   *
   * @param timeout more than 0
   * @return the same options but for that
   */
  public GenlOptions withTimeout(Duration timeout) {
    return new GenlOptions(timeout, receiveBuffer, dumpPolicy);
  }

  /**
   * Changes the receive buffer.
   *
   * @param receiveBuffer bytes, more than 0
   * @return the same options but for that
   */
  public GenlOptions withReceiveBuffer(int receiveBuffer) {
    return new GenlOptions(timeout, receiveBuffer, dumpPolicy);
  }

  /**
   * Changes what happens when the data changes while it is dumped.
   *
   * @param dumpPolicy the policy
   * @return the same options but for that
   */
  public GenlOptions withDumpPolicy(DumpPolicy dumpPolicy) {
    return new GenlOptions(timeout, receiveBuffer, dumpPolicy);
  }
}
