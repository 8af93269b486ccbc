package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import java.util.List;

/**
 * The command line {@code jgenl}: asks the kernel by the names of its specs, and shows what it
 * answers. It never prints a stack trace; what it ends with is in {@code jgenl --help}.
 */
public final class Jgenl {

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
      return run(Arguments.of(arguments));
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return Failures.report(e, environment.err());
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
