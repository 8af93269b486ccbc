package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.Printable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests, dumps and owned connections of one netlink protocol in one network namespace. It owns
 * every connection that is opened through it.
 *
 * <p>Safe to share between threads.
 */
public final class Engine implements AutoCloseable {

  /** {@code NETLINK_GENERIC} of {@code include/uapi/linux/netlink.h}. */
  public static final int GENERIC = 16;

  private final Settings settings;
  private final Connections connections;
  private final Pool pool;

  /**
   * Opens, and one connection with it: a machine that cannot do it says so now and not at the first
   * request.
   *
   * @param transports opens the sockets; closed with the engine, also if this fails
   * @param protocol the netlink protocol
   * @param settings how it behaves
   * @throws NetlinkException if the system refuses a socket
   */
  public Engine(Transport.Factory transports, int protocol, Settings settings)
      throws NetlinkException {
    this.settings = settings;
    connections = new Connections(transports, protocol);
    pool = new Pool(connections);
    boolean opened = false;
    try {
      pool.give(pool.take(settings.timeout()));
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /** Returns how it behaves. */
  public Settings settings() {
    return settings;
  }

  /**
   * Sends a request that has exactly one message as its answer, and has that decoded in place.
   *
   * @throws NetlinkException if the request fails, or the answer is none or several
   */
  public <M, T> T request(
      Envelope request, Decoder<M> decoder, Function<? super M, ? extends T> reader)
      throws NetlinkException {
    Connection c = exchanged(request);
    boolean read = false;
    try {
      // Without the lambda that exchange() would need: here every object counts.
      T result = c.answer().only(decoder, reader);
      read = true;
      return result;
    } catch (MalformedMessageException e) {
      throw Failures.malformed(request, e);
    } finally {
      giveBack(c, read);
    }
  }

  /**
   * Sends a request and has its answer read, whatever that is. What was refused only because its
   * receiver has another number by now is sent again.
   *
   * @throws NetlinkException if the request fails
   */
  public <T> T exchange(Envelope request, Reading<T> reading) throws NetlinkException {
    Connection c = exchanged(request);
    boolean read = false;
    try {
      T result = read(c, reading);
      read = true;
      return result;
    } finally {
      giveBack(c, read);
    }
  }

  /** Makes a deadline of so many nanoseconds from now. */
  Deadline deadline(long limit) {
    return connections.deadline(limit);
  }

  /**
   * Asks the controller for a family.
   *
   * @param limit how long to wait, in nanoseconds
   * @param resolving knows who may end it
   * @param reader reads the controller's answer, on which it stands
   * @return what the reader returns; null if there is no such family
   */
  public <T> @Nullable T resolve(
      String family,
      long limit,
      @Nullable Resolving resolving,
      Function<? super MessageReader, ? extends T> reader)
      throws NetlinkException {
    Deadline deadline = connections.deadline(limit);
    Connection c = pool.take(limit);
    try {
      if (resolving != null) {
        resolving.begin(c.lifetime);
      }
      return c.resolve(family, deadline) ? reader.apply(c.incoming.message()) : null;
    } catch (MalformedMessageException e) {
      throw Failures.malformed("resolve family '" + Printable.escape(family) + "'", e);
    } finally {
      if (resolving != null) {
        resolving.end();
      }
      pool.give(c);
    }
  }

  /** Prepares a dump; {@link DumpReader#start} sends its request. It must be closed. */
  public <M> DumpReader<M> dump(Envelope.Source source, Decoder<M> decoder) {
    return new DumpReader<>(source, decoder, pool);
  }

  /**
   * Opens a connection that its user owns.
   *
   * @param purpose what for
   * @param receiveBuffer the size of its receive buffer at least, in bytes; 0 for the usual
   * @return it, which must be closed
   * @throws NetlinkException if the system refuses a socket
   */
  public OwnedConnection own(Purpose purpose, int receiveBuffer) throws NetlinkException {
    Connection c = connections.open(purpose);
    boolean opened = false;
    try {
      // It may be closed, with all others, from now on.
      if (!c.lifetime.enter()) {
        throw Failures.closed();
      }
      try {
        c.raiseBuffers(receiveBuffer);
      } finally {
        c.lifetime.exit();
      }
      OwnedConnection owned = new OwnedConnection(c, connections);
      opened = true;
      return owned;
    } finally {
      if (!opened) {
        connections.discard(c);
      }
    }
  }

  /** Returns the time of {@link Transport.Factory#nanoTime()}. */
  public long nanoTime() {
    return connections.nanoTime();
  }

  /** Checks that it is open. */
  public void requireOpen() throws ClosedException {
    connections.requireOpen();
  }

  /** Closes, and tells whether it was open. */
  boolean closeIfOpen() {
    boolean open = !connections.isClosed();
    close();
    return open;
  }

  /** Closes all that was opened through it, and ends all waits. More than once does no harm. */
  @Override
  public void close() {
    connections.close();
    pool.close();
  }

  Pool pool() {
    return pool;
  }

  /** Returns a connection that has exchanged a request, and has the answer. */
  private Connection exchanged(Envelope request) throws NetlinkException {
    try {
      return exchangedOnce(request);
    } catch (KernelException refusal) {
      Envelope again = request.anew(refusal, nanoTime(), request.timeout());
      if (again == null) {
        throw refusal;
      }
      return exchangedOnce(again);
    }
  }

  /** A request that takes any answer has a connection of its own. */
  private Connection exchangedOnce(Envelope request) throws NetlinkException {
    Connection c = request.isTolerant() ? pool.borrow(true) : pool.take(request.timeout());
    boolean exchanged = false;
    try {
      c.exchange(request);
      exchanged = true;
      return c;
    } finally {
      if (!exchanged) {
        giveBack(c, true);
      }
    }
  }

  private void giveBack(Connection c, boolean read) {
    if (!read) {
      c.incoming.spoil();
    }
    if (c.holder == null) {
      pool.giveBackBorrowed(c);
    } else {
      pool.give(c);
    }
  }

  /** Has the answer read that a connection has. */
  static <T> T read(Connection c, Reading<T> reading) throws NetlinkException {
    Answer answer = c.answer();
    try {
      return reading.read(answer);
    } catch (MalformedMessageException e) {
      throw Failures.malformed(answer.request(), e);
    }
  }
}
