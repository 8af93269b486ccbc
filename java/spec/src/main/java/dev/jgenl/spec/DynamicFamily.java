package dev.jgenl.spec;

import dev.jgenl.Genl;
import dev.jgenl.Message;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.Request;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * A family by the names of its spec.
 *
 * <p>Of a request to which the kernel says no, the exception names operation and attribute. Safe to
 * share between threads; lives as long as the {@link DynamicClient} or what else it is of.
 */
public final class DynamicFamily {

  private final Caller<?, ?> caller;

  private DynamicFamily(Family model, Port<?, ?> port) {
    caller = caller(new Operations(model, ByteOrder.nativeOrder()), port);
  }

  /**
   * Borrows a client of Generic Netlink.
   *
   * @param model what is known of the family
   * @param genl has to be open as long as the family is used
   * @return the family
   * @throws IllegalArgumentException if the model is of another protocol
   * @throws dev.jgenl.FamilyNotFoundException if the kernel does not have the family
   * @throws NetlinkException if the kernel cannot be asked
   */
  public static DynamicFamily of(Family model, Genl genl) throws NetlinkException {
    if (!(model.protocol() instanceof Protocol.Generic generic)) {
      throw new IllegalArgumentException(model.name() + " is none of Generic Netlink");
    }
    return new DynamicFamily(model, new GenericPort(genl, genl.family(generic.family())));
  }

  /**
   * Borrows a client of another protocol.
   *
   * @param model what is known of the family
   * @param netlink has to be open as long as the family is used
   * @return the family
   * @throws IllegalArgumentException if the model is one of Generic Netlink, or of another protocol
   *     than the client
   */
  public static DynamicFamily of(Family model, Netlink netlink) {
    if (!(model.protocol() instanceof Protocol.Raw raw)) {
      throw new IllegalArgumentException(model.name() + " is one of Generic Netlink");
    } else if (raw.number() != netlink.protocol()) {
      throw new IllegalArgumentException(
          model.name()
              + " is of protocol "
              + raw.number()
              + ", and the client speaks "
              + netlink.protocol());
    }
    return new DynamicFamily(model, new RawPort(netlink, model));
  }

  private static <R extends Request<R>, M extends Message> Caller<R, M> caller(
      Operations operations, Port<R, M> port) {
    return new Caller<>(operations, port);
  }

  /**
   * Returns what is known of the family.
   *
   * @return its model
   */
  public Family model() {
    return caller.operations().model();
  }

  /**
   * Returns an operation.
   *
   * @param name its name
   * @return what is known of it
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public Operation operation(String name) {
    return caller.operations().operation(name);
  }

  /**
   * Asks for one thing, or has something changed, and waits.
   *
   * @param operation its name
   * @param value what it asks for; see {@link Value}
   * @param flags of the header
   * @return the answer; without names if the operation has none but an acknowledgement. With {@link
   *     RequestFlag#ECHO} the last thing that was done: {@link #execute} has all
   * @throws InvalidValueException if the spec does not know a name in the value, or wants something
   *     else there
   * @throws IllegalArgumentException if there is no such operation, or it is no do
   * @throws dev.jgenl.KernelException if the kernel refuses
   * @throws NetlinkException if no answer comes, or what comes is malformed
   */
  public Value request(String operation, Value value, RequestFlag... flags)
      throws NetlinkException {
    return caller.request(DynamicRequest.of(operation, value, flags));
  }

  /**
   * The same, with any number of answers.
   *
   * @param operation its name
   * @param value what it asks for
   * @param flags of the header
   * @return the answers, and a warning if there was one
   * @throws InvalidValueException as {@link #request}
   * @throws IllegalArgumentException as {@link #request}
   * @throws dev.jgenl.KernelException if the kernel refuses
   * @throws NetlinkException if no answer comes, or what comes is malformed
   */
  public Reply<Value> execute(String operation, Value value, RequestFlag... flags)
      throws NetlinkException {
    return caller.execute(DynamicRequest.of(operation, value, flags));
  }

  /**
   * Has something changed that may not fit into one message, such as the 5,000 allowed addresses of
   * a peer of WireGuard. If an attribute would be longer than the 65,535 bytes that it can be, the
   * longest lists are cut, and sent in as many requests as it needs, one after the other: the first
   * has all else, the others the attributes by which the kernel knows that they go on. That is not
   * atomic: others see, and change, what is half done. Flags that hold for each part, such as
   * {@code WGPEER_F_UPDATE_ONLY}, are in each.
   *
   * @param operation its name
   * @param value what it asks for
   * @param flags of the header
   * @return how many requests it took; 1 if it fits, or the spec does not say how it goes on
   * @throws InvalidValueException as {@link #request}, also if what is too long is no list; nothing
   *     has been sent
   * @throws IllegalArgumentException as {@link #request}
   * @throws dev.jgenl.PartlyDoneException if a request was refused or not answered, and others were
   *     done before
   * @throws dev.jgenl.KernelException if the kernel refuses the first
   * @throws NetlinkException if no answer to the first comes
   */
  public int requestInParts(String operation, Value value, RequestFlag... flags)
      throws NetlinkException {
    return caller.requestInParts(DynamicRequest.of(operation, value, flags));
  }

