package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All connections that are open, of one netlink protocol in one network namespace, so that one call
 * closes them: those of the pool, of dumps, of subscriptions, and those that users own.
 *
 * <p>Safe to share between threads.
 */
final class Connections implements AutoCloseable {

  private final Transport.Factory transports;
  private final int protocol;

  /** Connections only: what users hold must not be kept from the collector by it. */
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  Connections(Transport.Factory transports, int protocol) {
    this.transports = transports;
    this.protocol = protocol;
  }

  /** Makes a deadline of so many nanoseconds from now. */
  Deadline deadline(long limit) {
    return Deadline.after(limit, new Clock(transports));
  }

  long nanoTime() {
    return transports.nanoTime();
  }

  /** Opens a connection, which {@link #discard} must get. */
  Connection open(Purpose purpose) throws NetlinkException {
    requireOpen();
    Connection c = new Connection(transports, protocol, purpose);
    boolean owned = false;
    try {
      open.add(c);
      owned = true;
    } finally {
      if (!owned) {
        c.lifetime.close();
      }
    }
    if (closed) {
      discard(c);
      throw Failures.closed();
    }
    return c;
  }

  void discard(Connection c) {
    open.remove(c);
    c.lifetime.close();
  }

  /** Tells whether a thread has a connection of the pool already. */
  boolean isHolder(Thread thread) {
    return open.stream().anyMatch(c -> c.holder == thread);
  }

  boolean isClosed() {
    return closed;
  }

  void requireOpen() throws ClosedException {
    if (closed) {
      throw Failures.closed();
    }
  }

  /** Closes all, and ends their waits. More than once does no harm. */
  @Override
  public void close() {
    closed = true;
    // First, so that it need not care for a namespace whose last socket is closed.
    transports.close();
    for (Connection c : open) {
      discard(c);
    }
  }
}
