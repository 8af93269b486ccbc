package dev.jgenl.cli;

import dev.jgenl.spec.Value;

/** Prints JSON. */
final class JsonPrinter extends Printer {

  private static final String END = "]\n";

  private final Output out;
  private final JsonLayout layout;
  private final boolean array;
  private boolean any;

  JsonPrinter(Output out, Settings settings, Format.Count count) {
    this.out = out;
    layout =
        new JsonLayout(
            settings.format() == Format.PRETTY, settings.colors(), settings.jsonStrings());
    array = count == Format.Count.MANY && settings.format() != Format.JSONL;
  }

  @Override
  void print(Value value) {
    String json = layout.of(value.toJson());
    if (array) {
      out.print((any ? ",\n" : "[") + json, END);
      any = true;
    } else {
      out.println(json);
    }
  }

  @Override
  void end() {
    if (array) {
      out.print(any ? END : "[" + END, "");
      any = false;
    }
  }

  @Override
  public void close() {
    if (any) {
      end();
    }
  }
}
