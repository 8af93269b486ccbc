package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import java.util.List;

/**
 * The command line {@code jgenl}: asks the kernel by the names of its specs, and shows what it
 * answers. It never prints a stack trace; what it ends with is in {@code jgenl --help}.
 */
public final class Jgenl {

  /** Stands for what is not text. */
  private static final char REPLACEMENT = '\ufffd';

  private static final String ENCODING = System.getProperty("sun.jnu.encoding");

  private final Environment environment;

  Jgenl(Environment environment) {
    this.environment = environment;
  }

  /**
   * Runs the command, and ends the process with its status.
   *
   * @param arguments the verb, its parameters and options
   */
  public static void main(String[] arguments) {
    Environment environment = Environment.ofProcess();
    int status = new Jgenl(environment).run(arguments);
    environment.err().flush();
    if (status != ExitStatus.OK) {
      System.exit(status);
    }
  }

  /** Runs the command, and returns its status. */
  int run(String... arguments) {
    try {
      requireText(arguments);
      return run(Arguments.of(arguments));
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return Failures.report(e, environment.err());
    }
  }

  /** What the JVM could not decode would be sent as something else. */
  private static void requireText(String... arguments) {
    for (String argument : arguments) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        throw new CommandException(
            ExitStatus.USAGE,
            "'" + argument + "' is not text in this locale, whose encoding is " + ENCODING,
            "LC_ALL=C.UTF-8 has UTF-8");
      }
    }
  }

  private int run(Arguments arguments) throws Exception {
    Verb verb = Verbs.find(arguments.verb());
    if (verb == null) {
      return withoutVerb(arguments);
    }
    Syntax syntax = new Syntax();
    verb.describe(syntax);
    CommonOptions.addTo(syntax);
    Parsed parsed = CommandParser.parse(syntax, arguments.rest());
    if (Options.has(parsed, "--help")) {
      return print(Help.of(arguments.verb(), syntax, environment.columns()));
    }
    try (Session session = new Session(environment, CommonOptions.of(parsed, environment))) {
      return verb.run(parsed, session);
    }
  }

  private int withoutVerb(Arguments arguments) {
    List<String> options = arguments.rest();
    if (!arguments.verb().isEmpty()) {
      throw new CommandException(
          ExitStatus.USAGE,
          Names.unknown("verb", arguments.verb(), Verbs.NAMES),
          "jgenl --help shows what there is");
    } else if (options.contains("-h") || options.contains("--help")) {
      return print(Help.ofAll(environment.columns()));
    } else if (options.contains("-V") || options.contains("--version")) {
      return print("jgenl " + Version.TEXT + "\n");
    }
    Syntax common = new Syntax();
    CommonOptions.addTo(common);
    CommandParser.parse(common, options);
    throw new CommandException(
        ExitStatus.USAGE, "a verb is missing", "jgenl --help shows what there is");
  }

  private int print(String text) {
    Output out = new Output(environment.out());
    out.print(text);
    out.flush();
    return ExitStatus.OK;
  }
}
