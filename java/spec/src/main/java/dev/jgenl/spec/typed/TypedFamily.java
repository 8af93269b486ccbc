package dev.jgenl.spec.typed;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What generated clients are made of: a {@link DynamicFamily} whose values are viewed by methods.
 *
 * <p>Safe to share between threads. Must be closed, which ends the waits of all threads; one that
 * borrows what it is made of closes nothing.
 */
public final class TypedFamily implements AutoCloseable {

  private final DynamicFamily family;

  /** What closes with this; null if it is borrowed. */
  private final @Nullable DynamicClient owned;

  private TypedFamily(DynamicFamily family, @Nullable DynamicClient owned) {
    this.family = family;
    this.owned = owned;
  }

  /**
   * Opens.
   *
   * @param options time limits and the like
   * @param model what is known of the family
   * @return an open instance
   * @throws dev.jgenl.FamilyNotFoundException if the kernel does not have the family
   * @throws NetlinkException if a socket cannot be opened, or the kernel cannot be asked
   */
  public static TypedFamily open(NetlinkOptions options, Family model) throws NetlinkException {
    DynamicClient client = DynamicClient.open(options, Specs.of(model));
    try {
      return new TypedFamily(client.family(model.name()), client);
    } catch (NetlinkException | RuntimeException | Error e) {
      client.close();
      throw e;
    }
  }

  /**
   * Borrows a client of Generic Netlink.
   *
   * @param genl stays open when this is closed
   * @param model what is known of the family
   * @return an instance that needs no closing
   * @throws IllegalArgumentException if the family is none of Generic Netlink
   * @throws dev.jgenl.FamilyNotFoundException if the kernel does not have the family
   * @throws NetlinkException if the kernel cannot be asked
   */
  public static TypedFamily of(Genl genl, Family model) throws NetlinkException {
    return new TypedFamily(DynamicFamily.of(model, genl), null);
  }

  /**
   * Borrows a client of another protocol.
   *
   * @param netlink stays open when this is closed
   * @param model what is known of the family
   * @return an instance that needs no closing
   * @throws IllegalArgumentException if the family is not of this protocol
   */
  public static TypedFamily of(Netlink netlink, Family model) {
    return new TypedFamily(DynamicFamily.of(model, netlink), null);
  }

  /**
   * Returns the model that lies beside a class, where the compiler of specs puts it.
   *
   * @param anchor of the jar or module that has the model
   * @param name of the spec
   * @return its model, read once
   * @throws java.io.UncheckedIOException if there is none, or it cannot be read
   */
  public static Family model(Class<?> anchor, String name) {
    return BundledModels.family(anchor, name);
  }

  /**
   * Returns the same by names, for what no class has.
   *
   * @return the family, which lives as long as this
   */
  public DynamicFamily dynamic() {
    return family;
  }

  /**
   * Asks for one thing, or has something changed, and waits.
   *
   * @param <R> what answers
   * @param request what to ask
   * @return the answer; see {@link DynamicFamily#request}
   * @throws dev.jgenl.spec.InvalidValueException if a value is not what the spec wants
   * @throws dev.jgenl.KernelException if the kernel refuses
   * @throws NetlinkException if no answer comes, or what comes is malformed
   */
  public <R extends TypedValue> R request(TypedRequest<R> request) throws NetlinkException {
    return request.reply(
        (NestValue)
            family.request(request.operationName(), request.toValue(), request.flagArray()));
  }

  /**
   * The same, with any number of answers.
   *
   * @param <R> what answers
   * @param request what to ask
   * @return the answers, and a warning if there was one
   * @throws dev.jgenl.spec.InvalidValueException as {@link #request}
   * @throws dev.jgenl.KernelException if the kernel refuses
   * @throws NetlinkException if no answer comes, or what comes is malformed
   */
  public <R extends TypedValue> Reply<R> execute(TypedRequest<R> request) throws NetlinkException {
    return reply(
        family.execute(request.operationName(), request.toValue(), request.flagArray()), request);
  }

  private static <R extends TypedValue> Reply<R> reply(
      Reply<Value> reply, TypedRequest<? extends R> request) {
    List<R> messages = new ArrayList<>();
    for (Value message : reply.messages()) {
      messages.add(request.reply((NestValue) message));
    }
    return new Reply<>(messages, reply.warning(), reply.value());
  }

