package dev.jgenl;

import dev.jgenl.internal.Datagrams;
import dev.jgenl.internal.Transport;
import java.time.Duration;

/** The wait for answers, with all that can end it. */
final class Reception {

  private Reception() {}

  /** Returns the instant at which a wait that starts now is over. */
  static long deadline(Duration timeout) {
    return System.nanoTime() + timeout.toNanos();
  }

  /**
   * Waits for datagrams.
   *
   * @param deadline as {@link #deadline} returned it
   * @param timeout the same, for the message of the exception
   * @return how many were received, at least 1
   */
  static int await(Transport transport, Datagrams into, long deadline, Duration timeout)
      throws NetlinkException {
    for (; ; ) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw Failures.timeout(timeout);
      }
      int n = transport.receive(into, into.slots(), left);
      if (n > 0) {
        return n;
      }
      if (n < 0) {
        throw Failures.receive(-n);
      }
      if (!transport.isOpen()) {
        throw Failures.closed();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw Failures.interrupted();
      }
    }
  }
}
