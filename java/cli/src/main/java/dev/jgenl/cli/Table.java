package dev.jgenl.cli;

import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of values that have names and no lists of such. */
final class Table {

  /** There is none: the values are not flat, or the terminal is too narrow. */
  static final Table NONE = new Table(Map.of());

  private static final String GAP = "  ";

  private final Map<String, Integer> widths;

  private Table(Map<String, Integer> widths) {
    this.widths = widths;
  }

  /**
   * Lays a table out.
   *
   * @param values the first rows
   * @param columns the width of the terminal; 0 if there is none
   */
  static Table of(List<Value> values, int columns) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (Value value : values) {
      Map<String, String> cells = new LinkedHashMap<>();
      if (!(value instanceof NestValue row) || !flatten("", row, cells)) {
        return NONE;
      }
      for (Map.Entry<String, String> cell : cells.entrySet()) {
        widths.merge(
            cell.getKey(), Math.max(width(cell.getKey()), width(cell.getValue())), Math::max);
      }
    }
    int total = -GAP.length();
    for (int width : widths.values()) {
      total += width + GAP.length();
    }
    return widths.isEmpty() || (columns > 0 && total > columns) ? NONE : new Table(widths);
  }

  /** Puts each value below its path; returns whether all of them fit into cells. */
  private static boolean flatten(String before, NestValue nest, Map<String, String> cells) {
    for (Map.Entry<String, Value> entry : nest.asMap().entrySet()) {
      String path = before + Printable.escape(entry.getKey());
      if (entry.getValue() instanceof NestValue within) {
        if (!flatten(path + ".", within, cells)) {
          return false;
        }
      } else if (entry.getValue() instanceof ListValue list) {
        if (!isFlat(list)) {
          return false;
        }
        cells.put(path, text(list));
      } else {
        cells.put(path, Printable.escape(entry.getValue().asText()));
      }
    }
    return true;
  }

  /** Tells whether a list has neither names nor lists in it. */
  static boolean isFlat(ListValue list) {
    for (Value element : list.asList()) {
      if (element instanceof NestValue || element instanceof ListValue) {
        return false;
      }
    }
    return true;
  }

  /** Returns a flat list in a line. */
  static String text(ListValue list) {
    StringBuilder text = new StringBuilder();
    for (Value element : list.asList()) {
      text.append(text.isEmpty() ? "" : ", ").append(Printable.escape(element.asText()));
    }
    return text.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the names of the columns. */
  String heading() {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String name : widths.keySet()) {
      cells.put(name, name);
    }
    return line(cells);
  }

  /** Returns a row. What the first rows did not have is left out. */
  String row(NestValue value) {
    Map<String, String> cells = new LinkedHashMap<>();
    flatten("", value, cells);
    return line(cells);
  }

  private String line(Map<String, String> cells) {
    StringBuilder line = new StringBuilder();
    int pending = 0;
    for (Map.Entry<String, Integer> column : widths.entrySet()) {
      String cell = cells.getOrDefault(column.getKey(), "");
      if (!cell.isEmpty()) {
        line.append(" ".repeat(pending)).append(cell);
        pending = 0;
      }
      pending += Math.max(0, column.getValue() - width(cell)) + GAP.length();
    }
    return line.toString();
  }
}
