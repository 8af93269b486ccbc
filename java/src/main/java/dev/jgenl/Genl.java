package dev.jgenl;

import dev.jgenl.internal.LibnlTransport;
import dev.jgenl.internal.Transport;
import dev.jgenl.internal.TransportException;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MalformedMessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entry point to Generic Netlink: finds families, sends requests, starts dumps and
 * subscriptions.
 *
 * <p>Safe to share between threads: a request socket is opened for each thread that waits at the
 * same time, up to 32; dumps and subscriptions have sockets of their own. Sockets belong to the
 * network namespace of the thread that opens them. Must be closed, which ends the waits of all
 * threads.
 */
public final class Genl implements AutoCloseable {

  private final Transport.Factory transports;
  private final GenlOptions options;
  private final FamilyWatch watch;
  private final RequestSockets sockets;
  private final DumpSockets dumpSockets;
  private final Families families;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private Genl(Transport.Factory transports, GenlOptions options, FamilyWatch watch) {
    this.transports = transports;
    this.options = options;
    this.watch = watch;
    sockets = new RequestSockets(transports, options.timeout());
    dumpSockets = new DumpSockets(transports);
    families = new Families(watch, sockets);
  }

  /**
   * Opens with {@link GenlOptions#DEFAULTS}.
   *
   * @return an open instance
   * @throws KernelException if the system refuses a socket
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Genl open() throws NetlinkException {
    return open(GenlOptions.DEFAULTS);
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
  public static Genl open(GenlOptions options) throws NetlinkException {
    return open(options, LibnlTransport::open, FamilyWatch.KERNEL);
  }

  /**
   * Opens on another transport than the kernel's sockets; for the testkit, since the type of the
   * second parameter is not exported.
   *
   * @param options how it behaves
   * @param transports opens the transports
   * @return an open instance
   * @throws NetlinkException if the first transport cannot be opened
   */
  @SuppressWarnings("exports")
  public static Genl open(GenlOptions options, Transport.Factory transports)
      throws NetlinkException {
    return open(options, transports, new FamilyWatch(transports, Duration.ZERO));
  }