  /**
   * Has something changed that may not fit into one message: see {@link
   * DynamicFamily#requestInParts}.
   *
   * @param request what to ask
   * @return how many messages it took
   * @throws dev.jgenl.spec.InvalidValueException as {@link #request}; nothing has been sent
   * @throws dev.jgenl.PartlyDoneException if a part was refused or not answered, and others were
   *     done before
   * @throws dev.jgenl.KernelException if the kernel refuses the first
   * @throws NetlinkException if no answer to the first comes
   */
  public int requestInParts(TypedRequest<?> request) throws NetlinkException {
    return family.requestInParts(request.operationName(), request.toValue(), request.flagArray());
  }

  /**
   * Asks for many things.
   *
   * @param <R> what answers
   * @param request what to ask
   * @return the answers, which have to be closed unless they are read to their end
   * @throws dev.jgenl.spec.InvalidValueException as {@link #request}
   * @throws NetlinkException if it cannot be sent
   */
  public <R> TypedDump<R> dump(TypedDumpRequest<R> request) throws NetlinkException {
    DynamicRequest dump = request.toRequest();
    return new TypedDump<>(family.dump(dump.operation(), dump.value()), request::reply);
  }

  /**
   * Sends many requests at once, each with an outcome of its own whatever becomes of the others.
   *
   * @param <R> what all answers are
   * @param requests what to ask
   * @return the outcomes in the order of the requests
   */
  public <R extends TypedValue> List<Outcome<Reply<R>>> batch(
      List<? extends TypedRequest<? extends R>> requests) {
    return outcomes(family.batch(dynamic(requests)), requests);
  }

  /**
   * Has many requests done together, all of them or none: see {@link DynamicFamily#transaction}.
   *
   * @param <R> what all answers are
   * @param requests what to do, at least one request
   * @return the outcomes in the order of the requests
   * @throws IllegalArgumentException if there is no request
   * @throws UnsupportedOperationException if the family is none of netfilter
   */
  public <R extends TypedValue> List<Outcome<Reply<R>>> transaction(
      List<? extends TypedRequest<? extends R>> requests) {
    return outcomes(family.transaction(dynamic(requests)), requests);
  }

  private static List<DynamicRequest> dynamic(List<? extends TypedRequest<?>> requests) {
    List<DynamicRequest> dynamic = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      int place = i;
      dynamic.add(
          Objects.requireNonNull(requests.get(i), () -> "requests[" + place + "]").toRequest());
    }
    return dynamic;
  }

  private static <R extends TypedValue> List<Outcome<Reply<R>>> outcomes(
      List<Outcome<Reply<Value>>> outcomes, List<? extends TypedRequest<? extends R>> requests) {
    List<Outcome<Reply<R>>> typed = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      typed.add(
          outcomes.get(i) instanceof Outcome.Success<Reply<Value>> success
              ? new Outcome.Success<>(reply(success.value(), requests.get(i)))
              : new Outcome.Failure<>(((Outcome.Failure<Reply<Value>>) outcomes.get(i)).cause()));
    }
    return typed;
  }

  /**
   * Subscribes to multicast groups.
   *
   * @param <N> what is told
   * @param told views it
   * @param groups their names
   * @return the subscription, which must be closed
   * @throws dev.jgenl.KernelException if the kernel has no such group, or refuses
   * @throws NetlinkException if a socket cannot be opened
   */
  public <N> TypedSubscription<N> subscribe(
      Function<DynamicMessage, ? extends N> told, String... groups) throws NetlinkException {
    return new TypedSubscription<>(family.subscribe(groups), told, told);
  }

  /**
   * Subscribes, lists what there is, and lists again after each gap.
   *
   * @param <N> what is told and listed
   * @param list what lists
   * @param told views what is told
   * @param groups their names
   * @return the subscription, which must be closed
   * @throws dev.jgenl.spec.InvalidValueException as {@link #request}
   * @throws dev.jgenl.KernelException if the kernel has no such group, or refuses
   * @throws NetlinkException if a socket cannot be opened
   */
  public <N> TypedSubscription<N> subscribe(
      TypedDumpRequest<? extends N> list,
      Function<DynamicMessage, ? extends N> told,
      String... groups)
      throws NetlinkException {
    return new TypedSubscription<>(
        family.subscribe(list.toRequest(), groups),
        told,
        entry -> list.reply((NestValue) entry.value()));
  }

  /** Closes what was opened with it. More than once does no harm. */
  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }

  @Override
  public String toString() {
    return family.toString();
  }
}
