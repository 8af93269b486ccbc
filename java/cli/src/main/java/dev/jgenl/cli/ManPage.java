package dev.jgenl.cli;

import java.util.Objects;

/** The parts of the manual that say what the help says, in roff. */
final class ManPage {

  private final StringBuilder text = new StringBuilder();

  private ManPage() {}

  /** Returns a section for each verb, with what it takes besides the options of all verbs. */
  static String verbs() {
    ManPage page = new ManPage();
    for (String name : Verbs.NAMES) {
      Syntax syntax = new Syntax();
      Objects.requireNonNull(Verbs.find(name)).describe(syntax);
      page.verb(name, syntax);
    }
    return page.text.toString();
  }

  /** Returns the options of all verbs. */
  static String commonOptions() {
    ManPage page = new ManPage();
    Syntax syntax = new Syntax();
    CommonOptions.addTo(syntax);
    page.options(syntax);
    return page.text.toString();
  }

  private void verb(String name, Syntax syntax) {
    text.append(".SS jgenl ").append(name);
    for (Syntax.Parameter parameter : syntax.parameters()) {
      text.append(' ').append(escaped(parameter.synopsis()));
    }
    text.append('\n');
    lines(syntax.description());
    for (Syntax.Parameter parameter : syntax.parameters()) {
      text.append(".TP\n.I ").append(escaped(parameter.label())).append('\n');
      lines(parameter.description());
      for (Syntax.Choice choice : parameter.choices()) {
        text.append(".TP\n.B ").append(escaped(choice.word())).append('\n');
        lines(choice.description());
      }
    }
    options(syntax);
  }

  private void options(Syntax syntax) {
    for (Syntax.Option option : syntax.options()) {
      if (!option.isHidden()) {
        text.append(".TP\n\\fB")
            .append(escaped(String.join(" ", option.names())).replace(" ", "\\fR, \\fB"))
            .append("\\fR");
        if (option.hasValue()) {
          text.append(" \\fI").append(escaped(option.label())).append("\\fR");
        }
        text.append('\n');
        lines(option.description());
      }
    }
  }

  private void lines(String... lines) {
    for (String line : lines) {
      // A line that begins so would be a request to roff.
      text.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
          .append(escaped(line))
          .append('\n');
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
