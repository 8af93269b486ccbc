package dev.jgenl.transport;

import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A netlink socket that moves whole datagrams and knows nothing of what they mean. This is the seam
 * between the library and the kernel: a program may put its own transport here, to record, to
 * replay, or to test (see {@code dev.jgenl.testkit}).
 *
 * <p>Every method that returns an {@code int} returns a negative errno when it fails, never throws,
 * and leaves nothing half done. One thread at a time uses a transport, except that any thread may
 * call {@link #wake()}; no call is under way when {@link #close()} is called. After {@code close}
 * every method returns {@code -}{@link Errno#EBADF}, or does nothing.
 */
public interface Transport extends AutoCloseable {

  /** What a transport is opened for; the kinds are never mixed. */
  enum Purpose {
    /** Requests and dumps: the kernel refuses what other processes send to it. */
    REQUESTS,
    /** Notifications, whose sender the kernel does not filter. */
    NOTIFICATIONS
  }

  /**
   * Opens transports, all in one network namespace, whichever thread asks. Safe to share between
   * threads.
   */
  @FunctionalInterface
  interface Factory extends AutoCloseable {

    /**
     * Opens one.
     *
     * @param protocol the netlink protocol, such as {@code NETLINK_GENERIC}, 16
     * @param purpose what for
     * @return an open transport
     * @throws TransportException if the system refuses one
     */
    Transport open(int protocol, Purpose purpose) throws TransportException;

    /**
     * Returns the time by which waits for its transports are counted. The times that {@link
     * #resolve} and {@link #receive} are given are of this clock, too. A factory that stands in
     * front of another hands on the other's.
     *
     * @return nanoseconds since some instant, as {@link System#nanoTime()}, which it is unless a
     *     factory has a clock of its own; only differences mean something
     */
    default long nanoTime() {
      return System.nanoTime();
    }

    /** Frees what the factory itself holds. Transports that are open stay so. */
    @Override
    default void close() {}
  }

  /**
   * Returns the port ID of this socket.
   *
   * @return all 32 bits are in use
   */
  int portId();

  /**
   * Allocates memory for {@link #send}, {@link #exchange} and {@link #receive}, which stays valid
   * until {@link #close()}.
   *
   * @param bytes how much, more than 0
   * @return a buffer of this capacity in native byte order, its content undefined; null if there is
   *     no memory
   */
  @Nullable ByteBuffer allocate(int bytes);

  /**
   * Raises the buffers that the kernel keeps for this socket to at least these sizes, never lowers
   * them. Beyond {@code net.core.rmem_max} and {@code wmem_max} the system grants them only to who
   * has {@code CAP_NET_ADMIN}.
   *
   * @param receive bytes, or 0 to leave it
   * @param send bytes, or 0 to leave it
   * @return the size of the receive buffer in force, in bytes as the kernel accounts them
   */
  int setBuffers(int receive, int send);

  /**
   * Asks the controller of Generic Netlink for a family, and waits for the answer. What else comes
   * meanwhile, except for messages of this port and sequence number, is dropped.
   *
   * @param family its name
   * @param sequence the sequence number of the request
   * @param into receives the controller's whole answer, {@code CTRL_CMD_NEWFAMILY}, as its datagram
   *     0
   * @param timeoutNanos how long to wait, 0 or more
   * @return 1; 0 if time ran out, the thread was interrupted, or {@link #wake()} was called; {@code
   *     -ENOENT} if no such family is registered; {@code -ENAMETOOLONG} for more than 15 bytes;
   *     {@code -EINVAL} for a name that is no string of C
   */
  int resolve(String family, int sequence, Datagrams into, long timeoutNanos);

  /**
   * Joins a multicast group. Joined twice is joined once.
   *
   * @param group its number, 1 or more
   * @return 0
   */
  int join(int group);

  /**
   * Leaves a multicast group.
   *
   * @param group its number, 1 or more
   * @return 0
   */
  int leave(int group);

  /**
   * Sends all that a writer holds as one datagram.
   *
   * @param request the messages, in memory of {@link #allocate}
   * @return 0
   */
  int send(MessageWriter request);

  /**
   * Sends one datagram, then takes what answers are there at once.
   *
   * @param request the messages, in memory of {@link #allocate}
   * @param into receives the answers, in memory of {@link #allocate}
   * @param count how many datagrams to take at most
   * @return how many, perhaps 0; a negative errno is one of sending, that of receiving is returned
   *     by the next {@link #receive}
   */
  int exchange(MessageWriter request, Datagrams into, int count);

  /**
   * Receives what is there, or else waits for it. An interrupt of the thread ends the wait and
   * leaves the thread interrupted.
   *
   * @param into receives the datagrams, in memory of {@link #allocate}
   * @param count how many to take at most
   * @param timeoutNanos how long to wait: 0 does not wait, {@link Long#MAX_VALUE} waits for ever
   * @return how many; 0 if time ran out, the thread was interrupted, or {@link #wake()} was called;
   *     {@code -ENOBUFS} if the kernel dropped some for want of room
   */
  int receive(Datagrams into, int count, long timeoutNanos);

  /** Ends a wait that is under way, or else the next one, at once. */
  void wake();

  /** Closes the socket and frees its memory. More than once does no harm. */
  @Override
  void close();
}
