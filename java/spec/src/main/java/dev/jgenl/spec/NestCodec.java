package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes of a set: those of a message, or within an attribute. */
final class NestCodec {

  /**
   * An attribute of the set.
   *
   * @param repeated whether it may be there many times
   */
  record Entry(String name, int id, AttributeCodec codec, boolean repeated) {}

  /** What is nested deeper is read as bytes: sets may hold themselves. */
  static final int DEPTH_MAX = 100;

  /** An attribute of fewer bytes costs no more to read than to keep unread. */
  static final int UNREAD_MIN = 64;

  /** The numbers of attributes have 14 bits. */
  private static final int NO_ID = 1 << 14;

  /** Set once, before anybody sees this: sets may hold themselves. */
  private Entry[] entries = {};

  private Shape shape = Shape.of(List.of());

  /** The slot of each number; -1 if there is none. */
  private int[] slots = {};

  void fill(List<Entry> filled) {
    entries = filled.toArray(new Entry[0]);
    List<String> names = new ArrayList<>(entries.length);
    int max = -1;
    for (Entry entry : entries) {
      names.add(entry.name);
      max = Math.max(max, entry.id);
    }
    shape = Shape.of(names);
    slots = new int[max + 1];
    Arrays.fill(slots, -1);
    for (int slot = 0; slot < entries.length; slot++) {
      slots[entries[slot].id] = slot;
    }
  }

  Shape shape() {
    return shape;
  }

  private int slot(int id) {
    return id < slots.length ? slots[id] : -1;
  }

  /**
   * Writes the attributes that a nest has, in its order.
   *
   * @param others names that it may have besides
   */
  void write(
      AttributeWriter writer, NestValue nest, @Nullable Scope outer, Collection<String> others) {
    Scope scope = new Scope(outer, nest);
    Shape names = nest.shape();
    for (int i = 0; i < names.size(); i++) {
      Value value = nest.get(i);
      if (value != null) {
        String name = names.name(i);
        int slot = names == shape ? i : shape.slot(name);
        try {
          if (slot >= 0) {
            write(writer, entries[slot], value, scope);
          } else if (!others.contains(name)) {
            writeUnknown(writer, number(name), value);
          }
        } catch (InvalidValueException e) {
          throw e.within(name);
        }
      }
    }
    for (NestValue.Unknown unknown : nest.unknown()) {
      writer.putBytes(unknown.id(), unknown.bytes().uncopied());
    }
  }

  /** Refuses addresses that may be of IPv4 or IPv6, but are of another length. */
  void requireAddresses(NestValue nest, int length, String otherwise) {
    for (Entry entry : entries) {
      Value value =
          entry.codec instanceof BytesCodec bytes && bytes.isOfEitherFamily()
              ? nest.find(entry.name).orElse(null)
              : null;
      if (value != null) {
        try {
          if (((BytesCodec) entry.codec).bytes(value).length != length) {
            throw new InvalidValueException(otherwise);
          }
        } catch (InvalidValueException e) {
          throw e.within(entry.name);
        }
      }
    }
  }

  private static void writeUnknown(AttributeWriter writer, int id, Value value) {
    for (Value one : value.asList()) {
      writer.putBytes(id, BytesCodec.ANY.bytes(one));
    }
  }

  private static void write(AttributeWriter writer, Entry entry, Value value, Scope scope) {
    if (!entry.repeated) {
      writeOne(writer, entry, value, scope);
      return;
    }
    List<Value> values = value.asList();
    for (int i = 0; i < values.size(); i++) {
      try {
        writeOne(writer, entry, values.get(i), scope);
      } catch (InvalidValueException e) {
        throw value instanceof ListValue ? e.within("[" + i + "]") : e;
      }
    }
  }

