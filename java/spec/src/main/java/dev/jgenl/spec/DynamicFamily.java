package dev.jgenl.spec;

import dev.jgenl.Message;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.Request;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A family by the names of its spec.
 *
 * <p>Of a request to which the kernel says no, the exception names operation and attribute. Safe to
 * share between threads; lives as long as the {@link DynamicClient} that it is of.
 */
public final class DynamicFamily {

  private final Caller<?, ?> caller;

  DynamicFamily(Family model, Port<?, ?> port) {
    caller = caller(new Operations(model, ByteOrder.nativeOrder()), port);
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
    return caller.subscribe(List.of(groups));
  }

  /**
   * Subscribes, lists what there is, and lists again after each gap.
   *
   * @param list the dump that lists
   * @param groups their names
   * @return the subscription, which must be closed
   * @throws InvalidValueException as {@link #request}
   * @throws IllegalArgumentException as {@link #subscribe(String...)}, and if there is no such dump
   * @throws dev.jgenl.KernelException if the kernel has no such group, or refuses
   * @throws NetlinkException if a socket cannot be opened
   */
  public DynamicSubscription subscribe(DynamicRequest list, String... groups)
      throws NetlinkException {
    return caller.subscribe(list, List.of(groups));
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
