package dev.jgenl.spec;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes of which each is an element, with its index as its number. */
final class IndexedArrayCodec extends AttributeCodec {

  private static final int INDEX_MAX = 0x3fff;

  private final AttributeCodec element;
  private final int base;

  IndexedArrayCodec(AttributeCodec element, int base) {
    this.element = element;
    this.base = base;
  }

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    ListValue list = list(value);
    List<Value> elements = list.asList();
    int[] indices = list.indices();
    writer.putNested(
        id,
        within -> {
          for (int i = 0; i < elements.size(); i++) {
            int index = indices == null ? base + i : indices[i];
            try {
              element.write(within, index, elements.get(i), scope);
            } catch (InvalidValueException e) {
              throw e.within("[" + i + "]");
            }
          }
        });
  }

  /** Of names with values the names are indices. */
  private static ListValue list(Value value) {
    if (!(value instanceof NestValue nest) || !isIndexed(nest)) {
      return value instanceof ListValue list ? list : new ListValue(value.asList(), null);
    }
    Map<String, Value> map = nest.asMap();
    int[] indices = map.keySet().stream().mapToInt(Integer::parseInt).toArray();
    return new ListValue(List.copyOf(map.values()), indices);
  }

  private static boolean isIndexed(NestValue nest) {
    return nest.names().stream()
        .allMatch(name -> Numbers.parse(name).filter(n -> n >= 0 && n <= INDEX_MAX).isPresent());
  }

  /** Numbers that do not grow are no indices: those of WireGuard are all 0. */
  @Override
  Value read(Attribute attribute, Scope scope) {
    List<Value> elements = new ArrayList<>();
    int[] indices = new int[4];
    boolean regular = true;
    boolean growing = true;
    for (Attribute a : attribute.nested()) {
      Value value = element.read(a, scope);
      if (value != null) {
        int i = elements.size();
        indices = i == indices.length ? Arrays.copyOf(indices, 2 * i) : indices;
        indices[i] = a.type();
        regular &= a.type() == base + i;
        growing &= i == 0 || a.type() > indices[i - 1];
        elements.add(value);
      }
    }
    return new ListValue(
        elements, regular || !growing ? null : Arrays.copyOf(indices, elements.size()));
  }

  @Override
  Level within(@Nullable Value value, Scope scope) {
    List<Value> elements = value == null ? List.of() : list(value).asList();
    return new Level() {
      @Override
      public String name(int id) {
        return "[" + (id - base) + "]";
      }

      @Override
      public int id(String name) {
        boolean isIndex = name.startsWith("[") && name.endsWith("]");
        return Numbers.parse(isIndex ? name.substring(1, name.length() - 1) : "")
                .filter(n -> n >= 0 && n <= INDEX_MAX - base)
                .orElseThrow(
                    () -> new InvalidValueException("an index is wanted, not '" + name + "'"))
                .intValue()
            + base;
      }

      @Override
      public @Nullable Level within(int id) {
        int i = id - base;
        return element.within(i >= 0 && i < elements.size() ? elements.get(i) : null, scope);
      }
    };
  }
}
