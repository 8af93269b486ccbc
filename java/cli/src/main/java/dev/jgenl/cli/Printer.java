package dev.jgenl.cli;

import dev.jgenl.spec.Value;

/**
 * Prints values in a format. What it prints is safe to show: JSON is ASCII, and a table escapes
 * what a terminal would obey.
 */
abstract class Printer implements AutoCloseable {

  /** Makes one. */
  static Printer of(Settings settings, Output out, int columns, Format.Count count) {
    return switch (settings.format()) {
      case TABLE -> new TablePrinter(out, columns, settings.colors(), count);
      case JSON, JSONL, PRETTY -> new JsonPrinter(out, settings, count);
      case HEX -> new HexPrinter();
    };
  }

  /** Prints one thing, which arrives when the output is flushed, or before. */
  abstract void print(Value value);

  /** Prints what has to stand behind the last. */
  abstract void end();

  /**
   * Ends what was begun and could not be brought to its end: what came before a failure is printed,
   * and is whole. Behind {@link #end()} it does nothing.
   */
  @Override
  public abstract void close();

  /** The messages were printed by {@link Tap} when they came. */
  private static final class HexPrinter extends Printer {
    @Override
    void print(Value value) {}

    @Override
    void end() {}

    @Override
    public void close() {}
  }
}
