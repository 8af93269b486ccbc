package dev.jgenl.spec.testkit;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.testkit.FakeFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operations of a family by the numbers of their requests, which several may share. */
final class OperationTable {

  private final Family model;
  private final Map<Integer, List<Operation>> dos = new TreeMap<>();
  private final Map<Integer, List<Operation>> dumps = new TreeMap<>();

  OperationTable(Family model) {
    this.model = model;
    for (Operation operation : model.operations()) {
      operation.doCall().ifPresent(call -> add(dos, call, operation));
      operation.dump().ifPresent(call -> add(dumps, call, operation));
    }
  }

  private static void add(
      Map<Integer, List<Operation>> operations, Call call, Operation operation) {
    operations.computeIfAbsent(call.request().id(), id -> new ArrayList<>()).add(operation);
  }

  static Optional<Call> call(Operation operation, boolean dump) {
    return dump ? operation.dump() : operation.doCall();
  }

  /** Has a kernel check requests, and ask for privilege. */
  void install(Side side) {
    Policies policies = new Policies(model);
    for (boolean dump : new boolean[] {false, true}) {
      (dump ? dumps : dos)
          .forEach(
              (id, operations) ->
                  side.policy(
                      id,
                      dump,
                      policy ->
                          operations
                              .get(0)
                              .set()
                              .ifPresent(
                                  set ->
                                      policies.fill(policy, set, attributes(operations, dump)))));
    }
    if (side instanceof Side.Generic generic) {
      model.operations().forEach(operation -> demandPrivilege(operation, generic.family()));
    }
  }

  private static List<String> attributes(List<Operation> operations, boolean dump) {
    return operations.stream()
        .flatMap(o -> call(o, dump).orElseThrow().request().attributes().stream())
        .toList();
  }

  private static void demandPrivilege(Operation operation, FakeFamily family) {
    int flags = 0;
    for (Operation.Privilege privilege : operation.privileges()) {
      flags |=
          switch (privilege) {
            case ADMIN -> FakeFamily.GENL_ADMIN_PERM;
            case NAMESPACE_ADMIN -> FakeFamily.GENL_UNS_ADMIN_PERM;
          };
    }
    if (flags != 0) {
      int bits = flags;
      operation
          .doCall()
          .or(operation::dump)
          .ifPresent(call -> family.commandFlags(call.request().id(), bits));
    }
  }

  /** Tells whether a request of this number is for this family. */
  boolean knows(int id) {
    return dos.containsKey(id) || dumps.containsKey(id);
  }

  List<Operation> operations(int id, boolean dump) {
    return (dump ? dumps : dos).getOrDefault(id, List.of());
  }

  /**
   * Of several operations it is the first that takes all that the request has, or else the last.
   */
  boolean isFor(Operation operation, boolean dump, NestValue value) {
    Call call = call(operation, dump).orElseThrow();
    List<Operation> candidates = operations(call.request().id(), dump);
    return operation == candidates.get(candidates.size() - 1)
        || call.request().attributes().containsAll(value.names());
  }
}
