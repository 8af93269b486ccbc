package dev.jgenl.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in jgenl's notation what pyynl says in its own:
 *
 * <ul>
 *   <li>an array whose elements have indices is there a list of objects with the index as name,
 *       here a list, or one object if the indices are not those that are expected
 *   <li>flags are a set; those without a name are there called by the number of their bit, here
 *       summed up
 *   <li>an attribute that the spec lacks is there {@code UnknownAttr(5)}, here 5; a number without
 *       a name {@code Unknown(5)}, here 5
 *   <li>between bytes that are hinted at as hexadecimal there is a space there
 * </ul>
 */
final class PyynlNotation {

  /** The elements of an array, each with its index. */
  record Indexed(List<Integer> indices, List<Object> values) {

    /**
     * As jgenl shows them: without indices where each is one more than the one before, or where
     * they do not grow and so say nothing.
     */
    Object shown(boolean asObject) {
      if (!asObject && (grows(1) || !grows(Integer.MAX_VALUE))) {
        return values;
      }
      Map<String, Object> members = new HashMap<>();
      for (int i = 0; i < indices.size(); i++) {
        members.put(indices.get(i).toString(), values.get(i));
      }
      return new Json(members);
    }

    private boolean grows(int atMost) {
      for (int i = 1; i < indices.size(); i++) {
        int step = indices.get(i) - indices.get(i - 1);
        if (step < 1 || step > atMost) {
          return false;
        }
      }
      return true;
    }
  }

  private static final Pattern UNKNOWN = Pattern.compile("Unknown(?:Attr)?\\((\\d+)\\)");
  private static final Pattern SPACED_BYTES = Pattern.compile("[0-9a-f]{2}( [0-9a-f]{2})+");

  /** What pyynl.py names a set. */
  private static final String SET = "{}";

  private PyynlNotation() {}

  static Object translate(Object value) {
    if (value instanceof Json json) {
      return json.has(SET) ? flags(json.list(SET)) : new Json(members(json));
    } else if (value instanceof List<?> list) {
      return !list.isEmpty() && list.stream().allMatch(PyynlNotation::isIndexed)
          ? array(list)
          : list.stream().map(PyynlNotation::translate).toList();
    } else if (value instanceof String text) {
      return text(text);
    }
    return value;
  }

  private static Map<String, Object> members(Json json) {
    Map<String, Object> members = new HashMap<>();
    json.members().forEach((name, value) -> members.put(text(name).toString(), translate(value)));
    return members;
  }

  private static Object text(String text) {
    Matcher unknown = UNKNOWN.matcher(text);
    if (unknown.matches()) {
      return Long.valueOf(unknown.group(1));
    }
    return SPACED_BYTES.matcher(text).matches() ? text.replace(" ", "") : text;
  }

  private static Set<Object> flags(List<?> names) {
    Set<Object> flags = new LinkedHashSet<>();
    long rest = 0;
    for (Object name : names) {
      Object flag = text(name.toString());
      if (flag instanceof Long bit) {
        rest |= 1L << bit;
      } else {
        flags.add(flag);
      }
    }
    if (rest != 0) {
      flags.add(rest);
    }
    return flags;
  }

  private static boolean isIndexed(Object element) {
    return element instanceof Json json
        && json.members().size() == 1
        && json.members().keySet().iterator().next().matches("\\d+");
  }

  private static Indexed array(List<?> elements) {
    List<Integer> indices = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Object element : elements) {
      ((Json) element)
          .members()
          .forEach(
              (index, value) -> {
                indices.add(Integer.valueOf(index));
                values.add(translate(value));
              });
    }
    return new Indexed(indices, values);
  }
}
