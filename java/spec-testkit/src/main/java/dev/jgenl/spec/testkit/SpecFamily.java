package dev.jgenl.spec.testkit;

import dev.jgenl.spec.Finding;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.SpecCodec;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.testkit.FakeAnswer;
import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakeFault;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakeRequest;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A family of a {@link FakeKernel} that answers by its spec. Scripts see the requests, and say the
 * answers, by name; what the spec does not allow the kernel refuses before, as a strict one does.
 *
 * <pre>{@code
 * FakeKernel kernel = new FakeKernel();
 * SpecFamily ethtool = SpecFamily.of(kernel, Specs.bundled().family("ethtool"));
 * ethtool.onRequest("rings-get", request -> Value.parse("{header: {dev-name: eth0}, rx: 512}"));
 * ethtool.refuse("rings-set", Errno.EINVAL, "requested ring size exceeds maximum", "rx");
 * try (DynamicClient client =
 *     DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.bundled(), kernel.sockets())) {
 *   Value eth0 = Value.parse("{header: {dev-name: eth0}}");
 *   System.out.println(client.family("ethtool").request("rings-get", eth0).at("rx").asLong());
 * }
 * }</pre>
 *
 * <p>It has the family's version, header, groups and privileges. Of operations without a script the
 * kernel has none: EOPNOTSUPP. Where values go in and out, those of a typed class do, too: {@code
 * request -> answer(new RingsGetRequest(request)).value()}.
 *
 * <p>Safe to share between threads.
 */
public final class SpecFamily {

  private static final NestValue NOTHING = (NestValue) Value.of(Map.of());

  private final SpecCodec codec;
  private final Side side;
  private final @Nullable FakeFamily family;
  private final OperationTable table;
  private final Map<String, SpecScript> dos = new ConcurrentHashMap<>();
  private final Map<String, SpecScript> dumps = new ConcurrentHashMap<>();

  private SpecFamily(SpecCodec codec, Side side, @Nullable FakeFamily family) {
    this.codec = codec;
    this.side = side;
    this.family = family;
    table = new OperationTable(codec.model());
    table.install(side);
  }

  /**
   * Adds a family to a kernel. One of another protocol than Generic Netlink is a part of {@link
   * FakeKernel#protocol}, as others may be. The controller, "nlctrl", is there already, and still
   * answers where no script does.
   *
   * @param kernel the kernel
   * @param model the family's spec
   * @return the family, for its scripts
   * @throws IllegalArgumentException if the kernel has a family of this name
   */
  public static SpecFamily of(FakeKernel kernel, Family model) {
    SpecCodec codec = SpecCodec.of(model, ByteOrder.nativeOrder());
    if (model.protocol() instanceof dev.jgenl.spec.model.Protocol.Generic generic) {
      FakeFamily controller = kernel.controller();
      boolean isController = generic.family().equals(controller.name());
      FakeFamily family = isController ? controller : kernel.family(generic.family());
      int header =
          model.operations().stream().mapToInt(o -> codec.headerLength(o.name())).max().orElse(0);
      if (!isController) {
        family.version(generic.version()).headerSize(header);
        model.groups().forEach(group -> family.group(group.name()));
      }
      return new SpecFamily(codec, new Side.Generic(family), family);
    }
    var protocol = kernel.protocol(((dev.jgenl.spec.model.Protocol.Raw) model.protocol()).number());
    model.groups().forEach(group -> group.id().ifPresent(protocol::group));
    return new SpecFamily(codec, new Side.Raw(protocol, model), null);
  }

  /**
   * Returns the spec.
   *
   * @return as it was given
   */
  public Family model() {
    return codec.model();
  }

  /**
   * Returns the family, for what has nothing to do with its messages, such as {@link
   * FakeKernel#unregister}.
   *
   * @return the family of the kernel
   * @throws IllegalStateException if it is a part of another protocol than Generic Netlink
   */
  public FakeFamily fake() {
    if (family == null) {
      throw new IllegalStateException(model().name() + " is no family of Generic Netlink");
    }
    return family;
  }