  private static Genl open(GenlOptions options, Transport.Factory transports, FamilyWatch watch)
      throws NetlinkException {
    Genl genl = new Genl(transports, options, watch);
    watch.enter();
    try {
      // A machine that cannot do it says so now and not at the first request.
      genl.sockets.give(genl.sockets.take());
      return genl;
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
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
    if (!open.get()) {
      throw Failures.closed();
    }
    return families.resolve(name);
  }

  /**
   * Asks the kernel for all families that are registered.
   *
   * @return the families in the order of their numbers
   * @throws NetlinkException if the dump fails
   */
  public List<GenlFamily> families() throws NetlinkException {
    List<GenlFamily> all = new ArrayList<>();
    try (Dump dump = dump(GenlRequest.of(Controller.NLCTRL, Controller.CMD_GETFAMILY))) {
      for (GenlMessage m : dump.toList()) {
        all.add(Controller.family(m.attributes()));
      }
      return all;
    } catch (MalformedMessageException e) {
      throw Failures.malformed(e);
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
    if (!family.hasPolicy()) {
      return new GenlPolicy(Map.of(), Map.of());
    }
    try (Dump dump = dump(Controller.policyRequest(current(family)))) {
      return Controller.policy(dump.toList());
    } catch (MalformedMessageException e) {
      throw Failures.malformed(e);
    }
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
    GenlFamily family = current(request.family());
    RequestSocket socket = sockets.take();
    try {
      socket.exchange(request, family);
      return reader.apply(socket.answer(family.headerSize()));
    } catch (MalformedMessageException e) {
      throw Failures.malformed(e);
    } finally {
      sockets.give(socket);
    }
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
  public GenlReply execute(GenlRequest request) throws NetlinkException {
    GenlFamily family = current(request.family());
    RequestSocket socket = sockets.take();
    try {
      ExtendedAck warning = socket.exchange(request, family);
      return new GenlReply(socket.answers(family.headerSize()), warning);
    } catch (MalformedMessageException e) {
      throw Failures.malformed(e);
    } finally {
      sockets.give(socket);
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
  public Dump dump(GenlFamily family, int command) throws NetlinkException {
    return dump(GenlRequest.of(family, command));
  }

  /**
   * Starts a dump.
   *
   * @param request what to ask; a dump is never acknowledged
   * @return the dump, which must be closed
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump dump(GenlRequest request) throws NetlinkException {
    return new Dump(this, dumpSockets, request);
  }

  /**
   * Sends many requests at once and reads their answers as they come: quicker than one after the
   * other. Each has an outcome of its own. They are done in their order, a window of them at a
   * time; if the connection fails, by a timeout say, that is the outcome of all that had none yet.
   *
   * @param requests what to ask
   * @return the outcomes in the order of the requests
   * @throws IllegalArgumentException if attributes cannot be written; windows before that one have
   *     been sent
   * @throws NetlinkException if there is no connection to begin with
   */
  public List<Outcome<GenlReply>> batch(List<GenlRequest> requests) throws NetlinkException {
    return exchangeAll(requests, new Batch.Replies(requests.size()));
  }

  /**
   * Sends many requests at once, each of which has exactly one message as its answer, and decodes
   * them in place; otherwise as {@link #batch(List)}.
   *
   * @param <T> the type of the results
   * @param requests what to ask
   * @param reader decodes an answer; the message is valid only for the length of this call
   * @return the outcomes in the order of the requests
   * @throws IllegalArgumentException if attributes cannot be written; windows before that one have
   *     been sent
   * @throws NetlinkException if there is no connection to begin with
   */
  public <T> List<Outcome<T>> batch(
      List<GenlRequest> requests, Function<? super GenlMessage, ? extends T> reader)
      throws NetlinkException {
    return exchangeAll(requests, new Batch.Values<>(requests.size(), reader));
  }

  /**
   * Subscribes to multicast groups of a family.
   *
   * @param family the family
   * @param groups the names of the groups, at least one
   * @return the subscription, which must be closed
   * @throws KernelException with ENOENT if the family has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public Subscription subscribe(GenlFamily family, String... groups) throws NetlinkException {
    return new Subscription(this, family, List.of(groups), null);
  }

  /**
   * Subscribes to multicast groups of a family, and lists what there is: first the groups are
   * joined, then the list is dumped, then the notifications follow. After a {@link
   * Subscription.Gap} it is listed again.
   *
   * @param list dumps what the notifications are about
   * @param groups the names of the groups of the same family, at least one
   * @return the subscription, which must be closed
   * @throws KernelException with ENOENT if the family has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public Subscription subscribe(GenlRequest list, String... groups) throws NetlinkException {
    return new Subscription(this, list.family(), List.of(groups), list);
  }

  /**
   * Closes all request sockets and ends the waits for answers; more than once does no harm. Dumps
   * under way and subscriptions are closed by their owners.
   */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      sockets.close();
      dumpSockets.close();
      watch.exit();
    }
  }

  Transport openTransport(Transport.Purpose purpose) throws NetlinkException {
    if (!open.get()) {
      throw Failures.closed();
    }
    return openTransport(transports, purpose);
  }

  static Transport openTransport(Transport.Factory transports, Transport.Purpose purpose)
      throws NetlinkException {
    try {
      return transports.open(purpose);
    } catch (TransportException e) {
      throw Failures.system("open a netlink socket", e.errno());
    }
  }

  /** Returns the family as it is now. */
  GenlFamily current(GenlFamily family) throws NetlinkException {
    return families.current(family);
  }

  int resolveGroup(String family, String group) throws NetlinkException {
    RequestSocket socket = sockets.take();
    try {
      return socket.resolveGroup(family, group);
    } finally {
      sockets.give(socket);
    }
  }

  FamilyWatch watch() {
    return watch;
  }

  GenlOptions options() {
    return options;
  }

  private <T> List<Outcome<T>> exchangeAll(List<GenlRequest> requests, Batch.Answers<T> answers)
      throws NetlinkException {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<GenlFamily> now = new ArrayList<>(requests.size());
    @Nullable GenlFamily asked = null;
    @Nullable GenlFamily found = null;
    for (GenlRequest r : requests) {
      // Mostly all are of one family, which then is looked up once.
      if (found == null || r.family() != asked) {
        asked = r.family();
        found = current(asked);
      }
      now.add(found);
    }
    RequestSocket socket = sockets.take();
    try {
      return socket.exchangeAll(requests, now, options.receiveBuffer(), answers);
    } finally {
      sockets.give(socket);
    }
  }
}
