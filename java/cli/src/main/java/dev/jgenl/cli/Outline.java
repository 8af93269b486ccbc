package dev.jgenl.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes tables of trees: rows within a row, below the name {@code nested}, become rows behind it
 * whose names are indented. Numbers and C names, which few people want there, are left out.
 */
final class Outline {

  private static final String NESTED = "nested";

  /** Does so with all lists that a description holds, in place. */
  void flatten(Map<String, Object> described) {
    for (Map.Entry<String, Object> entry : described.entrySet()) {
      if (entry.getValue() instanceof Map<?, ?> within) {
        flatten(names(within));
      } else if (entry.getValue() instanceof List<?> rows && hasNests(rows)) {
        List<Object> flat = new ArrayList<>();
        append(rows, "", flat);
        entry.setValue(flat);
      }
    }
  }

  @SuppressWarnings("unchecked") // Descriptions are made with names alone.
  private static Map<String, Object> names(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private static boolean hasNests(List<?> rows) {
    for (Object row : rows) {
      if (row instanceof Map<?, ?> map && map.containsKey("number")) {
        return true;
      }
    }
    return false;
  }

  private static void append(List<?> rows, String indent, List<Object> flat) {
    for (Object object : rows) {
      Map<String, Object> row = new LinkedHashMap<>(names((Map<?, ?>) object));
      Object nested = row.remove(NESTED);
      row.remove("number");
      row.remove("c-name");
      row.put("name", indent + row.get("name"));
      flat.add(row);
      if (nested instanceof List<?> within) {
        append(within, indent + "  ", flat);
      }
    }
  }
}
