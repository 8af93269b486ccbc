package dev.jgenl.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names with values: a message, a nest of attributes, a struct. An attribute that the spec does not
 * have is kept: its name is its number in decimal digits, its value the bytes, or a list of them if
 * it is there many times.
 */
public final class NestValue extends Value {

  /** An attribute that the spec does not have. */
  record Unknown(int id, BytesValue bytes) {}

  private final Shape shape;

  /** Not to be looked at as long as there is something unread. */
  private final @Nullable Value[] slots;

  private List<Unknown> unknown = List.of();

  /** Reads what belongs into the slots; null once that is done, or if this was never needed. */
  private volatile @Nullable Supplier<NestValue> unread;

  /** Keeps the slots, which nobody may change once this is handed out. */
  NestValue(Shape shape, @Nullable Value[] slots) {
    this.shape = shape;
    this.slots = slots;
  }

  private NestValue(Shape shape, Supplier<NestValue> unread) {
    this(shape, new Value[shape.size()]);
    this.unread = unread;
  }

  /** Makes one without any value, for {@link #set} to fill until it is handed out. */
  static NestValue of(Shape shape) {
    return new NestValue(shape, new Value[shape.size()]);
  }

  /**
   * Makes one that is read when it is first looked at.
   *
   * @param reader of one of the same shape; it never fails
   */
  static NestValue of(Shape shape, Supplier<NestValue> reader) {
    return new NestValue(shape, reader);
  }

  static NestValue of(Map<String, Value> values) {
    Shape shape = new Shape(List.copyOf(values.keySet()));
    return new NestValue(shape, values.values().toArray(new Value[0]));
  }

  /**
   * Makes one of values in their places.
   *
   * @param shape what their names are
   * @param values as many as the shape has names, null where there is none; copied
   * @return the value
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static NestValue of(Shape shape, @Nullable Value[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          values.length + " values, where " + shape.size() + " have names");
    }
    return new NestValue(shape, values.clone());
  }

  private @Nullable Value[] slots() {
    if (unread != null) {
      read();
    }
    return slots;
  }

  private synchronized void read() {
    Supplier<NestValue> reader = unread;
    if (reader != null) {
      NestValue read = reader.get();
      System.arraycopy(read.slots, 0, slots, 0, slots.length);
      unknown = read.unknown;
      unread = null;
    }
  }

  /**
   * Returns the names that this may have, and their places.
   *
   * @return of what a codec has read, that of {@link Shape#of} for the same names
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns what is in a place.
   *
   * @param slot from 0 on, less than the shape has names
   * @return the value; null if there is none
   */
  public @Nullable Value get(int slot) {
    return slots()[slot];
  }

  /**
   * Returns the same values in the places of another shape.
   *
   * @param other the shape; what it has no name for is left out
   * @return this if it has that shape, or another value
   */
  public NestValue shaped(Shape other) {
    if (shape == other) {
      return this;
    }
    NestValue shaped = of(other);
    for (int slot = 0; slot < other.size(); slot++) {
      shaped.slots[slot] = find(other.name(slot)).orElse(null);
    }
    return shaped;
  }

  void set(int slot, Value value) {
    slots[slot] = value;
  }

  /** One more value of an attribute that may stand there many times. */
  void add(int slot, Value value) {
    if (slots[slot] instanceof ListValue list) {
      list.add(value);
    } else {
      ListValue list = ListValue.growing();
      list.add(value);
      slots[slot] = list;
    }
  }

  /** Returns another with the same, to be changed until it is handed out. */
  NestValue copy() {
    NestValue copy = new NestValue(shape, slots().clone());
    copy.unknown = unknown;
    return copy;
  }

  void addUnknown(int id, BytesValue bytes) {
    if (unknown.isEmpty()) {
      unknown = new ArrayList<>();
    }
    unknown.add(new Unknown(id, bytes));
  }

  List<Unknown> unknown() {
    slots();
    return unknown;
  }

  @Override
  public Optional<Value> find(String name) {
    int slot = shape.slot(name);
    if (slot >= 0) {
      return Optional.ofNullable(slots()[slot]);
    }
    return Optional.ofNullable(unknownByName().get(name));
  }

  /** One that is there many times has a list. A number that is a name of the spec is not shown. */
  Map<String, Value> unknownByName() {
    if (unknown().isEmpty()) {
      return Map.of();
    }
    Map<String, Value> map = new LinkedHashMap<>();
    for (Unknown u : unknown) {
      String number = Integer.toString(u.id());
      if (shape.slot(number) < 0) {
        map.merge(number, u.bytes(), NestValue::both);
      }
    }
    return map;
  }

  private static Value both(Value first, Value second) {
    List<Value> elements = new ArrayList<>(first.asList());
    elements.add(second);
    return new ListValue(elements, null);
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    @Nullable Value[] values = slots();
    for (int slot = 0; slot < values.length; slot++) {
      if (values[slot] != null) {
        names.add(shape.name(slot));
      }
    }
    names.addAll(unknownByName().keySet());
    return Collections.unmodifiableList(names);
  }

  /**
   * Returns all names with their values.
   *
   * @return in the order of the spec
   */
  public Map<String, Value> asMap() {
    Map<String, Value> map = new LinkedHashMap<>();
    @Nullable Value[] values = slots();
    for (int slot = 0; slot < values.length; slot++) {
      Value value = values[slot];
      if (value != null) {
        map.put(shape.name(slot), value);
      }
    }
    map.putAll(unknownByName());
    return Collections.unmodifiableMap(map);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof NestValue nest)) {
      return false;
    }
    return nest.shape == shape
        ? Arrays.equals(nest.slots(), slots()) && nest.unknown.equals(unknown)
        : nest.asMap().equals(asMap());
  }

  @Override
  public int hashCode() {
    return asMap().hashCode();
  }
}
