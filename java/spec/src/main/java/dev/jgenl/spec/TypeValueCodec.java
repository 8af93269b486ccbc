package dev.jgenl.spec;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nests within each other whose numbers are values: they become members of what the innermost
 * holds, which, if it has no names, is called "value".
 */
final class TypeValueCodec extends AttributeCodec {

  private static final String VALUE = "value";

  private final List<String> levels;
  private final AttributeCodec element;
  private final @Nullable NestCodec nest;

  /** Not before the nest is filled; whoever makes it makes the same. */
  private @Nullable Shape shape;

  /** Takes as element a nest, or what has no names. */
  TypeValueCodec(List<String> levels, AttributeCodec element) {
    this.levels = levels;
    this.element = element;
    nest = element instanceof NestCodec.Holder holder ? holder.nest() : null;
  }

  private Shape shape() {
    Shape known = shape;
    if (known == null) {
      List<String> names = new ArrayList<>(levels);
      names.addAll(nest == null ? List.of(VALUE) : nest.shape().names());
      known = Shape.of(names);
      shape = known;
    }
    return known;
  }

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    for (Value one : value.asList()) {
      if (!(one instanceof NestValue named)) {
        throw new InvalidValueException("names are wanted, not " + Values.describe(one));
      }
      write(writer, id, named, 0, scope);
    }
  }

  private void write(AttributeWriter writer, int id, NestValue value, int level, Scope scope) {
    if (level < levels.size()) {
      int number = number(value, levels.get(level));
      writer.putNested(id, within -> write(within, number, value, level + 1, scope));
    } else if (nest == null) {
      Value leaf = value.find(VALUE).orElse(null);
      if (leaf == null) {
        throw new InvalidValueException("it needs '" + VALUE + "'");
      }
      element.write(writer, id, leaf, scope);
    } else {
      writer.putNested(id, within -> nest.write(within, value, scope, levels));
    }
  }

  private static int number(NestValue value, String level) {
    Value number = value.find(level).orElse(null);
    if (number == null || number.asLong() < 0 || number.asLong() > 0x3fff) {
      throw new InvalidValueException("it needs '" + level + "', a number of 14 bits");
    }
    return (int) number.asLong();
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    List<Value> values = new ArrayList<>();
    read(attribute, new long[levels.size()], 0, values, scope);
    return values.size() == 1 ? values.get(0) : new ListValue(values, null);
  }

  private void read(
      Attribute attribute, long[] numbers, int level, List<Value> values, Scope scope) {
    if (level == levels.size()) {
      NestValue value = NestValue.of(shape());
      for (int i = 0; i < numbers.length; i++) {
        value.set(i, new NumberValue(numbers[i], Notation.UNSIGNED));
      }
      if (nest == null) {
        Value leaf = element.read(attribute, scope);
        if (leaf != null) {
          value.set(numbers.length, leaf);
        }
      } else {
        nest.read(attribute.nested(), value, numbers.length, scope);
      }
      values.add(value);
      return;
    }
    for (Attribute a : attribute.nested()) {
      numbers[level] = a.type();
      read(a, numbers, level + 1, values, scope);
    }
  }
}
