package dev.jgenl.spec;

import dev.jgenl.spec.model.Continuation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a request of which an attribute is too long: lists are halved until all is short enough. The
 * first half keeps everything else; the second has of it what the continuation calls the key.
 */
final class RequestParts {

  /** Knows what would be sent. */
  interface Trial {

    /**
     * Returns a request as it is read from what would be sent.
     *
     * @throws InvalidValueException if it cannot be sent
     */
    NestValue sent(NestValue request);
  }

  private final Continuation continuation;
  private final Trial trial;
  private final List<NestValue> parts = new ArrayList<>();

  private RequestParts(Continuation continuation, Trial trial) {
    this.continuation = continuation;
    this.trial = trial;
  }

  /**
   * Cuts a request.
   *
   * @param continuation how the parts of it go on
   * @param trial tells what can be sent
   * @return the parts in their order
   * @throws InvalidValueException if it cannot be sent in parts either
   */
  static List<NestValue> of(NestValue request, Continuation continuation, Trial trial) {
    RequestParts cut = new RequestParts(continuation, trial);
    cut.add(request);
    return List.copyOf(cut.parts);
  }

  private void add(NestValue part) {
    try {
      trial.sent(part);
      parts.add(part);
    } catch (InvalidValueException e) {
      List<NestValue> halves =
          e.isTooLong() ? halve(part, e.path().get(0), continuation.key()) : List.of();
      if (halves.isEmpty()) {
        throw e;
      }
      halves.forEach(this::add);
    }
  }

  /** Halves a list, or the only element of it; returns nothing if that cannot be. */
  private List<NestValue> halve(NestValue value, String list, List<String> key) {
    List<Value> elements = elements(value, list);
    int half = elements.size() / 2;
    if (half > 0) {
      return List.of(
          with(value, list, elements.subList(0, half)),
          with(keyOf(value, key), list, elements.subList(half, elements.size())));
    }
    Continuation.@Nullable Element goesOn = continuation.elements().get(list);
    if (goesOn == null || elements.isEmpty() || !(elements.get(0) instanceof NestValue element)) {
      return List.of();
    }
    List<NestValue> halves = halve(element, longestList(element), List.of(goesOn.key()));
    if (halves.isEmpty()) {
      return List.of();
    }
    NestValue rest = halves.get(1);
    goesOn.kept().forEach((flags, bits) -> keep(rest, element, list, flags, bits));
    return List.of(
        with(value, list, List.of(halves.get(0))), with(keyOf(value, key), list, List.of(rest)));
  }

  /** Sets in a part of an element those of its flags that hold for each part. */
  private void keep(
      NestValue rest, NestValue element, String list, String flags, List<String> bits) {
    element
        .find(flags)
        .ifPresent(
            value -> {
              long kept = number(list, flags, value) & number(list, flags, Value.of(bits));
              if (kept != 0) {
                rest.set(rest.shape().slot(flags), NumberValue.unsigned(kept));
              }
            });
  }

  /** Whoever asks may have given names of bits, or their sum: what is sent tells. */
  private long number(String list, String flags, Value value) {
    NestValue element = NestValue.of(Map.of(flags, value));
    NestValue sent = trial.sent(NestValue.of(Map.of(list, new ListValue(List.of(element), null))));
    return sent.at(list).at(0).at(flags).asLong();
  }

  private static List<Value> elements(NestValue value, String list) {
    return value.find(list).orElse(null) instanceof ListValue found && found.indices() == null
        ? found.asList()
        : List.of();
  }

  private static String longestList(NestValue value) {
    String longest = "";
    for (String name : value.names()) {
      if (elements(value, name).size() > elements(value, longest).size()) {
        longest = name;
      }
    }
    return longest;
  }

  private static NestValue keyOf(NestValue value, List<String> key) {
    NestValue only = NestValue.of(value.shape());
    Shape shape = value.shape();
    for (String name : key) {
      int slot = shape.slot(name);
      if (slot >= 0 && value.get(slot) != null) {
        only.set(slot, Objects.requireNonNull(value.get(slot)));
      }
    }
    return only;
  }

  private static NestValue with(NestValue value, String list, List<Value> elements) {
    NestValue changed = value.copy();
    changed.set(value.shape().slot(list), new ListValue(List.copyOf(elements), null));
    return changed;
  }
}
