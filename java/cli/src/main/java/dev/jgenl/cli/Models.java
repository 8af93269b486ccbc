package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what has a name in a model. */
final class Models {

  private Models() {}

  /** Returns an operation, or null. */
  static @Nullable Operation find(Family family, String name) {
    for (Operation operation : family.operations()) {
      if (operation.name().equals(name)) {
        return operation;
      }
    }
    return null;
  }

  /**
   * Returns an operation.
   *
   * @throws CommandException if there is none; the message says which there are
   */
  static Operation operation(Family family, String name) {
    Operation found = find(family, name);
    if (found == null) {
      List<String> names = new ArrayList<>();
      for (Operation operation : family.operations()) {
        names.add(operation.name());
      }
      throw unknown(family, "operation", name, names);
    }
    return found;
  }

  /** Returns an attribute set, or null. */
  static @Nullable AttributeSet set(Family family, String name) {
    for (AttributeSet set : family.sets()) {
      if (set.name().equals(name)) {
        return set;
      }
    }
    return null;
  }

  /** Returns a constant, an enumeration or a struct, or null. */
  static @Nullable Definition definition(Family family, String name) {
    for (Definition definition : family.definitions()) {
      if (definition.name().equals(name)) {
        return definition;
      }
    }
    return null;
  }

  /** Returns a sub-message, or null. */
  static @Nullable SubMessage subMessage(Family family, String name) {
    for (SubMessage subMessage : family.subMessages()) {
      if (subMessage.name().equals(name)) {
        return subMessage;
      }
    }
    return null;
  }

  /** Returns the length of the struct in front of the attributes of an operation, in bytes. */
  static int headerLength(Family family, Operation operation) {
    return operation.header().isPresent()
            && definition(family, operation.header().get()) instanceof Definition.Struct struct
        ? struct.size()
        : 0;
  }

  /** Says that a name is unknown, and which it may have been meant to be. */
  static CommandException unknown(Family family, String kind, String name, List<String> known) {
    return new CommandException(
        ExitStatus.USAGE, family.name() + ": " + Names.unknown(kind, name, known));
  }
}
