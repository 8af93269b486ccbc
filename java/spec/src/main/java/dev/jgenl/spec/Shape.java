package dev.jgenl.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that a nest may have, each with its slot. Immutable. */
final class Shape {

  private final List<String> names;
  private final Map<String, Integer> slots;

  /** The names have to differ. */
  Shape(List<String> names) {
    this.names = List.copyOf(names);
    slots = new HashMap<>(2 * names.size());
    for (int slot = 0; slot < this.names.size(); slot++) {
      slots.put(this.names.get(slot), slot);
    }
  }

  List<String> names() {
    return names;
  }

  String name(int slot) {
    return names.get(slot);
  }

  int size() {
    return names.size();
  }

  /** Returns the slot of a name, or -1. */
  int slot(String name) {
    return slots.getOrDefault(name, -1);
  }
}
