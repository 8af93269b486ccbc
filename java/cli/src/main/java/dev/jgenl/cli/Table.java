package dev.jgenl.cli;

import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of values that have names, and no lists of such. The last column may be broken. */
final class Table {

  private static final String GAP = "  ";

  /** Narrower than this the last column is not made. */
  private static final int LEAST_LAST = 16;

  /** Of what no terminal shows: as far from the start of a row may the last column stand. */
  private static final int WIDEST_OTHERS = 200;

  private final Map<String, Integer> widths;

  private Table(Map<String, Integer> widths) {
    this.widths = widths;
  }

  /**
   * Lays a table out.
   *
   * @param values the first rows
   * @param columns how wide it may be; 0 if no terminal shows it
   * @return null if the values are not flat, or it would be too wide
   */
  static @Nullable Table of(List<Value> values, int columns) {
    Map<String, Integer> widest = new HashMap<>();
    List<String> order = new ArrayList<>();
    for (Value value : values) {
      Map<String, String> cells = new LinkedHashMap<>();
      if (!(value instanceof NestValue row) || !flatten("", row, cells)) {
        return null;
      }
      for (Map.Entry<String, String> cell : cells.entrySet()) {
        int width = Math.max(Text.width(cell.getKey()), Text.width(cell.getValue()));
        widest.merge(cell.getKey(), width, Math::max);
      }
      addTo(order, cells.keySet());
    }
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (String name : order) {
      widths.put(name, widest.getOrDefault(name, 0));
    }
    return widths.isEmpty() || !fit(widths, columns) ? null : new Table(widths);
  }

  /** Puts names that are new behind the one that stands before them in this row. */
  private static void addTo(List<String> order, Iterable<String> names) {
    int at = 0;
    for (String name : names) {
      int known = order.indexOf(name);
      if (known < 0) {
        order.add(at++, name);
      } else {
        at = known + 1;
      }
    }
  }

  private static boolean fit(Map<String, Integer> widths, int columns) {
    int total = -GAP.length();
    String last = "";
    for (Map.Entry<String, Integer> column : widths.entrySet()) {
      total += column.getValue() + GAP.length();
      last = column.getKey();
    }
    if (columns == 0) {
      return total - widths.getOrDefault(last, 0) <= WIDEST_OTHERS;
    } else if (total <= columns) {
      return true;
    }
    int room = columns - (total - widths.getOrDefault(last, 0));
    widths.put(last, room);
    return room >= LEAST_LAST;
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

  /** Returns the line of the names of the columns. */
  String heading() {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String name : widths.keySet()) {
      cells.put(name, name);
    }
    return lines(cells, "");
  }

  /**
   * Returns a row.
   *
   * @param value one of the first, or one that came later
   * @param indent stands before what is broken
   * @return a line or more, the last without its end; null if it has what the first rows had not
   */
  @Nullable String row(NestValue value, String indent) {
    Map<String, String> cells = new LinkedHashMap<>();
    return flatten("", value, cells) && widths.keySet().containsAll(cells.keySet())
        ? lines(cells, indent)
        : null;
  }

  private String lines(Map<String, String> cells, String indent) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    int at = 0;
    for (Map.Entry<String, Integer> column : widths.entrySet()) {
      String cell = cells.getOrDefault(column.getKey(), "");
      if (!cell.isEmpty()) {
        line.append(" ".repeat(at - used));
        List<String> parts = new ArrayList<>();
        Text.breakInto(cell, column.getValue(), column.getValue(), parts);
        line.append(parts.get(0));
        for (String more : parts.subList(1, parts.size())) {
          line.append('\n').append(indent).append(" ".repeat(at)).append(more);
        }
        used = at + Text.width(parts.get(parts.size() - 1));
      }
      at = Math.max(used, at + column.getValue()) + GAP.length();
    }
    return line.toString();
  }
}
