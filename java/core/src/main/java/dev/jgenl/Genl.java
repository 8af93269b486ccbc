package dev.jgenl;

import dev.jgenl.engine.Batch;
import dev.jgenl.engine.Deadline;
import dev.jgenl.engine.Engine;
import dev.jgenl.engine.Failures;
import dev.jgenl.engine.Leaks;
import dev.jgenl.engine.Listing;
import dev.jgenl.engine.OpenDump;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Replies;
import dev.jgenl.engine.Resolving;
import dev.jgenl.engine.Settings;
import dev.jgenl.engine.Values;
import dev.jgenl.internal.LibnlTransports;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MalformedMessageException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entry point to Generic Netlink: finds families, sends requests, starts dumps and
 * subscriptions.
 *
 * <pre>{@code
 * int getFamily = 3; // CTRL_CMD_GETFAMILY of linux/genetlink.h
 * int familyName = 2; // CTRL_ATTR_FAMILY_NAME
 * int version = 3; // CTRL_ATTR_VERSION
 * try (Genl genl = Genl.open()) {
 *   GenlFamily controller = genl.family("nlctrl");
 *   GenlMessage answer =
 *       genl.request(controller, getFamily, a -> a.putString(familyName, "ethtool"));
 *   System.out.println("ethtool has version " + answer.attributes().get(version).u32());
 * }
 * }</pre>
 *
 * <p>Safe to share between threads: a request socket is opened for each thread that waits at the
 * same time, up to 32; dumps and subscriptions have sockets of their own. All are in one network
 * namespace: that of the thread that opens the instance, or the one that {@link NetlinkOptions}
 * names. Must be closed, which ends the waits of all threads.
 */
public final class Genl implements AutoCloseable {

  private final Engine engine;
  private final Families families;
  private final long timeout;
  private final Cleaner.Cleanable leak;

  private Genl(Engine engine) {
    this.engine = engine;
    timeout = engine.settings().timeout();
    families = new Families(engine);
    leak = Leaks.watch(this, "a Genl", engine);
  }

  /**
   * Opens with {@link NetlinkOptions#DEFAULTS}.
   *
   * @return an open instance
   * @throws KernelException if the system refuses a socket
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Genl open() throws NetlinkException {
    return open(NetlinkOptions.DEFAULTS);
  }

  /**
   * Opens.
   *
   * @param options how it behaves
   * @return an open instance
   * @throws KernelException if the system refuses a socket
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Genl open(NetlinkOptions options) throws NetlinkException {
    return open(options, sockets(options));
  }

  /**
   * Returns what opens the kernel's sockets, for a factory in front of it that records or changes
   * what goes over them.
   *
   * @param options of which the network namespace counts
   * @return a factory, which must be closed, or handed to {@link #open(NetlinkOptions,
   *     Transport.Factory)}
   * @throws KernelException if the network namespace cannot be opened
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Transport.Factory sockets(NetlinkOptions options) throws NetlinkException {
    try {
      return LibnlTransports.inNamespace(options.networkNamespace().orElse(null));
    } catch (TransportException e) {
      throw Failures.opening(e);
    }
  }

  /**
   * Opens on other transports than the kernel's sockets, or on those behind others: to record, to
   * replay, or to test.
   *
   * @param options how it behaves; the network namespace is that of the transports
   * @param transports opens the transports; closed with the instance, also if this fails
   * @return an open instance
   * @throws NetlinkException if the first transport cannot be opened
   */
  public static Genl open(NetlinkOptions options, Transport.Factory transports)
      throws NetlinkException {
    return new Genl(
        new Engine(
            transports,
            Engine.GENERIC,
            new Settings(
                Deadline.nanos(options.timeout()), options.receiveBuffer(), options.dumpPolicy())));
  }

