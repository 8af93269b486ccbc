package dev.jgenl.cli;

import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Printable;
import java.util.Map;

/** A value for people: a line for each name, nests indented, lists with hyphens. */
final class Tree {

  private static final String INDENT = "  ";

  /** Narrower than this a terminal breaks lines itself. */
  private static final int LEAST_ROOM = 8;

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
      if (nest.names().isEmpty()) {
        text.append(first).append(first.isEmpty() ? "" : "{}\n");
      }
    } else if (value instanceof ListValue list && !Table.isFlat(list)) {
      for (Value element : list.asList()) {
        put(indent + "- ", indent + INDENT, element);
      }
    } else {
      line(first, indent, "", scalar(value));
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
    broken(value, used, indent + INDENT + INDENT);
    text.append('\n');
  }

  /** Breaks a long value at a blank, or where the line ends. */
  private void broken(String value, int used, String indent) {
    String rest = value;
    int room = columns - used;
    while (columns > 0 && rest.length() > room && columns - indent.length() >= LEAST_ROOM) {
      int at = room < LEAST_ROOM ? 0 : rest.lastIndexOf(' ', room);
      int end = at > 0 ? at : Math.max(0, room < LEAST_ROOM ? 0 : room);
      text.append(rest, 0, end).append('\n').append(indent);
      rest = rest.substring(end).stripLeading();
      room = columns - indent.length();
    }
    text.append(rest);
  }
}
