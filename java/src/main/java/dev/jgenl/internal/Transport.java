package dev.jgenl.internal;

import dev.jgenl.wire.MessageWriter;

/**
 * A Generic Netlink socket that moves whole datagrams and knows nothing of what they mean.
 *
 * <p>Every method that returns an {@code int} returns a negative errno when it fails. One thread at
 * a time uses a transport, except that any thread may call {@link #wake()} and {@link #close()}.
 * After {@code close} every method returns {@code -}{@link Errno#EBADF}.
 */
public interface Transport extends AutoCloseable {

  /** What a transport is opened for; the kinds are never mixed. */
  enum Purpose {
    /** Requests and dumps: the kernel refuses what other processes send. */
    REQUESTS,
    /** Notifications, whose sender the kernel does not filter. */
    NOTIFICATIONS
  }

  /** Opens transports. */
  @FunctionalInterface
  interface Factory {

    /**
     * Opens one.
     *
     * @param purpose what for
     * @return an open transport
     * @throws TransportException if the system refuses one
     */
    Transport open(Purpose purpose) throws TransportException;
  }

  /**
   * Returns the port ID of this socket.
   *
   * @return all 32 bits are in use
   */
  int portId();

  /**
   * Asks for buffer sizes; the system may grant less.
   *
   * @param receive bytes, or 0 to leave it
   * @param send bytes, or 0 to leave it
   * @return the size of the receive buffer in force, in bytes as the kernel accounts them
   */
  int setBuffers(int receive, int send);

  /**
   * Asks the controller for a family.
   *
   * @param family its name
   * @param into receives the controller's whole answer as its datagram 0
   * @return 1; {@code -ENOENT} if no such family is registered
   */
  int resolve(String family, Datagrams into);

  /**
   * Asks the controller for a multicast group. All groups are resolved before the first is joined.
   *
   * @param family the name of its family
   * @param group its name
   * @return the number of the group; {@code -ENOENT} if there is no such family or group
   */
  int resolveGroup(String family, String group);

  /**
   * Joins a multicast group.
   *
   * @param group its number
   * @return 0
   */
  int join(int group);

  /**
   * Leaves a multicast group.
   *
   * @param group its number
   * @return 0
   */
  int leave(int group);

  /**
   * Sends all that a writer holds as one datagram.
   *
   * @param request the messages
   * @return 0
   */
  int send(MessageWriter request);

  /**
   * Sends one datagram, then takes what answers are there at once.
   *
   * @param request the messages
   * @param into receives the answers
   * @param count how many datagrams to take at most
   * @return how many, perhaps 0; a negative errno is one of sending, that of receiving is returned
   *     by the next {@link #receive}
   */
  int exchange(MessageWriter request, Datagrams into, int count);

  /**
   * Receives what is there, or else waits for it. An interrupt of the thread ends the wait and
   * leaves the thread interrupted.
   *
   * @param into receives the datagrams
   * @param count how many to take at most
   * @param timeoutNanos how long to wait: 0 does not wait, a negative one waits for ever
   * @return how many; 0 if time ran out, the thread was interrupted, or {@link #wake()} was called;
   *     {@code -ENOBUFS} if the kernel dropped some for want of room
   */
  int receive(Datagrams into, int count, long timeoutNanos);

  /** Ends a wait that is under way, or else the next one, at once. */
  void wake();

  /**
   * Tells whether {@link #close()} was called.
   *
   * @return whether it was not
   */
  boolean isOpen();

  /** Ends a wait that is under way and closes the socket. More than once does no harm. */
  @Override
  void close();
}