  /** What was not as the spec says was read as bytes, and goes back as it came. */
  private static void writeOne(AttributeWriter writer, Entry entry, Value value, Scope scope) {
    if (value instanceof BytesValue bytes && !entry.codec.takesBytes()) {
      writer.putBytes(entry.id, bytes.uncopied());
    } else {
      try {
        entry.codec.write(writer, entry.id, value, scope);
      } catch (InvalidValueException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        // An attribute is too long: the writer knows its number alone.
        throw InvalidValueException.tooLong(String.valueOf(e.getMessage()));
      }
    }
  }

  /** A number is the name of an attribute that the spec does not have. */
  private int number(String name) {
    int id =
        Numbers.parse(name)
            .filter(n -> n >= 0 && n <= 0x3fff)
            .orElseThrow(
                () -> new InvalidValueException(Names.unknown("attribute", name, shape.names())))
            .intValue();
    int slot = slot(id);
    if (slot >= 0) {
      throw new InvalidValueException("it has a name: " + entries[slot].name);
    }
    return id;
  }

  /**
   * Reads what an attribute holds: if it is much, not before somebody looks at it.
   *
   * @throws MalformedMessageException if it is no nest, which is found at once
   */
  NestValue read(Attribute attribute, Scope outer) {
    if (attribute.length() < UNREAD_MIN) {
      NestValue nest = NestValue.of(shape);
      read(attribute.nested(), nest, 0, outer);
      return nest;
    }
    requireDepth(outer.depth() + 1);
    Attributes within = outer.isKept() ? attribute.nested() : copy(attribute);
    // Looks at each length.
    within.has(NO_ID);
    return NestValue.of(shape, () -> readKept(within, outer));
  }

  private static Attributes copy(Attribute attribute) {
    ByteBuffer bytes = ByteBuffer.wrap(attribute.bytes()).order(attribute.payload().order());
    return Attributes.of(bytes, 0, bytes.limit());
  }

  private NestValue readKept(Attributes attributes, Scope outer) {
    NestValue nest = NestValue.of(shape);
    readAll(attributes, nest, 0, new Scope(outer, nest, outer.depth() + 1, true));
    return nest;
  }

  /** Reads attributes into the slots of a nest from {@code first} on. */
  void read(Attributes attributes, NestValue nest, int first, @Nullable Scope outer) {
    readAll(attributes, nest, first, scope(outer, nest));
  }

  private void readAll(Attributes attributes, NestValue nest, int first, Scope scope) {
    List<Attribute> selected = null;
    for (Attribute a : attributes) {
      int slot = slot(a.type());
      if (slot >= 0 && entries[slot].codec.isSelected()) {
        selected = selected == null ? new ArrayList<>() : selected;
        selected.add(a);
      } else {
        read(a, slot, nest, first, scope);
      }
    }
    if (selected != null) {
      for (Attribute a : selected) {
        read(a, slot(a.type()), nest, first, scope);
      }
    }
  }

  /** Reads an attribute as a nest that has no other. */
  private NestValue readAlone(Attribute a, Scope outer) {
    NestValue alone = NestValue.of(shape);
    read(a, slot(a.type()), alone, 0, scope(outer, alone));
    return alone;
  }

  private static Scope scope(@Nullable Scope outer, NestValue nest) {
    Scope scope = new Scope(outer, nest);
    requireDepth(scope.depth());
    return scope;
  }

  private static void requireDepth(int depth) {
    if (depth > DEPTH_MAX) {
      throw new MalformedMessageException("nested deeper than " + DEPTH_MAX);
    }
  }

  private void read(Attribute a, int slot, NestValue nest, int first, Scope scope) {
    if (slot < 0) {
      nest.addUnknown(a.type(), new BytesValue(a.bytes(), Hint.NONE));
    } else {
      read(a, entries[slot], nest, first + slot, scope);
    }
  }

  private static void read(Attribute a, Entry entry, NestValue nest, int slot, Scope scope) {
    Value value = readOne(a, entry, scope);
    if (value == null) {
      return;
    }
    if (!entry.repeated) {
      nest.set(slot, value);
    } else if (entry.codec instanceof TypeValueCodec && value instanceof ListValue many) {
      many.asList().forEach(one -> nest.add(slot, one));
    } else {
      nest.add(slot, value);
    }
  }

