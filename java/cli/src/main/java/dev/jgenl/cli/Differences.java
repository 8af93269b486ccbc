package dev.jgenl.cli;

import dev.jgenl.AttributePolicy;
import dev.jgenl.GenlCommand;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlPolicy;
import dev.jgenl.MulticastGroup;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What differs between a spec and the running kernel: operations, groups, and policies. */
final class Differences {

  /**
   * A difference.
   *
   * @param path what differs, such as "rings-set do rx"
   * @param text how
   */
  record Difference(String path, String text) {}

  private final Family spec;
  private final GenlFamily kernel;
  private final GenlPolicy policy;
  private final List<Difference> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private Differences(Family spec, GenlFamily kernel, GenlPolicy policy) {
    this.spec = spec;
    this.kernel = kernel;
    this.policy = policy;
  }

  /** Compares. */
  static List<Difference> of(Family spec, GenlFamily kernel, GenlPolicy policy) {
    Differences differences = new Differences(spec, kernel, policy);
    differences.version();
    differences.operations();
    differences.groups();
    return differences.found;
  }

  private void add(String path, String text) {
    found.add(new Difference(path, text));
  }

  private void version() {
    int version = ((Protocol.Generic) spec.protocol()).version();
    if (version != kernel.version()) {
      add("version", "spec " + version + ", kernel " + kernel.version());
    }
  }

  private void operations() {
    Map<Integer, GenlCommand> commands = new TreeMap<>();
    for (GenlCommand command : kernel.commands()) {
      commands.put(command.id(), command);
    }
    for (Operation operation : spec.operations()) {
      if (Commands.isRequest(operation)) {
        GenlCommand command = commands.remove(Commands.number(operation));
        if (command == null) {
          add(operation.name(), "this kernel does not have it");
        } else {
          operation(operation, command);
        }
      }
    }
    for (int number : commands.keySet()) {
      add("operation " + number, "the spec does not have it");
    }
  }

  private void operation(Operation operation, GenlCommand command) {
    String name = operation.name();
    call(name, "do", operation.doCall().isPresent(), command.hasDo());
    call(name, "dump", operation.dump().isPresent(), command.hasDump());
    privilege(name, "CAP_NET_ADMIN", operation, Operation.Privilege.ADMIN, command.needsAdmin());
    privilege(
        name,
        "CAP_NET_ADMIN of the namespace",
        operation,
        Operation.Privilege.NAMESPACE_ADMIN,
        command.needsNamespaceAdmin());
    policy(operation, "do", operation.doCall(), policy.ofDo(command.id()));
    policy(operation, "dump", operation.dump(), policy.ofDump(command.id()));
  }

  private void call(String name, String kind, boolean inSpec, boolean inKernel) {
    if (inSpec != inKernel) {
      add(name + " " + kind, inSpec ? "this kernel does not have it" : "the spec does not have it");
    }
  }

  private void privilege(
      String name,
      String capability,
      Operation operation,
      Operation.Privilege privilege,
      boolean inKernel) {
    boolean inSpec = operation.privileges().contains(privilege);
    if (inSpec != inKernel) {
      add(
          name,
          (inSpec ? "the spec alone" : "this kernel, but not the spec,") + " wants " + capability);
    }
  }

  private void groups() {
    Set<String> names = new HashSet<>();
    for (MulticastGroup group : kernel.groups()) {
      names.add(group.name());
    }
    for (Group group : spec.groups()) {
      if (!names.remove(group.name())) {
        add("group " + group.name(), "this kernel does not have it");
      }
    }
    for (String name : names) {
      add("group " + name, "the spec does not have it");
    }
  }

  private void policy(
      Operation operation, String kind, Optional<Call> call, Map<Integer, AttributePolicy> table) {
    AttributeSet set = operation.set().isEmpty() ? null : Models.set(spec, operation.set().get());
    if (call.isEmpty() || table.isEmpty() || set == null) {
      return;
    }
    String path = operation.name() + " " + kind + " ";
    for (Attribute attribute : set.attributes()) {
      if (call.get().request().attributes().contains(attribute.name())
          && !table.containsKey(attribute.id())) {
        add(path + attribute.name(), "this kernel does not take it");
      }
    }
    table(path, table, set);
  }

  /** Compares what a table accepts, and once what is within each of its nests. */
  private void table(String path, Map<Integer, AttributePolicy> table, AttributeSet set) {
    for (Map.Entry<Integer, AttributePolicy> entry : new TreeMap<>(table).entrySet()) {
      Attribute attribute = Commands.attribute(set, entry.getKey());
      if (attribute == null) {
        add(path + entry.getKey(), "the spec does not have it");
      } else {
        attribute(path + attribute.name(), attribute, entry.getValue());
      }
    }
  }

  private void attribute(String path, Attribute attribute, AttributePolicy accepted) {
    String difference = PolicyComparison.of(attribute, accepted);
    if (difference != null) {
      add(path, difference);
    }
    @Nullable AttributeSet within = Commands.within(spec, attribute.type());
    if (within != null
        && accepted.nestedPolicy().isPresent()
        && seen.add(within.name() + " " + accepted.nestedPolicy().getAsInt())) {
      boolean array = attribute.type() instanceof Type.IndexedArray;
      boolean arrayInKernel = accepted.type() == AttributePolicy.Type.NESTED_ARRAY;
      if (array == arrayInKernel) {
        table(path + ".", policy.within(accepted), within);
      }
    }
  }
}
