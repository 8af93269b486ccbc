package dev.jgenl.cli;

import dev.jgenl.spec.model.Type;

/**
 * What may be named at a place of a path: an attribute, or a member of a struct.
 *
 * @param name its name
 * @param type what it holds
 * @param repeated whether it may stand there many times
 * @param doc what it is for; perhaps empty
 */
record AttributeName(String name, Type type, boolean repeated, String doc) {

  /** Returns the type of one value, where there may be a list of them. */
  Type element() {
    if (type instanceof Type.IndexedArray array) {
      return array.element();
    }
    return type instanceof Type.ScalarArray array ? array.element() : type;
  }

  boolean isList() {
    return repeated
        || type instanceof Type.IndexedArray
        || type instanceof Type.ScalarArray
        || type instanceof Type.StructArray;
  }

  /** Tells whether there are names within it. */
  boolean isNamed() {
    Type element = element();
    return element instanceof Type.Nest
        || element instanceof Type.StructValue
        || element instanceof Type.StructArray
        || element instanceof Type.Selected;
  }
}