  /** What the spec takes for a nest may be none: then it costs this attribute, and no message. */
  private static @Nullable Value readOne(Attribute a, Entry entry, Scope scope) {
    try {
      return entry.codec.read(a, scope);
    } catch (MalformedMessageException e) {
      return new BytesValue(a.bytes(), Hint.NONE);
    }
  }

  /** Returns how the attributes are called, within a value of this set if there is one. */
  AttributeCodec.Level level(@Nullable Value value, @Nullable Scope outer) {
    NestValue nest = value instanceof NestValue n ? n : NestValue.of(shape);
    Scope scope = new Scope(outer, nest);
    return new AttributeCodec.Level() {
      @Override
      public @Nullable String name(int id) {
        int slot = slot(id);
        return slot < 0 ? null : entries[slot].name;
      }

      @Override
      public int id(String name) {
        int slot = shape.slot(name);
        if (slot < 0) {
          throw new InvalidValueException(Names.unknown("attribute", name, shape.names()));
        }
        return entries[slot].id;
      }

      @Override
      public AttributeCodec.@Nullable Level within(int id) {
        int slot = slot(id);
        return slot < 0
            ? null
            : entries[slot].codec.within(nest.find(entries[slot].name).orElse(null), scope);
      }
    };
  }

  /** An attribute that holds the attributes of a set. */
  static final class Holder extends AttributeCodec {

    private final NestCodec nest;

    Holder(NestCodec nest) {
      this.nest = nest;
    }

    NestCodec nest() {
      return nest;
    }

    @Override
    void write(AttributeWriter writer, int id, Value value, Scope scope) {
      if (value instanceof NestValue within) {
        writer.putNested(id, w -> nest.write(w, within, scope, List.of()));
      } else if (value instanceof TextValue && value.asText().isEmpty()) {
        writer.putNested(id, w -> {});
      } else {
        throw new InvalidValueException("names are wanted, not " + Values.describe(value));
      }
    }

    @Override
    Value read(Attribute attribute, Scope scope) {
      return nest.read(attribute, scope);
    }

    @Override
    Level within(@Nullable Value value, Scope scope) {
      return nest.level(value instanceof ListValue list ? first(list) : value, scope);
    }

    /** The path to an attribute does not say in which of many it stands. */
    private static @Nullable Value first(ListValue list) {
      return list.asList().isEmpty() ? null : list.asList().get(0);
    }
  }

  /** An attribute that holds attributes whose order counts: each is an element of a list. */
  static final class Ordered extends AttributeCodec {

    private final NestCodec nest;

    Ordered(NestCodec nest) {
      this.nest = nest;
    }

    @Override
    void write(AttributeWriter writer, int id, Value value, Scope scope) {
      List<Value> elements = value.asList();
      writer.putNested(
          id,
          within -> {
            for (int i = 0; i < elements.size(); i++) {
              try {
                write(within, elements.get(i), scope);
              } catch (InvalidValueException e) {
                throw e.within("[" + i + "]");
              }
            }
          });
    }

    private void write(AttributeWriter writer, Value element, Scope scope) {
      if (!(element instanceof NestValue attribute)) {
        throw new InvalidValueException("a name is wanted, not " + Values.describe(element));
      }
      nest.write(writer, attribute, scope, List.of());
    }

    @Override
    Value read(Attribute attribute, Scope scope) {
      ListValue list = ListValue.growing();
      for (Attribute a : attribute.nested()) {
        NestValue element = nest.readAlone(a, scope);
        if (!element.names().isEmpty()) {
          list.add(element);
        }
      }
      return list;
    }

    /** The path to an attribute does not say which of many it is. */
    @Override
    Level within(@Nullable Value value, Scope scope) {
      return nest.level(null, scope);
    }
  }
}