  SpecCodec codec() {
    return codec;
  }

  /**
   * Sets what answers an operation with one message.
   *
   * @param operation its name
   * @param answer makes the answer of the request; may throw a {@link Refusal}
   * @return this
   * @throws IllegalArgumentException if there is no such operation, it is no do, or its spec has no
   *     answer
   */
  public SpecFamily onRequest(
      String operation, Function<? super NestValue, ? extends Value> answer) {
    if (call(operation, false).reply().isEmpty()) {
      throw new IllegalArgumentException(name(operation) + " has no answer: write a script");
    }
    return onRequest(operation, (request, a) -> a.message(answer.apply(request.value())));
  }

  /**
   * Sets what an operation does. One of nftables that changes something does so in transactions.
   *
   * @param operation its name
   * @param script answers it
   * @return this
   * @throws IllegalArgumentException if there is no such operation, or it is no do
   */
  public SpecFamily onRequest(String operation, SpecScript script) {
    return on(operation, false, script);
  }

  /**
   * Sets what answers a dump.
   *
   * @param operation its name
   * @param answers makes the answers of the request; may throw a {@link Refusal}
   * @return this
   * @throws IllegalArgumentException if there is no such operation, or it is no dump
   */
  public SpecFamily onDump(
      String operation, Function<? super NestValue, ? extends Iterable<? extends Value>> answers) {
    return onDump(operation, (request, a) -> a.messages(answers.apply(request.value())));
  }

  /**
   * Sets what a dump does, whose end is sent by itself.
   *
   * @param operation its name
   * @param script answers it
   * @return this
   * @throws IllegalArgumentException if there is no such operation, or it is no dump
   */
  public SpecFamily onDump(String operation, SpecScript script) {
    return on(operation, true, script);
  }

  /**
   * Has all requests of an operation refused, be it asked as a do or a dump.
   *
   * @param operation its name
   * @param errno the number of the error
   * @param text of the extended ACK; empty for none
   * @param path the names that lead to the attribute at fault, with points between; empty if it is
   *     none. One that the request does not have is said to be missing
   * @return this
   * @throws IllegalArgumentException if there is no such operation, or it cannot be asked
   */
  public SpecFamily refuse(String operation, Errno errno, String text, String path) {
    SpecScript refusal = (request, answer) -> answer.refuse(errno, text, path);
    Operation known = codec.operation(operation);
    if (known.dump().isPresent()) {
      on(operation, true, refusal);
    }
    return known.doCall().isPresent() || known.dump().isEmpty()
        ? on(operation, false, refusal)
        : this;
  }

  private SpecFamily on(String operation, boolean dump, SpecScript script) {
    Call call = call(operation, dump);
    scripts(dump).put(operation, script);
    side.script(call, dump, codec.headerLength(operation), this::answer);
    return this;
  }

  private Call call(String operation, boolean dump) {
    Operation known = codec.operation(operation);
    return OperationTable.call(known, dump)
        .orElseThrow(() -> new IllegalArgumentException(name(operation) + " is no " + kind(dump)));
  }

  private String name(String operation) {
    return model().name() + " " + operation;
  }

  private static String kind(boolean dump) {
    return dump ? "dump" : "do";
  }

  private Map<String, SpecScript> scripts(boolean dump) {
    return dump ? dumps : dos;
  }

  private void answer(FakeRequest fake, FakeAnswer fakeAnswer) {
    SpecRequest request = request(fake);
    SpecScript script = scripts(fake.isDump()).get(request.operation());
    if (script == null) {
      // Another operation that bears this number has one.
      fakeAnswer.refuse(Errno.EOPNOTSUPP.number());
      return;
    }
    Call call = call(request.operation(), fake.isDump());
    SpecAnswer answer = new SpecAnswer(this, side, call, request, fakeAnswer);
    try {
      script.run(request, answer);
    } catch (Refusal refusal) {
      answer.refuse(refusal.errno(), refusal.text(), refusal.path());
    }
  }

