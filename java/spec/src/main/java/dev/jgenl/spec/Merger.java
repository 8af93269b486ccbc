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
    for (int start = 0, end; start < values.size(); start = end) {
      end = start + 1;
      while (end < values.size() && haveSame(key, values.get(start), values.get(end))) {
        end++;
      }
      merged.add(end == start + 1 ? values.get(start) : joinNests(values.subList(start, end)));
    }
    return List.copyOf(merged);
  }

  private static boolean haveSame(List<String> key, Value a, Value b) {
    return key.stream().allMatch(k -> a.find(k).isPresent() && a.find(k).equals(b.find(k)));
  }

  private Value joinNests(List<Value> parts) {
    Map<String, List<Value>> found = new LinkedHashMap<>();
    for (Value part : parts) {
      ((NestValue) part)
          .asMap()
          .forEach((name, value) -> found.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    Map<String, Value> joined = new LinkedHashMap<>();
    found.forEach((name, values) -> joined.put(name, join(name, values)));
    return NestValue.of(joined);
  }

  /** What all have as a list is appended, as names joined; else the first counts. */
  private Value join(String name, List<Value> values) {
    Value first = values.get(0);
    if (values.size() > 1 && first instanceof ListValue) {
      List<Value> elements = new ArrayList<>();
      values.stream()
          .filter(value -> value instanceof ListValue)
          .forEach(list -> elements.addAll(list.asList()));
      Continuation.@Nullable Element element = continuation.elements().get(name);
      return new ListValue(
          element == null
              ? List.copyOf(elements)
              : mergeNeighbours(elements, List.of(element.key())),
          null);
    } else if (values.size() > 1 && first instanceof NestValue) {
      return joinNests(values.stream().filter(value -> value instanceof NestValue).toList());
    }
    return first;
  }
}
