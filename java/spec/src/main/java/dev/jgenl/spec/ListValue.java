package dev.jgenl.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements: of an array, or of an attribute that stands in a message many times. */
public final class ListValue extends Value {

  private final List<Value> elements;

  /** The indices, where they do not follow each other from the first on that the spec says. */
  private final int @Nullable [] indices;

  /** Keeps the list, to which nobody else may add. */
  ListValue(List<Value> elements, int @Nullable [] indices) {
    this.elements = elements;
    this.indices = indices;
  }

  /** Makes one to which {@link #add} adds, until it is handed out. */
  static ListValue growing() {
    return new ListValue(new ArrayList<>(2), null);
  }

  void add(Value element) {
    elements.add(element);
  }

  int @Nullable [] indices() {
    return indices;
  }

  @Override
  public List<Value> asList() {
    return Collections.unmodifiableList(elements);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListValue l
        && l.elements.equals(elements)
        && Arrays.equals(l.indices, indices);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }
}