  // What was asked.

  /**
   * Returns the requests to this family, among those of {@link FakeKernel#requests()}, also those
   * that were refused.
   *
   * @return the oldest first
   */
  public List<SpecRequest> requests() {
    return side.requests().stream()
        .filter(r -> family != null || table.knows(side.id(r)))
        .map(this::request)
        .toList();
  }

  /**
   * Returns the requests that the spec does not allow, which the kernel refused: so a test can
   * assert that there are none.
   *
   * @return the oldest first
   */
  public List<SpecRequest> faulty() {
    return requests().stream().filter(r -> r.fault().isPresent()).toList();
  }

  private SpecRequest request(FakeRequest fake) {
    int id = side.id(fake);
    for (Operation operation : table.operations(id, fake.isDump())) {
      SpecRequest request = request(operation, fake);
      if (table.isFor(operation, fake.isDump(), request.value())) {
        return request;
      }
    }
    return new SpecRequest(
        Integer.toString(id),
        NOTHING,
        Optional.of(new Finding("", "the spec has no such " + kind(fake.isDump()))),
        fake);
  }

  private SpecRequest request(Operation operation, FakeRequest fake) {
    String name = operation.name();
    NestValue value = NOTHING;
    Optional<Finding> fault = Optional.empty();
    try {
      ByteBuffer header = ByteBuffer.wrap(fake.header()).order(ByteOrder.nativeOrder());
      // What no script is for has no header.
      if (header.capacity() >= codec.headerLength(name)) {
        fault = side.fault(fake).map(f -> finding(name, NOTHING, f));
        value = codec.read(name, header, fake.attributes());
        NestValue read = value;
        fault = side.fault(fake).map(f -> finding(name, read, f));
      }
    } catch (IndexOutOfBoundsException e) {
      fault = Optional.of(new Finding("", "Invalid header length"));
    } catch (MalformedMessageException e) {
      // It is a fault that is known by now.
    }
    return new SpecRequest(name, value, fault, fake);
  }

  private Finding finding(String operation, NestValue value, FakeFault fault) {
    return new Finding(String.join(".", codec.names(operation, value, fault.path())), fault.text());
  }

  // What is told.

  /**
   * Notifies the members of the group that the spec names for it.
   *
   * @param notification the name of the operation
   * @param value what is told
   * @throws dev.jgenl.spec.InvalidValueException if the spec does not know a name in it, or wants
   *     something else there
   * @throws IllegalArgumentException if there is no such operation, the kernel does not tell it by
   *     itself, or the spec does not say which group it is for
   */
  public void notify(String notification, Value value) {
    notify(notification, group(notification), value);
  }

  /**
   * Notifies the members of a group.
   *
   * @param notification the name of the operation
   * @param group the name of the group
   * @param value what is told
   * @throws dev.jgenl.spec.InvalidValueException if the spec does not know a name in it, or wants
   *     something else there
   * @throws IllegalArgumentException if there is no such operation, the kernel does not tell it by
   *     itself, or there is no such group
   */
  public void notify(String notification, String group, Value value) {
    side.notify(group, event(notification, value)::send);
  }

  String group(String notification) {
    Operation operation = codec.operation(notification);
    return operation
        .group()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name(notification) + ": the spec does not say which group it is for"));
  }

  Encoded event(String notification, Value value) {
    Layout event =
        codec
            .operation(notification)
            .event()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name(notification) + " is nothing that the kernel tells by itself"));
    return new Encoded(codec, notification, event.id(), value);
  }

  /** Names the family. */
  @Override
  public String toString() {
    return model().name() + " by its spec";
  }
}
