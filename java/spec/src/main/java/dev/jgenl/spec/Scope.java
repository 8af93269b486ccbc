package dev.jgenl.spec;

import org.jspecify.annotations.Nullable;

/**
 * A nest and those around it, in which a selector is looked for.
 *
 * @param outer around it; null of a message
 * @param nest what is written or read
 * @param depth how many nests there are around it
 * @param isKept whether the bytes that it is read from will stay as they are
 */
record Scope(@Nullable Scope outer, NestValue nest, int depth, boolean isKept) {

  Scope(@Nullable Scope outer, NestValue nest) {
    this(outer, nest, outer == null ? 0 : outer.depth + 1, outer != null && outer.isKept);
  }

  /** Returns the value of an attribute beside, or in the innermost nest around that has it. */
  @Nullable Value find(String name) {
    for (@Nullable Scope scope = this; scope != null; scope = scope.outer) {
      Value value = scope.nest.find(name).orElse(null);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
