package dev.jgenl.cli;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints for people: many things as a table if they are flat and the terminal is wide enough, else
 * each as a tree.
 */
final class TablePrinter extends Printer {

  /** As many are looked at before the widths of a table are settled. */
  private static final int ROWS_MAX = 1000;

  private final Output out;
  private final int columns;
  private final boolean colored;
  private final List<Value> waiting = new ArrayList<>();
  private boolean settled;
  private boolean any;
  private @Nullable Table table;

  /** There are 0 columns where no terminal is. */
  TablePrinter(Output out, int columns, boolean colored, Format.Count count) {
    this.out = out;
    this.columns = columns;
    this.colored = colored;
    settled = count != Format.Count.MANY;
  }

  @Override
  void print(Value value) {
    if (settled) {
      put(value);
    } else {
      waiting.add(value);
      if (waiting.size() == ROWS_MAX) {
        settle();
      }
    }
  }

  private void settle() {
    settled = true;
    table = Table.of(waiting, columns);
    if (table != null) {
      String heading = table.heading();
      out.println(colored ? Colors.in(Colors.HEADING, heading) : heading);
    }
    for (Value value : waiting) {
      put(value);
    }
    waiting.clear();
  }

  private void put(Value value) {
    String row = table != null && value instanceof NestValue nest ? table.row(nest, "") : null;
    if (row != null) {
      out.println(row);
    } else {
      if (any) {
        out.println("");
      }
      out.print(new Tree(columns, colored).of(value));
    }
    any = true;
  }

  @Override
  void end() {
    if (!settled) {
      settle();
    }
  }

  @Override
  public void close() {
    if (!waiting.isEmpty()) {
      settle();
    }
  }
}
