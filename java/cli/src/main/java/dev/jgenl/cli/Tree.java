package dev.jgenl.cli;

import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value for people: a line for each name, nests indented, lists as tables if they fit, else with
 * hyphens.
 */
final class Tree {

  private static final String INDENT = "  ";

  private final int columns;
  private final boolean colored;
  private final StringBuilder text = new StringBuilder();

  /**
   * Makes one.
   *
   * @param columns where lines are broken; 0 for nowhere
   * @param colored whether names have a colour
   */
  Tree(int columns, boolean colored) {
    this.columns = columns;
    this.colored = colored;
  }

  /** Returns the lines, each with its end. */
  String of(Value value) {
    put("", "", value);
    return text.toString();
  }

  /** Puts the first line behind a prefix, and what follows behind an indent of the same length. */
  private void put(String first, String indent, Value value) {
    if (value instanceof NestValue nest) {
      String before = first;
      for (Map.Entry<String, Value> entry : nest.asMap().entrySet()) {
        member(before, indent, Printable.escape(entry.getKey()), entry.getValue());
        before = indent;
      }
      if (nest.names().isEmpty() && !first.isEmpty()) {
        text.append(first).append("{}\n");
      }
    } else if (value instanceof ListValue list && !Table.isFlat(list)) {
      list(indent, list);
    } else {
      line(first, indent, "", scalar(value));
    }
  }

  private void list(String indent, ListValue list) {
    int room = columns == 0 ? 0 : Math.max(1, columns - indent.length());
    Table table = Table.of(list.asList(), room);
    if (table == null) {
      for (Value element : list.asList()) {
        put(indent + "- ", indent + INDENT, element);
      }
      return;
    }
    String heading = table.heading();
    text.append(indent).append(colored ? Colors.in(Colors.NAME, heading) : heading).append('\n');
    for (Value element : list.asList()) {
      @Nullable String row = table.row((NestValue) element, indent);
      text.append(indent).append(row).append('\n');
    }
  }

  private void member(String first, String indent, String name, Value value) {
    if (value instanceof NestValue nest) {
      line(first, indent, name, nest.names().isEmpty() ? "{}" : "");
      if (!nest.names().isEmpty()) {
        put(indent + INDENT, indent + INDENT, value);
      }
    } else if (value instanceof ListValue list && !Table.isFlat(list)) {
      line(first, indent, name, "");
      put(indent + INDENT, indent + INDENT, value);
    } else {
      line(first, indent, name, scalar(value));
    }
  }

  private static String scalar(Value value) {
    return value instanceof ListValue list ? Table.text(list) : Printable.escape(value.asText());
  }

  private void line(String first, String indent, String name, String value) {
    text.append(first);
    int used = first.length();
    if (!name.isEmpty()) {
      text.append(colored ? Colors.in(Colors.NAME, name) : name).append(':');
      used += name.length() + 1;
      if (!value.isEmpty()) {
        text.append(' ');
        used++;
      }
    }
    String more = indent + INDENT + INDENT;
    List<String> lines = new ArrayList<>();
    Text.breakInto(
        value,
        columns == 0 ? Integer.MAX_VALUE : columns - used,
        columns == 0 ? Integer.MAX_VALUE : columns - more.length(),
        lines);
    text.append(lines.get(0)).append('\n');
    for (String rest : lines.subList(1, lines.size())) {
      text.append(more).append(rest).append('\n');
    }
  }
}
