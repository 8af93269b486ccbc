package dev.jgenl.spec;

import dev.jgenl.GenlPolicy;
import dev.jgenl.Message;
import dev.jgenl.NetlinkException;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.PartlyDoneException;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.Request;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of values, and values of messages.
 *
 * @param operations what there is
 * @param port sends and receives
 */
record Caller<R extends Request<R>, M extends Message>(Operations operations, Port<R, M> port) {

  private static final NestValue NOTHING = NestValue.of(Map.of());
  private static final ByteBuffer NO_HEADER = ByteBuffer.allocate(0);

  Value request(DynamicRequest request) throws NetlinkException {
    Operation operation = operations.operation(request.operation());
    Call call = operations.doCall(operation);
    R made = make(request, operation, call);
    if (call.reply().isEmpty()) {
      // What was to be echoed: what was replaced comes before what replaces it.
      List<Value> told = reply(port.execute(made), operation).messages();
      return told.isEmpty() ? NOTHING : told.get(told.size() - 1);
    }
    return port.request(made, message -> answer(message, operation));
  }

  Reply<Value> execute(DynamicRequest request) throws NetlinkException {
    Operation operation = operations.operation(request.operation());
    return reply(port.execute(make(request, operation, operations.doCall(operation))), operation);
  }

  int requestInParts(DynamicRequest whole) throws NetlinkException {
    Operation operation = operations.operation(whole.operation());
    List<R> parts = new ArrayList<>();
    for (DynamicRequest part : parts(whole, operation)) {
      parts.add(make(part));
    }
    for (int done = 0; done < parts.size(); done++) {
      try {
        port.execute(parts.get(done));
      } catch (NetlinkException e) {
        throw done == 0 ? e : new PartlyDoneException(name(operation), done, parts.size(), e);
      }
    }
    return parts.size();
  }

  private List<DynamicRequest> parts(DynamicRequest whole, Operation operation) {
    if (operation.continuation().isEmpty() || !(whole.value() instanceof NestValue value)) {
      return List.of(whole);
    }
    Function<NestValue, DynamicRequest> request =
        part -> new DynamicRequest(whole.operation(), part, whole.flags());
    return RequestParts.of(
            value, operation.continuation().get(), part -> sent(request.apply(part), operation))
        .stream()
        .map(request)
        .toList();
  }

  /** Returns a request as it is read from what would be sent. */
  private NestValue sent(DynamicRequest request, Operation operation) {
    MessageCodec codec = operations.message(operation);
    byte[] header = codec.header((NestValue) request.value(), operations.order());
    return codec.read(
        ByteBuffer.wrap(header).order(operations.order()), attributes(request, operation), null);
  }

  DynamicDump dump(DynamicRequest request) throws NetlinkException {
    Operation operation = operations.operation(request.operation());
    return new DynamicDump(
        new DynamicDump.Source<>(
            name(operation),
            port.dump(make(request, operation, operations.dump(operation))),
            message -> answer(message, operation)),
        operation.continuation());
  }

