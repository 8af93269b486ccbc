package dev.jgenl.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Lays out what {@code --help} says. */
// What replaces HelpFormatter is not in the releases of the distributions.
@SuppressWarnings("deprecation")
final class Help {

  /** Longer lines are hard to read. */
  private static final int WIDTH_MAX = 80;

  /** In less the library finds no end. */
  private static final int WIDTH_MIN = 20;

  private static final int INDENT = 1;
  private static final int GAP = 3;

  private static final String FOOTER =
      "jgenl VERB --help says more. It ends with 0; 1 if the kernel refuses; 2 if the command line"
          + " is wrong; 3 if there is no such family; 4 if what is dumped changes meanwhile; 130 at"
          + " Ctrl-C.";

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);
  private final HelpFormatter formatter = new HelpFormatter();

  private final int width;

  private Help(int columns) {
    width = columns == 0 ? WIDTH_MAX : Math.max(WIDTH_MIN, Math.min(columns, WIDTH_MAX));
    formatter.setSyntaxPrefix("Usage: ");
    formatter.setOptionComparator(null);
  }

  /** Returns that of all verbs, for a terminal of a width; 0 if there is none. */
  static String ofAll(int columns) {
    Help help = new Help(columns);
    help.begin("jgenl VERB", "Asks the kernel by netlink, with the names of its specs.");
    Options verbs = new Options();
    for (String name : Verbs.NAMES) {
      Syntax syntax = new Syntax();
      Objects.requireNonNull(Verbs.find(name)).describe(syntax);
      verbs.addOption(new Option(null, name, false, syntax.description()[0]));
    }
    help.table("", verbs);
    help.out.println();
    help.formatter.printWrapped(help.out, help.width, FOOTER);
    return help.text.toString();
  }

  /** Returns that of a verb, for a terminal of a width; 0 if there is none. */
  static String of(String name, Syntax syntax, int columns) {
    StringBuilder usage = new StringBuilder("jgenl ").append(name).append(" [OPTION...]");
    Options parameters = new Options();
    Options choices = new Options();
    for (Syntax.Parameter parameter : syntax.parameters()) {
      usage.append(' ').append(parameter.synopsis());
      parameters.addOption(new Option(null, parameter.label(), false, parameter.description()));
      for (Syntax.Choice choice : parameter.choices()) {
        choices.addOption(new Option(null, choice.word(), false, choice.description()));
      }
    }
    Options options = new Options();
    for (Syntax.Option option : syntax.options()) {
      if (!option.isHidden()) {
        options.addOption(option.forLibrary());
      }
    }
    Help help = new Help(columns);
    help.begin(usage.toString(), String.join("\n", syntax.description()));
    help.table("", parameters);
    help.table("", choices);
    help.table(HelpFormatter.DEFAULT_LONG_OPT_PREFIX, options);
    return help.text.toString();
  }

  private void begin(String usage, String description) {
    formatter.printUsage(out, width, usage);
    formatter.printWrapped(out, width, description);
  }

  /** The library has tables of options alone: without their hyphens they are of anything. */
  private void table(String prefix, Options rows) {
    if (!rows.getOptions().isEmpty()) {
      formatter.setLongOptPrefix(prefix);
      out.println();
      formatter.printOptions(out, width, rows, INDENT, GAP);
    }
  }
}