  /**
   * Asks for many things.
   *
   * @param operation its name
   * @param value what it asks for
   * @return the answers, which have to be closed unless they are read to their end
   * @throws InvalidValueException as {@link #request}
   * @throws IllegalArgumentException if there is no such operation, or it is no dump
   * @throws NetlinkException if it cannot be sent
   */
  public DynamicDump dump(String operation, Value value) throws NetlinkException {
    return caller.dump(DynamicRequest.of(operation, value));
  }

  /**
   * Sends many requests at once, each with an outcome of its own whatever becomes of the others.
   *
   * @param requests what to ask
   * @return the outcomes in the order of the requests
   */
  public List<Outcome<Reply<Value>>> batch(List<DynamicRequest> requests) {
    return caller.batch(requests);
  }

  /**
   * Has many requests done together, all of them or none: see {@link
   * dev.jgenl.netlink.Netlink#transaction}. If a request cannot be sent, nothing is: its outcome is
   * what {@link #request} would throw, that of all others a {@link dev.jgenl.NotDoneException}.
   *
   * @param requests what to do, at least one request
   * @return the outcomes in the order of the requests
   * @throws IllegalArgumentException if there is no request
   * @throws UnsupportedOperationException if the family is none of netfilter
   */
  public List<Outcome<Reply<Value>>> transaction(List<DynamicRequest> requests) {
    return caller.transaction(requests);
  }

  /**
   * Subscribes to multicast groups.
   *
   * @param groups their names
   * @return the subscription, which must be closed
   * @throws IllegalArgumentException if it is a protocol of its own, whose groups are in the spec,
   *     and there is no such group
   * @throws dev.jgenl.KernelException if the kernel has no such group, or refuses
   * @throws NetlinkException if a socket cannot be opened
   */
  public DynamicSubscription subscribe(String... groups) throws NetlinkException {
    return caller.subscribe(named(groups));
  }

  private static List<String> named(String... groups) {
    for (String group : groups) {
      Objects.requireNonNull(group, "group");
    }
    return List.of(groups);
  }

  /**
   * Subscribes, lists what there is, and lists again after each gap.
   *
   * @param list the dump that lists
   * @param groups their names
   * @return the subscription, which must be closed
   * @throws InvalidValueException as {@link #request}
   * @throws IllegalArgumentException as {@link #subscribe(String...)}, if there is no such dump,
   *     and if the request has flags, which a list does not take
   * @throws dev.jgenl.KernelException if the kernel has no such group, or refuses
   * @throws NetlinkException if a socket cannot be opened
   */
  public DynamicSubscription subscribe(DynamicRequest list, String... groups)
      throws NetlinkException {
    return caller.subscribe(list, named(groups));
  }

  /**
   * Reads a message that was received by {@link dev.jgenl.Genl} or {@link
   * dev.jgenl.netlink.Netlink}.
   *
   * @param operation what it is an answer to, or tells of
   * @param message the message, of this family
   * @return what it says
   * @throws IllegalArgumentException if there is no such operation, or the message is of the other
   *     kind
   * @throws dev.jgenl.wire.MalformedMessageException if it is malformed
   */
  public Value read(String operation, Message message) {
    return caller.read(operation, message);
  }

  /**
   * Compares a request with what the spec says of bounds, lengths and attributes that the operation
   * takes. Nothing is sent: the kernel may be older or newer than the spec, and has the last word.
   *
   * @param request a do, or a dump where the operation is no do
   * @return what would be wrong; perhaps nothing
   * @throws InvalidValueException as {@link #request}
   */
  public List<Finding> check(DynamicRequest request) {
    return caller.check(request);
  }

  /**
   * Compares a request with the policy of the running kernel: names what it does not know, which
   * many families ignore without a word, and what it would refuse. The request is not sent.
   *
   * @param request a do, or a dump where the operation is no do
   * @return what would be wrong; nothing if the kernel does not tell a policy of the operation
   * @throws InvalidValueException as {@link #request}
   * @throws UnsupportedOperationException if the family is none of Generic Netlink
   * @throws NetlinkException if the kernel cannot be asked
   */
  public List<Finding> checkAgainstKernel(DynamicRequest request) throws NetlinkException {
    return caller.checkAgainstKernel(request);
  }

  @Override
  public String toString() {
    return model().name();
  }
}
