package dev.jgenl.spec.typed;

import dev.jgenl.spec.Value;
import dev.jgenl.wire.MalformedMessageException;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/** Elements that are read when they are asked for. Immutable. */
final class TypedList<T> extends AbstractList<T> implements RandomAccess {

  private final String name;
  private final List<Value> values;
  private final Function<? super Value, ? extends T> reader;

  /** The name is for the message of an exception. */
  TypedList(String name, List<Value> values, Function<? super Value, ? extends T> reader) {
    this.name = name;
    this.values = values;
    this.reader = reader;
  }

  @Override
  public T get(int index) {
    Value value = values.get(index);
    try {
      return reader.apply(value);
    } catch (MalformedMessageException e) {
      throw TypedValue.named(name + "[" + index + "]", e);
    }
  }

  @Override
  public int size() {
    return values.size();
  }
}
