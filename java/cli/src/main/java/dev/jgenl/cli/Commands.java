package dev.jgenl.cli;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import org.jspecify.annotations.Nullable;

/** Finds what has a number in a model. */
final class Commands {

  private Commands() {}

  /** Returns the number of the request of an operation, or of what the kernel tells. */
  static int number(Operation operation) {
    if (operation.doCall().isPresent()) {
      return operation.doCall().get().request().id();
    } else if (operation.dump().isPresent()) {
      return operation.dump().get().request().id();
    }
    return operation.event().isPresent() ? operation.event().get().id() : -1;
  }

  /** Tells whether it can be asked for. */
  static boolean isRequest(Operation operation) {
    return operation.doCall().isPresent() || operation.dump().isPresent();
  }

  /** Returns the operation that can be asked for by a number, or null. */
  static @Nullable Operation find(Family family, int number) {
    for (Operation operation : family.operations()) {
      if (isRequest(operation) && number(operation) == number) {
        return operation;
      }
    }
    return null;
  }

  /** Returns an attribute of a set, or null. */
  static @Nullable Attribute attribute(@Nullable AttributeSet set, int number) {
    if (set != null) {
      for (Attribute attribute : set.attributes()) {
        if (attribute.id() == number && !(attribute.type() instanceof Type.Unused)) {
          return attribute;
        }
      }
    }
    return null;
  }

  /** Returns the set of the attributes within a type, or null if there are none. */
  static @Nullable AttributeSet within(Family family, Type type) {
    if (type instanceof Type.Nest nest) {
      return Models.set(family, nest.set());
    } else if (type instanceof Type.IndexedArray array) {
      return within(family, array.element());
    }
    return null;
  }
}