  List<Outcome<Reply<Value>>> batch(List<DynamicRequest> requests) {
    @Nullable Outcome<Reply<Value>>[] outcomes = newOutcomes(requests.size());
    List<R> made = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      try {
        made.add(make(at(requests, i)));
        places.add(i);
      } catch (IllegalArgumentException e) {
        outcomes[i] = new Outcome.Failure<>(e);
      }
    }
    List<Outcome<Reply<M>>> sent = made.isEmpty() ? List.of() : port.batch(made);
    for (int i = 0; i < sent.size(); i++) {
      int place = places.get(i);
      outcomes[place] = read(sent.get(i), requests.get(place));
    }
    return Arrays.asList(outcomes);
  }

  private static DynamicRequest at(List<DynamicRequest> requests, int place) {
    return Objects.requireNonNull(requests.get(place), () -> "requests[" + place + "]");
  }

  List<Outcome<Reply<Value>>> transaction(List<DynamicRequest> requests) {
    if (!port.hasTransactions()) {
      throw new UnsupportedOperationException(
          operations.model().name() + " has no transactions: netfilter has");
    }
    List<R> made = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      try {
        made.add(make(at(requests, i)));
      } catch (IllegalArgumentException e) {
        return noneDone(requests, i, e);
      }
    }
    List<Outcome<Reply<M>>> sent = port.transaction(made);
    List<Outcome<Reply<Value>>> outcomes = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      outcomes.add(read(sent.get(i), requests.get(i)));
    }
    return outcomes;
  }

  private List<Outcome<Reply<Value>>> noneDone(
      List<DynamicRequest> requests, int wrong, IllegalArgumentException why) {
    List<Outcome<Reply<Value>>> outcomes = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      String what = operations.model().name() + " " + requests.get(i).operation();
      outcomes.add(
          new Outcome.Failure<>(
              i == wrong
                  ? why
                  : new NotDoneException(
                      what + ": not done, as none of the transaction: " + why.getMessage(), why)));
    }
    return outcomes;
  }

  DynamicSubscription subscribe(List<String> groups) throws NetlinkException {
    return new DynamicSubscription(
        new DynamicSubscription.Source<>(port.subscribe(groups), this::told, this::told));
  }

  DynamicSubscription subscribe(DynamicRequest list, List<String> groups) throws NetlinkException {
    Operation operation = operations.operation(list.operation());
    if (!list.flags().isEmpty()) {
      throw new IllegalArgumentException(
          name(operation) + ": a list takes no flags, but has " + new TreeSet<>(list.flags()));
    }
    R made = make(list, operation, operations.dump(operation));
    // What is wrong is told here, and not while it is listed.
    attributes(made);
    return new DynamicSubscription(
        new DynamicSubscription.Source<>(
            port.subscribe(made, groups),
            this::told,
            message -> new DynamicMessage(operation.name(), answer(message, operation))));
  }

  List<Finding> check(DynamicRequest request) {
    Operation operation = operations.operation(request.operation());
    Call call = anyCall(operation);
    return SpecCheck.run(operations.model(), operation, call, attributes(request, operation));
  }

  List<Finding> checkAgainstKernel(DynamicRequest request) throws NetlinkException {
    Operation operation = operations.operation(request.operation());
    int command = anyCall(operation).request().id();
    GenlPolicy policy = port.policy();
    return KernelCheck.run(
        policy,
        operation.doCall().isPresent() ? policy.ofDo(command) : policy.ofDump(command),
        attributes(request, operation),
        operations.message(operation).level(request.value()));
  }

  private Call anyCall(Operation operation) {
    return operation.doCall().isPresent()
        ? operations.doCall(operation)
        : operations.dump(operation);
  }

  /** Returns the attributes of a request as they would be sent. */
  private Attributes attributes(DynamicRequest request, Operation operation) {
    return attributes(make(request, operation, anyCall(operation)));
  }

  private Attributes attributes(R made) {
    MessageWriter writer =
        new MessageWriter(
            ByteBuffer.allocate(1024).order(operations.order()),
            n -> ByteBuffer.allocate(n).order(operations.order()));
    made.attributes().accept(writer.begin(0, 0, 0, 0, new byte[0]));
    writer.end();
    return Attributes.of(writer.buffer(), NetlinkConstants.NLMSG_HDRLEN, writer.length());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> @Nullable Outcome<T>[] newOutcomes(int count) {
    return new Outcome[count];
  }

  private R make(DynamicRequest request) {
    Operation operation = operations.operation(request.operation());
    return make(request, operation, operations.doCall(operation));
  }

  private R make(DynamicRequest request, Operation operation, Call call) {
    if (!(request.value() instanceof NestValue value)) {
      throw new InvalidValueException("names are wanted, not " + Values.describe(request.value()))
          .of(name(operation));
    }
    MessageCodec codec = operations.message(operation);
    try {
      byte[] header = codec.header(value, operations.order());
      return port.newRequest(
              call.request().id(),
              header,
              writer -> {
                try {
                  codec.writeAttributes(writer, value, null);
                } catch (InvalidValueException e) {
                  throw e.of(name(operation));
                }
              })
          .withFlags(RequestFlag.bits(request.flags()))
          .withNames(new SpecNames(operations.model().name(), operation.name(), codec, value));
    } catch (InvalidValueException e) {
      throw e.of(name(operation));
    }
  }

  /** Reads a message of whoever received it. */
  Value read(String operation, Message message) {
    if (!port.messageType().isInstance(message)) {
      throw new IllegalArgumentException(
          operations.model().name()
              + ": no "
              + port.messageType().getSimpleName()
              + ", but a "
              + message.getClass().getSimpleName());
    }
    return read(port.messageType().cast(message), operations.operation(operation));
  }

  private NestValue read(M message, Operation operation) {
    MessageCodec codec = operations.message(operation);
    int length = codec.headerLength();
    ByteBuffer header = length == 0 ? NO_HEADER : port.header(message, length);
    return codec.read(header, port.attributes(message, length), null);
  }

  /** Reads what came in answer, which with NLM_F_ECHO may tell of other things as well. */
  private NestValue answer(M message, Operation asked) {
    int id = port.id(message);
    @Nullable Operation told = operations.isReply(asked, id) ? null : operations.event(id);
    return read(message, told == null ? asked : told);
  }

  private Reply<Value> reply(Reply<M> reply, Operation operation) throws ProtocolException {
    List<Value> values = new ArrayList<>();
    try {
      for (M message : reply.messages()) {
        values.add(answer(message, operation));
      }
    } catch (MalformedMessageException e) {
      throw malformed(name(operation), e);
    }
    return new Reply<>(List.copyOf(values), reply.warning(), reply.value());
  }

  private Outcome<Reply<Value>> read(Outcome<Reply<M>> outcome, DynamicRequest request) {
    if (outcome instanceof Outcome.Success<Reply<M>> success) {
      try {
        return new Outcome.Success<>(
            reply(success.value(), operations.operation(request.operation())));
      } catch (ProtocolException | RuntimeException e) {
        return new Outcome.Failure<>(e);
      }
    }
    return new Outcome.Failure<>(((Outcome.Failure<Reply<M>>) outcome).cause());
  }

  private String name(Operation operation) {
    return operations.model().name() + " " + operation.name();
  }

  static ProtocolException malformed(String what, MalformedMessageException cause) {
    ProtocolException e = new ProtocolException(what + ": malformed answer: " + cause.getMessage());
    e.initCause(cause);
    return e;
  }

  private DynamicMessage told(M message) {
    int id = port.id(message);
    Operation operation = operations.event(id);
    return operation == null
        ? new DynamicMessage(Integer.toString(id), NOTHING)
        : new DynamicMessage(operation.name(), read(message, operation));
  }
}
