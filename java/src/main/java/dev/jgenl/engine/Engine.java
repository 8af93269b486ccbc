package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.Printable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Transport.Factory transports;
  private final int protocol;
  private final Settings settings;
  private final Pool pool = new Pool(this);

  /** Connections only: what users hold must not be kept from the collector by it. */
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

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
    this.transports = transports;
    this.protocol = protocol;
    this.settings = settings;
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
    return exchange(request, (sent, answer) -> answer.only(sent, decoder, reader));
  }

  /**
   * Sends a request and has its answer read, whatever that is. What was refused only because its
   * receiver has another number by now is sent again.
   *
   * @throws NetlinkException if the request fails
   */
  public <T> T exchange(Envelope request, Reading<T> reading) throws NetlinkException {
    try {
      return exchangeOnce(request, reading);
    } catch (KernelException refusal) {
      Envelope again = request.anew(refusal, System.nanoTime(), request.timeout());
      if (again == null) {
        throw refusal;
      }
      return exchangeOnce(again, reading);
    }
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
      Resolving resolving,
      Function<? super MessageReader, ? extends T> reader)
      throws NetlinkException {
    Deadline deadline = Deadline.after(limit);
    Connection c = pool.take(limit);
    try {
      resolving.begin(c.lifetime);
      return c.resolve(family, deadline) ? reader.apply(c.incoming.message()) : null;
    } catch (MalformedMessageException e) {
      throw Failures.malformed("resolve family '" + Printable.escape(family) + "'", e);
    } finally {
      resolving.end();
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
    Connection c = open(purpose);
    boolean opened = false;
    try {
      c.raiseBuffers(receiveBuffer);
      OwnedConnection owned = new OwnedConnection(this, c);
      opened = true;
      return owned;
    } finally {
      if (!opened) {
        discard(c);
      }
    }
  }

  /** Checks that it is open. */
  public void requireOpen() throws ClosedException {
    if (closed) {
      throw Failures.closed();
    }
  }

  /** Closes all that was opened through it, and ends all waits. More than once does no harm. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // First, so that it need not care for a namespace whose last socket is closed.
    transports.close();
    pool.close();
    open.forEach(this::discard);
  }

  Pool pool() {
    return pool;
  }

  /** Opens a connection, which {@link #discard} must get. */
  Connection open() throws NetlinkException {
    return open(Purpose.REQUESTS);
  }

  void discard(Connection c) {
    open.remove(c);
    c.lifetime.close();
  }

  /** Tells whether a thread has a connection of the pool already. */
  boolean isHolder(Thread thread) {
    return open.stream().anyMatch(c -> c.holder == thread);
  }

  /** Exchanges on a connection of the pool; a request that takes any answer has one of its own. */
  private <T> T exchangeOnce(Envelope request, Reading<T> reading) throws NetlinkException {
    if (request.isTolerant()) {
      return exchangeAlone(request, reading);
    }
    Connection c = pool.take(request.timeout());
    try {
      return exchange(c, request, reading);
    } finally {
      pool.give(c);
    }
  }

  private <T> T exchangeAlone(Envelope request, Reading<T> reading) throws NetlinkException {
    Connection c = pool.borrow(true);
    try {
      return exchange(c, request, reading);
    } finally {
      pool.giveBack(c);
    }
  }

  /** Exchanges, and has the answer read. */
  static <T> T exchange(Connection c, Envelope request, Reading<T> reading)
      throws NetlinkException {
    c.exchange(request);
    boolean read = false;
    try {
      T result = reading.read(request, c.answer());
      read = true;
      return result;
    } catch (MalformedMessageException e) {
      throw Failures.malformed(request, e);
    } finally {
      if (!read) {
        c.incoming.spoil();
      }
    }
  }

  private Connection open(Purpose purpose) throws NetlinkException {
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
}
