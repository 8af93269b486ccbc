package dev.jgenl.cli;

import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code jgenl describe}: what a spec says. The kernel is not asked. */
final class DescribeVerb extends Verb {

  private static final int USUAL_DEPTH = 4;

  @Override
  void describe(Syntax spec) {
    spec.description("Shows what there is in a family, or more of one part of it.");
    spec.addPositional(Options.parameter("FAMILY", "a name of a spec: see jgenl families"));
    spec.addPositional(
        Options.optional(
            "NAME", "an operation, attribute set, enumeration, struct, sub-message or group"));
    spec.addOption(Options.value("LEVELS", "how deep nests are shown: 4", "--depth"));
    spec.addOption(Options.hidden(false, "--output-json"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    Options.refuseMessages(parsed, session.settings());
    Family family = session.model(Objects.requireNonNull(Options.parameter(parsed, 0)));
    String name = Options.parameter(parsed, 1);
    int depth = (int) Options.number(parsed, "--depth", 1, 20, USUAL_DEPTH);
    Descriptions descriptions = new Descriptions(family, depth);
    Map<String, Object> described =
        name == null ? descriptions.family() : part(descriptions, family, name);
    if (session.settings().format() == Format.TABLE) {
      new Outline().flatten(described);
    }
    try (Printer printer = session.printer(Format.Count.ONE)) {
      printer.print(Value.of(described));
      printer.end();
    }
    return ExitStatus.OK;
  }

  private static Map<String, Object> part(Descriptions descriptions, Family family, String name) {
    Operation operation = Models.find(family, name);
    if (operation != null) {
      return descriptions.operation(operation);
    }
    AttributeSet set = Models.set(family, name);
    if (set != null) {
      return descriptions.set(set);
    }
    Definition definition = Models.definition(family, name);
    if (definition != null) {
      return DefinitionText.definition(definition);
    }
    SubMessage subMessage = Models.subMessage(family, name);
    if (subMessage != null) {
      return DefinitionText.subMessage(subMessage);
    }
    for (Group group : family.groups()) {
      if (group.name().equals(name)) {
        return DefinitionText.group(family, group);
      }
    }
    throw Models.unknown(family, "part", name, names(family));
  }

  /** Returns the names of all parts. */
  static List<String> names(Family family) {
    List<String> names = new ArrayList<>();
    for (Operation operation : family.operations()) {
      names.add(operation.name());
    }
    for (AttributeSet set : family.sets()) {
      names.add(set.name());
    }
    for (Definition definition : family.definitions()) {
      names.add(definition.name());
    }
    for (SubMessage subMessage : family.subMessages()) {
      names.add(subMessage.name());
    }
    for (Group group : family.groups()) {
      names.add(group.name());
    }
    return names;
  }
}