  /**
   * Asks the kernel for a family by name. The kernel may load the module that provides it.
   *
   * @param name the name of the family
   * @return the family
   * @throws FamilyNotFoundException if no such family is registered
   * @throws NetlinkException for any other failure
   */
  public GenlFamily family(String name) throws NetlinkException {
    try {
      engine.requireOpen();
      return families.ask(Objects.requireNonNull(name, "name"), timeout, null);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Asks the kernel for all families that are registered.
   *
   * @return the families in the order of their numbers
   * @throws NetlinkException if the dump fails
   */
  public List<GenlFamily> families() throws NetlinkException {
    List<GenlFamily> all = new ArrayList<>();
    GenlRequest request = Controller.familiesRequest();
    try (Dump<GenlMessage> dump = dump(request)) {
      for (GenlMessage m : dump.toList()) {
        all.add(Controller.family(m.attributes()));
      }
      return all;
    } catch (MalformedMessageException e) {
      throw Failures.malformed(request, e);
    }
  }

  /**
   * Asks the kernel what the commands of a family accept.
   *
   * @param family the family
   * @return the policy; empty if no command is checked
   * @throws KernelException if the kernel is older than 5.7, which cannot tell
   * @throws NetlinkException for any other failure
   */
  public GenlPolicy policy(GenlFamily family) throws NetlinkException {
    engine.requireOpen();
    GenlFamily now = families.current(family, timeout, null);
    if (!now.hasPolicy()) {
      return new GenlPolicy(Map.of(), Map.of());
    }
    GenlRequest request = Controller.policyRequest(now);
    try (Dump<GenlMessage> dump = dump(request)) {
      return Controller.policy(dump.toList());
    } catch (MalformedMessageException e) {
      throw Failures.malformed(request, e);
    }
  }

  /**
   * Sends a request without attributes that has exactly one message as its answer.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return the answer
   * @throws NetlinkException as {@link #request(GenlRequest, Function)} does
   */
  public GenlMessage request(GenlFamily family, int command) throws NetlinkException {
    return request(GenlRequest.of(family, command));
  }

  /**
   * Sends a request that has exactly one message as its answer.
   *
   * @param request what to ask
   * @return the answer
   * @throws NetlinkException as {@link #request(GenlRequest, Function)} does
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
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is none, several or malformed
   * @throws NetlinkException for any other failure
   */
  public GenlMessage request(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes)
      throws NetlinkException {
    return request(GenlRequest.of(family, command, attributes), GenlMessage::copy);
  }

  /**
   * Sends a request that has exactly one message as its answer, and decodes it in place.
   *
   * <p>As the argument of an overloaded method such as {@code println} Java wants to know the type
   * of the result beforehand: from a method reference, a variable, or a lambda whose parameter has
   * a type, {@code (GenlMessage m) -> ...}.
   *
   * @param <T> the type of the result
   * @param request what to ask
   * @param reader decodes the answer; the message is valid only for the length of this call
   * @return what the reader returns
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is none, several or malformed
   * @throws NetlinkException for any other failure
   */
  public <T> T request(GenlRequest request, Function<? super GenlMessage, ? extends T> reader)
      throws NetlinkException {
    try {
      return engine.request(envelope(request), GenlMessage::new, reader);
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
   * @throws NetlinkException as {@link #execute(GenlRequest)} does
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
   * @throws NetlinkException as {@link #execute(GenlRequest)} does
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
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is malformed
   * @throws NetlinkException for any other failure
   */
  public Reply<GenlMessage> execute(GenlRequest request) throws NetlinkException {
    try {
      return engine.exchange(envelope(request), answer -> answer.reply(GenlMessage::new));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Starts a dump.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return the dump, which must be closed
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
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump<GenlMessage> dump(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes)
      throws NetlinkException {
    return dump(GenlRequest.of(family, command, attributes));
  }

  /**
   * Starts a dump.
   *
   * @param request what to ask; a dump is never acknowledged
   * @return the dump, which must be closed
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump<GenlMessage> dump(GenlRequest request) throws NetlinkException {
    return new OpenDump<>(
        engine.dump(patience -> envelope(request), GenlMessage::new),
        engine.settings().dumpPolicy());
  }

  /**
   * Sends many requests at once and reads their answers as they come: quicker than one after the
   * other. They are done in their order, a window of them at a time. Each has an outcome of its
   * own, whatever becomes of the others: also if its family is gone, if it is too long, if its
   * attributes cannot be written, or if the kernel has dropped its answer. Only if the connection
   * can't be waited for any longer (a timeout, an interrupt, {@link #close()}), that is the outcome
   * of all that had none yet, and those that come later are not sent. A window waits as long as the
   * longest of its requests.
   *
   * <pre>{@code
   * int getFamily = 3; // CTRL_CMD_GETFAMILY
   * int familyName = 2; // CTRL_ATTR_FAMILY_NAME
   * GenlFamily controller = genl.family("nlctrl");
   * List<GenlRequest> requests = Stream.of("ethtool", "nobody")
   *     .map(n -> GenlRequest.of(controller, getFamily, a -> a.putString(familyName, n)))
   *     .toList();
   * for (Outcome<Reply<GenlMessage>> outcome : genl.batch(requests)) {
   *   System.out.println(outcome instanceof Outcome.Success ? "is there" : outcome);
   * }
   * }</pre>
   *
   * @param requests what to ask
   * @return the outcomes in the order of the requests
   */
  public List<Outcome<Reply<GenlMessage>>> batch(List<GenlRequest> requests) {
    return exchangeAll(requests, new Replies<>(GenlMessage::new, requests.size()));
  }

  /**
   * Sends many requests at once, each of which has exactly one message as its answer, and decodes
   * them in place; otherwise as {@link #batch(List)}.
   *
   * @param <T> the type of the results
   * @param requests what to ask
   * @param reader decodes an answer; the message is valid only for the length of this call. What it
   *     throws is the outcome of that request, unless it is an {@link Error}
   * @return the outcomes in the order of the requests
   */
  public <T> List<Outcome<T>> batch(
      List<GenlRequest> requests, Function<? super GenlMessage, ? extends T> reader) {
    return exchangeAll(requests, new Values<>(GenlMessage::new, reader, requests.size()));
  }

  /**
   * Subscribes to multicast groups of a family.
   *
   * @param family the family
   * @param groups the names of the groups, at least one
   * @return the subscription, which must be closed
   * @throws IllegalArgumentException if no group is given
   * @throws FamilyNotFoundException if the family is not registered
   * @throws KernelException with ENOENT if the family has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public GenlSubscription subscribe(GenlFamily family, String... groups) throws NetlinkException {
    return subscribe(null, new Resolving(), family, groups);
  }

  /**
   * Subscribes to multicast groups of a family, and lists what there is: first the groups are
   * joined, then the list is dumped, then the notifications follow. After a {@link Event.Gap} it is
   * listed again.
   *
   * @param list dumps what the notifications are about
   * @param groups the names of the groups of the same family, at least one
   * @return the subscription, which must be closed
   * @throws IllegalArgumentException if no group is given
   * @throws FamilyNotFoundException if the family is not registered
   * @throws KernelException with ENOENT if the family has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public GenlSubscription subscribe(GenlRequest list, String... groups) throws NetlinkException {
    Resolving resolving = new Resolving();
    return subscribe(
        new Listing<>(
            engine,
            List.of(patience -> GenlEnvelope.of(list, families, resolving, patience)),
            GenlMessage::new),
        resolving,
        list.family(),
        groups);
  }

  /**
   * Opens a socket of one's own, for what the kernel ties to the socket that asked.
   *
   * @return the connection, which must be closed
   * @throws NetlinkException if the system refuses a socket
   */
  public GenlConnection connect() throws NetlinkException {
    OwnedConnection connection = engine.own(Purpose.REQUESTS, engine.settings().receiveBuffer());
    boolean opened = false;
    try {
      GenlConnection owned = new GenlConnection(this, connection, families, engine.settings());
      opened = true;
      return owned;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  /**
   * Closes all that was opened through it, dumps, subscriptions and connections too, and ends all
   * waits with a {@link ClosedException}; more than once does no harm.
   */
  @Override
  public void close() {
    engine.close();
    leak.clean();
  }

  private GenlEnvelope envelope(GenlRequest request) throws NetlinkException {
    return GenlEnvelope.of(request, families, null, timeout);
  }

  private GenlSubscription subscribe(
      @Nullable Listing<GenlMessage> listing,
      Resolving resolving,
      GenlFamily family,
      String... groups)
      throws NetlinkException {
    if (groups.length == 0) {
      throw new IllegalArgumentException("no group is given, so nothing would ever come");
    }
    List<String> names = List.of(groups);
    OwnedConnection connection =
        engine.own(Purpose.NOTIFICATIONS, engine.settings().receiveBuffer());
    boolean opened = false;
    try {
      Memberships memberships = new Memberships(connection, families, resolving, timeout);
      GenlSubscription subscription =
          new GenlSubscription(this, connection, memberships, listing, resolving);
      for (String group : names) {
        subscription.join(family, group);
      }
      opened = true;
      return subscription;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  private <T> List<Outcome<T>> exchangeAll(List<GenlRequest> requests, Batch.Results<T> results) {
    try {
      return Batch.run(engine, requests, this::envelope, results);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
