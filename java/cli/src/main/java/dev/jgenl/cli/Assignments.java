package dev.jgenl.cli;

import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of words such as {@code header.dev-name=eth0}.
 *
 * <pre>
 * path=text         a value; a list or names if it begins with [ or {, as JSON or its short form
 * path+=text        one more element of a list
 * path              a flag
 * a.b[0].c          names, and indices of lists, from 0 on
 * </pre>
 */
final class Assignments {

  private final @Nullable String header;
  private final Map<String, Object> root = new LinkedHashMap<>();
  private final List<String> given = new ArrayList<>();

  /**
   * Begins.
   *
   * @param header the struct in front of the attributes, whose name may stand before that of a
   *     member with a point between; null if there is none
   */
  Assignments(@Nullable String header) {
    this.header = header;
  }

  /** Takes over all of a value, which must have names. */
  void putAll(Value value) {
    if (!(value instanceof NestValue nest)) {
      throw wrong("names are wanted, such as {ifindex: 1}");
    }
    for (Map.Entry<String, Value> entry : nest.asMap().entrySet()) {
      root.put(entry.getKey(), thawed(entry.getValue()));
    }
  }

  /** Names and lists can be added to. */
  private static Object thawed(Value value) {
    if (value instanceof NestValue nest) {
      Map<String, Object> names = new LinkedHashMap<>();
      for (Map.Entry<String, Value> entry : nest.asMap().entrySet()) {
        names.put(entry.getKey(), thawed(entry.getValue()));
      }
      return names;
    } else if (value instanceof ListValue list) {
      List<Object> elements = new ArrayList<>();
      for (Value element : list.asList()) {
        elements.add(thawed(element));
      }
      return elements;
    }
    return value;
  }

  /** Takes one word. */
  void add(String word) {
    int equals = word.indexOf('=');
    requireKnownOperator(word, equals);
    boolean appends = equals > 0 && word.charAt(equals - 1) == '+';
    String path = equals < 0 ? word : word.substring(0, appends ? equals - 1 : equals);
    Object value = equals < 0 ? true : value(word.substring(equals + 1));
    List<Object> steps = steps(path);
    if (!appends) {
      requireOnce(path);
    }
    Object around = root;
    for (int i = 0; i + 1 < steps.size(); i++) {
      around = enter(around, steps.get(i), steps.get(i + 1) instanceof Integer, path);
    }
    Object last = steps.get(steps.size() - 1);
    if (appends) {
      elements(enter(around, last, true, path), path).add(value);
    } else {
      put(around, last, value, path);
      remember(path, value);
    }
  }

  /** No name ends with what other tools assign with. */
  private static void requireKnownOperator(String word, int equals) {
    if (equals > 0 && "-:*/|&^~!?".indexOf(word.charAt(equals - 1)) >= 0) {
      String operator = word.substring(equals - 1, equals + 1);
      throw wrong("'" + word + "': there are = and +=, and no " + operator);
    }
  }

  /** What a word says is in its place, within that of another word, or around it: but once. */
  private void requireOnce(String path) {
    for (String other : given) {
      if (other.equals(path) || isWithin(other, path)) {
        throw wrong("'" + path + "' is there twice; += adds to a list");
      }
    }
  }

  /** What is within a value is there, too. */
  private void remember(String path, Object value) {
    given.add(path);
    if (value instanceof Map<?, ?> names) {
      names.forEach((name, within) -> remember(path + "." + name, within));
    } else if (value instanceof List<?> elements) {
      for (int i = 0; i < elements.size(); i++) {
        remember(path + "[" + i + "]", elements.get(i));
      }
    }
  }

  private static boolean isWithin(String path, String around) {
    return path.length() > around.length()
        && path.startsWith(around)
        && ".[".indexOf(path.charAt(around.length())) >= 0;
  }

  private static Object value(String text) {
    return text.startsWith("{") || text.startsWith("[") ? thawed(Value.parse(text)) : text;
  }

  /** Takes a path apart into names and indices. */
  private List<Object> steps(String path) {
    List<Object> steps = new ArrayList<>();
    int at = 0;
    if (header != null && path.startsWith(header + ".")) {
      at = header.length() + 1;
    }
    while (at <= path.length()) {
      int point = path.indexOf('.', at);
      int end = point < 0 ? path.length() : point;
      step(path.substring(steps.isEmpty() ? 0 : at, end), path, steps);
      at = end + 1;
    }
    return steps;
  }

  private static void step(String step, String path, List<Object> steps) {
    int bracket = step.indexOf('[');
    String name = bracket < 0 ? step : step.substring(0, bracket);
    if (name.isEmpty()) {
      throw wrong("a name is missing in '" + path + "'");
    }
    steps.add(name);
    while (bracket >= 0) {
      int close = step.indexOf(']', bracket);
      int index = close < 0 ? -1 : index(step.substring(bracket + 1, close));
      boolean ends = close == step.length() - 1;
      if (index < 0 || !(ends || step.charAt(close + 1) == '[')) {
        throw wrong("an index such as [0] is wanted in '" + path + "'");
      }
      steps.add(index);
      bracket = ends ? -1 : close + 1;
    }
  }

  private static int index(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Goes one step down, to where there may be nothing yet. */
  private static Object enter(Object around, Object step, boolean toList, String path) {
    Object within = get(around, step, path);
    if (within == null) {
      within = toList ? new ArrayList<>() : new LinkedHashMap<>();
      put(around, step, within, path);
    } else if (toList ? !(within instanceof List) : !(within instanceof Map)) {
      throw wrong("'" + path + "': there is another value already");
    }
    return within;
  }

  private static @Nullable Object get(Object around, Object step, String path) {
    if (step instanceof Integer index) {
      List<Object> elements = elements(around, path);
      return index < elements.size() ? elements.get(index) : null;
    }
    return names(around, path).get(step);
  }

  private static void put(Object around, Object step, Object value, String path) {
    if (step instanceof Integer index) {
      List<Object> elements = elements(around, path);
      if (index > elements.size()) {
        throw wrong("'" + path + "': [" + elements.size() + "] is the next");
      } else if (index == elements.size()) {
        elements.add(value);
      } else {
        elements.set(index, value);
      }
    } else {
      names(around, path).put((String) step, value);
    }
  }

  @SuppressWarnings("unchecked") // Made here alone.
  private static List<Object> elements(Object around, String path) {
    if (around instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw wrong("'" + path + "': there is no list");
  }

  @SuppressWarnings("unchecked") // Made here alone.
  private static Map<String, Object> names(Object around, String path) {
    if (around instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw wrong("'" + path + "': there are no names");
  }

  private static CommandException wrong(String message) {
    return new CommandException(ExitStatus.USAGE, message);
  }

  /** Returns all of it. */
  Value value() {
    return Value.of(root);
  }
}
