package dev.jgenl.netlink;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.engine.OpenDump;
import dev.jgenl.engine.OpenReception;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Reception;
import dev.jgenl.engine.Resolving;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A socket of one's own, for what the kernel ties to the socket that asked: an owner of nftables
 * ({@code NFT_TABLE_F_OWNER}), a queue of packets or a log that is bound to it, and notifications
 * of one's own requests among those of others.
 *
 * <p>Its events are the notifications of the groups that it has joined, and what the kernel sends
 * to this socket alone. Some thousand of them wait for {@link #next()}, also while requests are
 * made; beyond that there is a {@link Event.Gap}. A notification of what a request of this
 * connection has done is an event, too; with the flag {@code NLM_F_ECHO} it is the request's answer
 * instead.
 *
 * <p>Safe to share between threads: requests are made one after the other, and one that waits for
 * an event lets them pass. One thread at a time reads events. Must be closed; any thread may do
 * that.
 */
public final class NetlinkConnection implements AutoCloseable {

  /** Open for as long as this is in use, also where it is forgotten. */
  private final Netlink netlink;

  private final OwnedConnection connection;
  private final Groups groups;
  private final OpenReception<NetlinkMessage> events;

  NetlinkConnection(Netlink netlink, OwnedConnection connection, Groups groups) {
    this.netlink = netlink;
    this.connection = connection;
    this.groups = groups;
    events =
        new OpenReception<>(
            this,
            "a connection",
            connection,
            new Reception<>(connection, groups),
            null,
            new Resolving());
  }

  /**
   * Returns the port ID of the socket, by which the kernel knows it.
   *
   * @return all 32 bits are in use
   */
  public int portId() {
    return connection.portId();
  }

  /**
   * Sends a request that has exactly one message as its answer.
   *
   * @param request what to ask
   * @return the answer
   * @throws IllegalArgumentException if the request tolerates answers that could be events, or its
   *     flags would make the kernel dump
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Netlink#request(NetlinkRequest, Function)} does
   */
  public NetlinkMessage request(NetlinkRequest request) throws NetlinkException {
    return request(request, NetlinkMessage::copy);
  }

  /**
   * Sends a request that has exactly one message as its answer, and decodes it in place.
   *
   * @param <T> the type of the result
   * @param request what to ask
   * @param reader decodes the answer; the message is valid only for the length of this call
   * @return what the reader returns
   * @throws IllegalArgumentException if the request tolerates answers that could be events, or its
   *     flags would make the kernel dump
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Netlink#request(NetlinkRequest, Function)} does
   */
  public <T> T request(NetlinkRequest request, Function<? super NetlinkMessage, ? extends T> reader)
      throws NetlinkException {
    try {
      return connection.request(netlink.envelope(request), NetlinkMessage::decode, reader);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Sends a request that may have any number of messages as its answer, also none.
   *
   * @param request what to ask
   * @return the answer
   * @throws IllegalArgumentException if the request tolerates answers that could be events, or its
   *     flags would make the kernel dump
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Netlink#execute(NetlinkRequest)} does
   */
  public Reply<NetlinkMessage> execute(NetlinkRequest request) throws NetlinkException {
    try {
      return connection.exchange(
          netlink.envelope(request), answer -> answer.reply(NetlinkMessage::decode));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Has many requests done together, as {@link Netlink#transaction} does, on this socket: so that a
   * table is this connection's.
   *
   * @param subsystem whose requests they are: {@code NFNL_SUBSYS_NFTABLES}, 10
   * @param requests what to do, at least one request
   * @return the outcomes in the order of the requests
   * @throws IllegalArgumentException as there
   * @throws IllegalStateException if a dump of this connection is open
   * @throws UnsupportedOperationException if the protocol is not {@link Netlink#NETFILTER}
   */
  public List<Outcome<Reply<NetlinkMessage>>> transaction(
      int subsystem, List<NetlinkRequest> requests) {
    try {
      return netlink.transactionOf(subsystem, requests).run(connection);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Starts a dump on this socket. Other requests of this connection are refused until it is read to
   * its end or closed.
   *
   * @param request what to ask
   * @return the dump, which must be closed
   * @throws IllegalArgumentException if the request tolerates answers that could be events
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump<NetlinkMessage> dump(NetlinkRequest request) throws NetlinkException {
    return new OpenDump<>(
        connection.dump(patience -> netlink.envelope(request), NetlinkMessage::decode),
        netlink.dumpPolicy());
  }

  /**
   * Joins a multicast group.
   *
   * @param group its number, 1 or more
   * @throws IllegalArgumentException if it is less than 1
   * @throws KernelException with EINVAL if the protocol has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public void join(int group) throws NetlinkException {
    try {
      groups.join(group);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Leaves a multicast group; notifications that are queued still come.
   *
   * @param group its number, 1 or more; nothing happens if it was not joined
   * @throws IllegalArgumentException if it is less than 1
   * @throws ClosedException if the connection is closed
   * @throws NetlinkException for any other failure
   */
  public void leave(int group) throws NetlinkException {
    try {
      groups.leave(group);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Waits for the next event, for ever.
   *
   * @return a notification or a gap
   * @throws ClosedException if the connection or its {@link Netlink} is closed, also by another
   *     thread meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws IllegalStateException if the thread has a dump of this connection open
   */
  public Event<NetlinkMessage> next() throws NetlinkException {
    return events.next();
  }

  /**
   * Waits for the next event.
   *
   * @param timeout how long; 0 or less does not wait, what is too long to count waits for ever
   * @return a notification or a gap; empty if none came in time
   * @throws ClosedException if the connection or its {@link Netlink} is closed, also by another
   *     thread meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws IllegalStateException if the thread has a dump of this connection open
   */
  public Optional<Event<NetlinkMessage>> poll(Duration timeout) throws NetlinkException {
    return events.poll(timeout);
  }

  /** Closes the socket and ends all waits; more than once does no harm. */
  @Override
  public void close() {
    events.close();
  }

  /** Names the protocol and its port, and says whether it is closed. */
  @Override
  public String toString() {
    return "connection of " + netlink + ", " + connection;
  }
}
