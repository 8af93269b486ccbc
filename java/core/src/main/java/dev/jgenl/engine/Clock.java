package dev.jgenl.engine;

import dev.jgenl.transport.Transport;
import java.util.function.LongSupplier;

/** The time by which the waits for transports are counted, in nanoseconds. */
record Clock(Transport.Factory transports) implements LongSupplier {

  @Override
  public long getAsLong() {
    return transports.nanoTime();
  }
}
