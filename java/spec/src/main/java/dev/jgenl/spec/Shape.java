package dev.jgenl.spec;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The names that a {@link NestValue} may have, each with its place. What a codec reads has the
 * shape that {@link #of} returns for the same names, so that a value is found by its place instead
 * of its name. Immutable, and safe to share between threads.
 */
public final class Shape {

  /** Those of codecs and of typed classes, as long as somebody uses them. */
  private static final Map<Shape, WeakReference<Shape>> KNOWN = new WeakHashMap<>();

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

  /**
   * Returns the shape of names.
   *
   * @param names in the order of their places
   * @return the same for the same names, as long as anybody has it
   * @throws IllegalArgumentException if two names are the same
   */
  public static Shape of(String... names) {
    Shape shape = of(List.of(names));
    if (shape.slots.size() != names.length) {
      throw new IllegalArgumentException("two names are the same: " + shape);
    }
    return shape;
  }

  static Shape of(List<String> names) {
    Shape shape = new Shape(names);
    synchronized (KNOWN) {
      WeakReference<Shape> reference = KNOWN.get(shape);
      Shape known = reference == null ? null : reference.get();
      if (known == null) {
        KNOWN.put(shape, new WeakReference<>(shape));
        return shape;
      }
      return known;
    }
  }

  /**
   * Returns the names.
   *
   * @return in the order of their places
   */
  public List<String> names() {
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

  /**
   * Tells whether the other has the same names in the same places.
   *
   * @param other anything
   * @return whether it has
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && shape.names.equals(names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
