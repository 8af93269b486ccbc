package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import dev.jgenl.wire.Printable;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line {@code jgenl}: asks the kernel by the names of its specs, and shows what it
 * answers. It never prints a stack trace; what it ends with is in {@code jgenl --help}.
 */
public final class Jgenl {

  private static final String[] FOOTER = {
    "",
    "jgenl VERB --help says more. It ends with 0; 1 if the kernel refuses; 2 if the command line is"
        + " wrong; 3 if there is no such family; 4 if what is dumped changes meanwhile; 130 at"
        + " Ctrl-C."
  };

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
    } catch (ParameterException e) {
      return wrong(e);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return Failures.report(e, environment.err());
    }
  }

  private int run(Arguments arguments) throws Exception {
    Verb verb = Verbs.find(arguments.verb());
    if (verb == null) {
      return withoutVerb(arguments);
    }
    CommandLine command = command(arguments.verb(), verb);
    ParseResult parsed = command.parseArgs(arguments.rest().toArray(new String[0]));
    if (parsed.isUsageHelpRequested()) {
      return help(command);
    }
    try (Session session = new Session(environment, CommonOptions.of(parsed, environment))) {
      return verb.run(parsed, session);
    }
  }

  private static CommandLine command(String name, Verb verb) {
    CommandSpec spec = CommandSpec.create().name("jgenl " + name);
    spec.usageMessage().hidden(verb.isHidden());
    verb.describe(spec);
    CommonOptions.addTo(spec);
    return configured(spec);
  }

  private static CommandLine configured(CommandSpec spec) {
    spec.usageMessage().sortOptions(false).autoWidth(false);
    return new CommandLine(spec)
        .setExpandAtFiles(false)
        .setTrimQuotes(false)
        .setOverwrittenOptionsAllowed(true)
        .setPosixClusteredShortOptionsAllowed(true);
  }

  private int withoutVerb(Arguments arguments) {
    List<String> all = arguments.rest();
    CommandLine root = root();
    if (arguments.verb().isEmpty() && (all.contains("-h") || all.contains("--help"))) {
      return help(root);
    } else if (arguments.verb().isEmpty() && (all.contains("-V") || all.contains("--version"))) {
      Output out = new Output(environment.out());
      out.println("jgenl " + Version.TEXT);
      out.flush();
      return ExitStatus.OK;
    } else if (arguments.verb().isEmpty()) {
      environment.err().println("jgenl: a verb is missing");
      usage(root, environment.err());
      return ExitStatus.USAGE;
    }
    throw new CommandException(
        ExitStatus.USAGE,
        Names.unknown("verb", arguments.verb(), Verbs.NAMES)
            + "\njgenl --help shows what there is");
  }

  /** Builds all verbs, for help. */
  private static CommandLine root() {
    CommandSpec spec = CommandSpec.create().name("jgenl");
    spec.usageMessage()
        .description("Asks the kernel by netlink, with the names of its specs.")
        .footer(FOOTER);
    for (String name : Verbs.NAMES) {
      spec.addSubcommand(name, command(name, Objects.requireNonNull(Verbs.find(name))));
    }
    return configured(spec);
  }

  private int help(CommandLine command) {
    Output out = new Output(environment.out());
    out.print(command.getUsageMessage(Ansi.OFF));
    out.flush();
    return ExitStatus.OK;
  }

  private static void usage(CommandLine command, PrintStream err) {
    err.print(command.getUsageMessage(Ansi.OFF));
  }

  private int wrong(ParameterException e) {
    environment.err().println("jgenl: " + Printable.escape(String.valueOf(e.getMessage())));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        environment.err().println("jgenl: is it " + String.join(", ", near) + "?");
      }
    }
    environment.err().println("jgenl: --help says what it takes");
    return ExitStatus.USAGE;
  }
}
