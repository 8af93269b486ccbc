package dev.jgenl.spec;

import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The operations of a family by name, its notifications by number, and their codec. */
final class Operations {

  private final Family model;
  private final ByteOrder order;
  private final Map<String, Operation> byName = new LinkedHashMap<>();
  private final Map<Integer, Operation> events = new HashMap<>();
  private final Map<Integer, Operation> requests = new HashMap<>();
  private final Map<String, MessageCodec> messages = new ConcurrentHashMap<>();

  /** Made for the first message. */
  private @Nullable FamilyCodec codec;

  Operations(Family model, ByteOrder order) {
    this.model = model;
    this.order = order;
    for (Operation operation : model.operations()) {
      byName.put(operation.name(), operation);
    }
    // What says itself that it is told goes before replies of the same number.
    for (Operation operation : model.operations()) {
      if (operation.event().isPresent()) {
        events.putIfAbsent(operation.event().get().id(), operation);
      }
    }
    for (Operation operation : model.operations()) {
      List<Call> calls = calls(operation);
      if (!calls.isEmpty() && calls.get(0).reply().isPresent()) {
        events.putIfAbsent(calls.get(0).reply().get().id(), operation);
      }
      for (Call call : calls) {
        requests.putIfAbsent(call.request().id(), operation);
      }
    }
  }

  private static List<Call> calls(Operation operation) {
    List<Call> calls = new ArrayList<>(2);
    if (operation.doCall().isPresent()) {
      calls.add(operation.doCall().get());
    }
    if (operation.dump().isPresent()) {
      calls.add(operation.dump().get());
    }
    return calls;
  }

  Family model() {
    return model;
  }

  ByteOrder order() {
    return order;
  }

  Operation operation(String name) {
    Operation operation = byName.get(name);
    if (operation == null) {
      throw new IllegalArgumentException(
          model.name() + ": " + Names.printable("operation", name, List.copyOf(byName.keySet())));
    }
    return operation;
  }

  Call doCall(Operation operation) {
    return require(operation, operation.doCall(), "do", operation.dump().isPresent());
  }

  Call dump(Operation operation) {
    return require(operation, operation.dump(), "dump", operation.doCall().isPresent());
  }

  private Call require(Operation operation, Optional<Call> call, String kind, boolean hasOther) {
    if (call.isEmpty()) {
      throw new IllegalArgumentException(
          model.name()
              + " "
              + operation.name()
              + ": it is no "
              + kind
              + ", but "
              + (hasOther ? kind.equals("do") ? "a dump" : "a do" : "told by the kernel"));
    }
    return call.get();
  }

  /** Returns the codec of the messages of an operation. */
  MessageCodec message(Operation operation) {
    MessageCodec known = messages.get(operation.name());
    return known == null ? link(operation) : known;
  }

  private synchronized MessageCodec link(Operation operation) {
    FamilyCodec linker = codec == null ? new FamilyCodec(model, order) : codec;
    // If the model is corrupt, what is half linked is not kept.
    codec = null;
    MessageCodec message = linker.message(operation.header(), operation.set());
    codec = linker;
    messages.put(operation.name(), message);
    return message;
  }

  /** Tells whether a message is what the spec has an operation answered with. */
  boolean isReply(Operation operation, int id) {
    return isReply(operation.doCall(), id) || isReply(operation.dump(), id);
  }

  private static boolean isReply(Optional<Call> call, int id) {
    return call.isPresent()
        && call.get().reply().isPresent()
        && call.get().reply().get().id() == id;
  }

  /** Returns what a message asks for that is sent to the kernel, or null. */
  @Nullable Operation request(int id) {
    return requests.get(id);
  }

  /** Returns what a message is that the kernel sends by itself, or null. */
  @Nullable Operation event(int id) {
    return events.get(id);
  }
}
