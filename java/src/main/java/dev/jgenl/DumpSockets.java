package dev.jgenl;

import dev.jgenl.internal.Transport;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of the dumps of a {@link Genl}: each dump has one of its own for as long as it lasts,
 * and one whose dump came to its end is kept for the next.
 */
final class DumpSockets {

  /** A transport and its memory; only its dump uses it. */
  static final class DumpSocket {
    final Transport transport;
    final Buffers buffers = Buffers.take();

    /** That of the last dump. They rise, so that what belongs to an earlier dump is told apart. */
    int sequence;

    private DumpSocket(Transport transport) {
      this.transport = transport;
    }
  }

  private final Transport.Factory transports;
  private final AtomicReference<@Nullable DumpSocket> idle = new AtomicReference<>();
  private volatile boolean closed;

  DumpSockets(Transport.Factory transports) {
    this.transports = transports;
  }

  /** Returns a socket on which no answer is under way. */
  DumpSocket take() throws NetlinkException {
    DumpSocket kept = idle.getAndSet(null);
    return kept != null ? kept : open();
  }

  /** Returns a socket that has had no dump yet. */
  DumpSocket open() throws NetlinkException {
    if (closed) {
      throw Failures.closed();
    }
    return new DumpSocket(Genl.openTransport(transports, Transport.Purpose.REQUESTS));
  }

  /** Takes back a socket whose dump came to its end. */
  void give(DumpSocket socket) {
    if (!idle.compareAndSet(null, socket)) {
      release(socket);
    }
    if (closed) {
      close();
    }
  }

  /** Closes what is kept; dumps under way are their owners'. */
  void close() {
    closed = true;
    DumpSocket kept = idle.getAndSet(null);
    if (kept != null) {
      release(kept);
    }
  }

  private static void release(DumpSocket socket) {
    socket.transport.close();
    socket.buffers.release();
  }
}
