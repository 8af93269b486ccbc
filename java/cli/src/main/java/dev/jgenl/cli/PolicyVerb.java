package dev.jgenl.cli;

import dev.jgenl.AttributePolicy;
import dev.jgenl.Genl;
import dev.jgenl.GenlCommand;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlPolicy;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code jgenl policy}: what the running kernel accepts, with the names of the spec if it has any.
 */
final class PolicyVerb extends Verb {

  /** Policies may refer to themselves. */
  private static final int DEPTH_MAX = 6;

  @Override
  void describe(Syntax spec) {
    spec.description("Shows what this kernel accepts of the operations of a family.");
    spec.addPositional(
        Options.parameter("FAMILY", "a family of Generic Netlink: see jgenl families"));
    spec.addPositional(Options.optional("OPERATION", "a name, or a number; else all"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    String name = Objects.requireNonNull(Options.parameter(parsed, 0));
    String operation = Options.parameter(parsed, 1);
    Family model = session.specs().find(name);
    Genl genl = session.genl();
    GenlFamily family = GroupNames.kernelFamily(session, kernelName(model, name), null);
    GenlPolicy policy = genl.policy(family);
    boolean flat = session.settings().format() == Format.TABLE;
    try (Printer printer =
        session.printer(operation == null ? Format.Count.MANY : Format.Count.ONE)) {
      for (int command : commands(policy, model, operation)) {
        if (operation != null) {
          require(family, command, operation);
        }
        Map<String, Object> described = of(policy, command, model);
        if (flat) {
          new Outline().flatten(described);
        }
        printer.print(Value.of(described));
      }
      printer.end();
    }
    return ExitStatus.OK;
  }

  private static void require(GenlFamily family, int number, String operation) {
    for (GenlCommand command : family.commands()) {
      if (command.id() == number) {
        return;
      }
    }
    throw new CommandException(
        ExitStatus.REFUSED, family.name() + ": this kernel has no operation " + operation);
  }

  /** Returns the name by which the kernel knows a family of Generic Netlink. */
  static String kernelName(@Nullable Family model, String name) {
    if (model == null) {
      return name;
    } else if (model.protocol() instanceof Protocol.Generic generic) {
      return generic.family();
    }
    throw new CommandException(
        ExitStatus.USAGE,
        model.name() + ": the kernel tells its policy of families of Generic Netlink alone");
  }

  private static Iterable<Integer> commands(
      GenlPolicy policy, @Nullable Family model, @Nullable String operation) {
    if (operation == null) {
      return new TreeSet<>(policy.commands());
    } else if (!operation.isEmpty() && Character.isDigit(operation.charAt(0))) {
      return List.of(RawRequest.number(operation, operation));
    } else if (model == null) {
      throw new CommandException(
          ExitStatus.USAGE, "there is no spec of this family: give the number of the operation");
    }
    return List.of(Commands.number(Models.operation(model, operation)));
  }

  private static Map<String, Object> of(GenlPolicy policy, int command, @Nullable Family model) {
    Operation operation = model == null ? null : Commands.find(model, command);
    AttributeSet set =
        model == null || operation == null || operation.set().isEmpty()
            ? null
            : Models.set(model, operation.set().get());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("operation", operation == null ? Integer.toString(command) : operation.name());
    all.put("number", command);
    Reader reader = new Reader(policy, model);
    put(all, "do", reader.table(policy.ofDo(command), set, 1));
    put(all, "dump", reader.table(policy.ofDump(command), set, 1));
    return all;
  }

  private static void put(Map<String, Object> all, String name, List<Object> rows) {
    if (!rows.isEmpty()) {
      all.put(name, rows);
    }
  }

  /** Describes tables of a policy. */
  private record Reader(GenlPolicy policy, @Nullable Family model) {

    List<Object> table(Map<Integer, AttributePolicy> table, @Nullable AttributeSet set, int level) {
      List<Object> rows = new ArrayList<>();
      for (Map.Entry<Integer, AttributePolicy> entry : new TreeMap<>(table).entrySet()) {
        Attribute attribute = Commands.attribute(set, entry.getKey());
        AttributePolicy accepted = entry.getValue();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", attribute == null ? entry.getKey().toString() : attribute.name());
        row.put("number", entry.getKey());
        row.put("accepts", accepted.toString());
        if (accepted.nestedPolicy().isPresent() && level < DEPTH_MAX) {
          row.put("nested", table(policy.within(accepted), within(attribute), level + 1));
        }
        rows.add(row);
      }
      return rows;
    }

    private @Nullable AttributeSet within(@Nullable Attribute attribute) {
      return model == null || attribute == null ? null : Commands.within(model, attribute.type());
    }
  }
}
