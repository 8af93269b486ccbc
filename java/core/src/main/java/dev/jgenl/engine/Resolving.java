package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import org.jspecify.annotations.Nullable;

/**
 * The resolution of a family that is under way for somebody who waits for something else, such as
 * the events of a subscription, and who may be closed meanwhile.
 *
 * <p>One thread at a time resolves; any thread may close, which ends the wait for the controller.
 */
public final class Resolving implements AutoCloseable {

  private boolean closed;
  private @Nullable Lifetime lifetime;

  /** Makes one that is open, with nothing under way. */
  public Resolving() {}

  synchronized void begin(Lifetime lifetime) throws ClosedException {
    if (closed) {
      throw Failures.closed();
    }
    this.lifetime = lifetime;
  }

  synchronized void end() {
    lifetime = null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (lifetime != null) {
      lifetime.close();
    }
  }
}
