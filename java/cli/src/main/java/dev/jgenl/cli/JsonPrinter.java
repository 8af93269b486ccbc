package dev.jgenl.cli;

import dev.jgenl.spec.Value;

/** Prints JSON. */
final class JsonPrinter extends Printer {

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
    if (array) {
      out.print(any ? ",\n" : "[");
      any = true;
      out.print(layout.of(value.toJson()));
    } else {
      out.println(layout.of(value.toJson()));
    }
  }

  @Override
  void end() {
    if (array) {
      out.println(any ? "]" : "[]");
    }
  }
}
