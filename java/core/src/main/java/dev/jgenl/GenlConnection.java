package dev.jgenl;

import dev.jgenl.engine.OpenDump;
import dev.jgenl.engine.OpenReception;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Reception;
import dev.jgenl.engine.Resolving;
import dev.jgenl.engine.Settings;
import dev.jgenl.wire.AttributeWriter;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A socket of one's own, for what the kernel ties to the socket that asked: the exit of processes
 * of TASKSTATS ({@code REGISTER_CPUMASK}), frames and ownership of nl80211 ({@code REGISTER_FRAME},
 * {@code SOCKET_OWNER}), queues that are bound until the socket is closed.
 *
 * <p>Its events are the notifications of the groups that it has joined, and what the kernel sends
 * to this socket alone. Some thousand of them wait for {@link #next()}, also while requests are
 * made; beyond that there is a {@link Event.Gap}.
 *
 * <pre>{@code
 * int get = 1; // TASKSTATS_CMD_GET of linux/taskstats.h
 * int registerProcessors = 3; // TASKSTATS_CMD_ATTR_REGISTER_CPUMASK
 * GenlFamily taskstats = genl.family("TASKSTATS");
 * try (GenlConnection connection = genl.connect()) {
 *   connection.execute(taskstats, get, a -> a.putString(registerProcessors, "0"));
 *   new ProcessBuilder("true").start();
 *   connection.poll(Duration.ofSeconds(1)).ifPresent(System.out::println); // its end
 * }
 * }</pre>
 *
 * <p>Safe to share between threads: requests are made one after the other, and one that waits for
 * an event lets them pass. One thread at a time reads events. Must be closed; any thread may do
 * that.
 */
public final class GenlConnection implements AutoCloseable {

  /** Open for as long as this is in use, also where it is forgotten. */
  @SuppressWarnings({"unused", "UnusedVariable"})
  private final Genl genl;

  private final OwnedConnection connection;
  private final Families families;
  private final Resolving resolving = new Resolving();
  private final Memberships memberships;
  private final OpenReception<GenlMessage> events;
  private final Settings settings;

  GenlConnection(Genl genl, OwnedConnection connection, Families families, Settings settings) {
    this.genl = genl;
    this.connection = connection;
    this.families = families;
    this.settings = settings;
    memberships = new Memberships(connection, families, resolving, settings.timeout());
    events =
        new OpenReception<>(
            this,
            "a connection",
            connection,
            new Reception<>(connection, memberships),
            null,
            resolving);
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
   * Sends a request without attributes that has exactly one message as its answer.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return the answer
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Genl#request(GenlRequest, Function)} does
   */
  public GenlMessage request(GenlFamily family, int command) throws NetlinkException {
    return request(GenlRequest.of(family, command));
  }

  /**
   * Sends a request that has exactly one message as its answer.
   *
   * @param request what to ask
   * @return the answer
   * @throws IllegalArgumentException if the request tolerates answers that could be events
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Genl#request(GenlRequest, Function)} does
   */
  public GenlMessage request(GenlRequest request) throws NetlinkException {
    return request(request, GenlMessage::copy);
  }

  /**
   * Sends a request that has exactly one message as its answer.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @param attributes writes the attributes of the request
   * @return the answer
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Genl#request(GenlRequest, Function)} does
   */
  public GenlMessage request(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes)
      throws NetlinkException {
    return request(GenlRequest.of(family, command, attributes), GenlMessage::copy);
  }

  /**
   * Sends a request that has exactly one message as its answer, and decodes it in place.
   *
   * @param <T> the type of the result
   * @param request what to ask
   * @param reader decodes the answer; the message is valid only for the length of this call
   * @return what the reader returns
   * @throws IllegalArgumentException if the request tolerates answers that could be events
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Genl#request(GenlRequest, Function)} does
   */
  public <T> T request(GenlRequest request, Function<? super GenlMessage, ? extends T> reader)
      throws NetlinkException {
    try {
      return connection.request(envelope(request), GenlMessage::new, reader);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Sends a request without attributes that may have any number of messages as its answer, also
   * none.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return the answer
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Genl#execute(GenlRequest)} does
   */
  public Reply<GenlMessage> execute(GenlFamily family, int command) throws NetlinkException {
    return execute(GenlRequest.of(family, command));
  }

  /**
   * Sends a request that may have any number of messages as its answer, also none.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @param attributes writes the attributes of the request
   * @return the answer
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Genl#execute(GenlRequest)} does
   */
  public Reply<GenlMessage> execute(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes)
      throws NetlinkException {
    return execute(GenlRequest.of(family, command, attributes));
  }

  /**
   * Sends a request that may have any number of messages as its answer, also none.
   *
   * @param request what to ask
   * @return the answer
   * @throws IllegalArgumentException if the request tolerates answers that could be events
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException as {@link Genl#execute(GenlRequest)} does
   */
  public Reply<GenlMessage> execute(GenlRequest request) throws NetlinkException {
    try {
      return connection.exchange(envelope(request), answer -> answer.reply(GenlMessage::new));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Starts a dump on this socket, as {@link #dump(GenlRequest)} does.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return the dump, which must be closed
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump<GenlMessage> dump(GenlFamily family, int command) throws NetlinkException {
    return dump(GenlRequest.of(family, command));
  }

  /**
   * Starts a dump with attributes that say what of.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @param attributes writes the attributes of the request
   * @return the dump, which must be closed
   * @throws IllegalStateException if a dump of this connection is open
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump<GenlMessage> dump(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes)
      throws NetlinkException {
    return dump(GenlRequest.of(family, command, attributes));
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
  public Dump<GenlMessage> dump(GenlRequest request) throws NetlinkException {
    return new OpenDump<>(
        connection.dump(patience -> envelope(request), GenlMessage::new), settings.dumpPolicy());
  }

  /**
   * Joins a multicast group.
   *
   * @param family the family
   * @param group the name of the group
   * @throws FamilyNotFoundException if the family is not registered
   * @throws KernelException with ENOENT if the family has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public void join(GenlFamily family, String group) throws NetlinkException {
    try {
      memberships.join(family.name(), Objects.requireNonNull(group, "group"));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Leaves a multicast group; notifications that are queued still come.
   *
   * @param family the family; there is nothing to leave while its module is away
   * @param group the name of the group; nothing happens if it was not joined
   * @throws ClosedException if the connection is closed
   */
  public void leave(GenlFamily family, String group) throws NetlinkException {
    try {
      memberships.leave(family.name(), Objects.requireNonNull(group, "group"));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Waits for the next event, for ever.
   *
   * @return a notification or a gap
   * @throws ClosedException if the connection or its {@link Genl} is closed, also by another thread
   *     meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws IllegalStateException if the thread has a dump of this connection open
   */
  public Event<GenlMessage> next() throws NetlinkException {
    return events.next();
  }

  /**
   * Waits for the next event.
   *
   * @param timeout how long; 0 or less does not wait, what is too long to count waits for ever
   * @return a notification or a gap; empty if none came in time
   * @throws ClosedException if the connection or its {@link Genl} is closed, also by another thread
   *     meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws IllegalStateException if the thread has a dump of this connection open
   */
  public Optional<Event<GenlMessage>> poll(Duration timeout) throws NetlinkException {
    return events.poll(timeout);
  }

  /** Closes the socket and ends all waits; more than once does no harm. */
  @Override
  public void close() {
    events.close();
  }

  /** Names its port, and says whether it is closed. */
  @Override
  public String toString() {
    return "connection of generic netlink, " + connection;
  }

  private GenlEnvelope envelope(GenlRequest request) throws NetlinkException {
    return GenlEnvelope.of(request, families, resolving, settings.timeout());
  }
}
