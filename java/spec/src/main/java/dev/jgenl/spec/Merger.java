package dev.jgenl.spec;

import dev.jgenl.spec.model.Continuation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the messages of a dump in which one object goes on. */
final class Merger {

  private final Continuation continuation;

  Merger(Continuation continuation) {
    this.continuation = continuation;
  }

  List<Value> merge(List<Value> messages) {
    return mergeNeighbours(messages, continuation.key());
  }

  private List<Value> mergeNeighbours(List<Value> values, List<String> key) {
    List<Value> merged = new ArrayList<>();
    for (Value value : values) {
      int last = merged.size() - 1;
      if (last >= 0 && haveSame(key, merged.get(last), value)) {
        merged.set(last, join(merged.get(last), value));
      } else {
        merged.add(value);
      }
    }
    return List.copyOf(merged);
  }

  private static boolean haveSame(List<String> key, Value a, Value b) {
    return key.stream().allMatch(k -> a.find(k).isPresent() && a.find(k).equals(b.find(k)));
  }

  /** What both have as a list is appended, as names joined; else the first counts. */
  private Value join(Value first, Value second) {
    Map<String, Value> joined = new LinkedHashMap<>(((NestValue) first).asMap());
    ((NestValue) second)
        .asMap()
        .forEach((name, value) -> joined.merge(name, value, (a, b) -> join(name, a, b)));
    return NestValue.of(joined);
  }

  private Value join(String name, Value first, Value second) {
    if (first instanceof ListValue a && second instanceof ListValue b) {
      List<Value> elements = new ArrayList<>(a.asList());
      elements.addAll(b.asList());
      @Nullable String key = continuation.elements().get(name);
      return new ListValue(
          key == null ? List.copyOf(elements) : mergeNeighbours(elements, List.of(key)), null);
    }
    return first instanceof NestValue && second instanceof NestValue ? join(first, second) : first;
  }
}
