package dev.jgenl.cli;

import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code jgenl do} and {@code jgenl dump} have in common: what they ask for. */
abstract class RequestVerb extends Verb {

  private static final RequestFlag[] FLAGS = RequestFlag.values();

  @Override
  void describe(Syntax spec) {
    spec.addPositional(Options.parameter("FAMILY", "a name of a spec: see jgenl families"));
    spec.addPositional(Options.parameter("OPERATION", "see jgenl describe FAMILY"));
    spec.addPositional(
        Options.parameters(
            0,
            "ATTRIBUTE",
            "NAME=VALUE, NAME.NAME=VALUE, NAME={NAME: VALUE}, NAME+=VALUE for one more of a"
                + " list, or NAME alone for a flag"));
    spec.addOption(
        Options.once("JSON", "the attributes as JSON, from @FILE, or - for stdin", "--input"));
    spec.addOption(Options.flag("show the message, do not send it", "--dry-run"));
    spec.addOption(
        Options.flag("numbers in place of names, NUMBER=u32:5, str:, hex:: no spec", "--raw"));
    spec.addOption(Options.hidden(true, "--json"));
    spec.addOption(Options.hidden(false, "--output-json"));
    spec.addOption(Options.hidden(false, "--process-unknown"));
    spec.addOption(Options.hidden(false, "--no-schema"));
  }

  /** Adds the flags of a request that changes something. */
  static void addFlags(Syntax spec) {
    spec.addOption(Options.flag("make it if it is not there", "--create"));
    spec.addOption(Options.flag("refuse if it is there", "--excl"));
    spec.addOption(Options.flag("replace what is there", "--replace"));
    spec.addOption(Options.flag("add it behind what is there", "--append"));
    spec.addOption(Options.flag("show what was done", "--echo"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    String family = Objects.requireNonNull(Options.parameter(parsed, 0));
    String operation = Objects.requireNonNull(Options.parameter(parsed, 1));
    if (Options.has(parsed, "--raw")) {
      if (input(parsed) != null) {
        throw new CommandException(
            ExitStatus.USAGE, "--raw takes attributes by their numbers, and no JSON");
      }
      RawRequest raw =
          RawRequest.of(session, family, operation, Options.parameters(parsed, 2), isDump());
      return ask(session, raw.model(), DynamicRequest.of(operation, raw.value(), flags(parsed)));
    }
    Family model = session.model(family);
    return ask(session, model, request(parsed, session, model));
  }

  /** Returns what a command line asks of a family. */
  DynamicRequest request(Parsed parsed, Session session, Family model) throws IOException {
    String operation = Objects.requireNonNull(Options.parameter(parsed, 1));
    Operation known = Models.find(model, operation);
    Value value = value(parsed, session, known);
    String[] words = Options.parameters(parsed, 2);
    if (known != null && hasUntyped(words)) {
      WordTypes.require(model, known, List.of(words));
    }
    return DynamicRequest.of(operation, value, flags(parsed));
  }

  /** Of most words the value tells whether it fits, and the spec need not be searched. */
  private static boolean hasUntyped(String... words) {
    for (String word : words) {
      if (word.indexOf('=') < 0 || word.contains("+=")) {
        return true;
      }
    }
    return false;
  }

  /** Returns where the attributes come from beside words, or null. */
  static @Nullable String input(Parsed parsed) {
    if (Options.has(parsed, "--input")) {
      Options.refuse(parsed, "is the same as --input: one of them", "--json");
    }
    return Options.text(parsed, Options.has(parsed, "--input") ? "--input" : "--json");
  }

  private static Value value(Parsed parsed, Session session, @Nullable Operation operation)
      throws IOException {
    Assignments value = new Assignments(operation == null ? null : operation.header().orElse(null));
    String input = input(parsed);
    if (input != null) {
      String text = Input.read(input, session.in());
      if (text.isBlank()) {
        throw new CommandException(
            ExitStatus.USAGE, "there is no JSON in --input; {} stands for no attributes");
      }
      value.putAll(Value.parse(text));
    }
    for (String word : Options.parameters(parsed, 2)) {
      value.add(word);
    }
    return value.value();
  }

  /** Returns the flags of the header. */
  static RequestFlag[] flags(Parsed parsed) {
    Set<RequestFlag> flags = EnumSet.noneOf(RequestFlag.class);
    for (RequestFlag flag : FLAGS) {
      String option = "--" + flag.name().toLowerCase(Locale.ROOT);
      if (Options.has(parsed, option)) {
        flags.add(flag);
      }
    }
    return flags.toArray(new RequestFlag[0]);
  }

  private int ask(Session session, Family model, DynamicRequest request) throws IOException {
    MessageLog log = session.log();
    log.describe(model, request.operation());
    try {
      DynamicFamily family = session.client(Specs.of(model)).family(model.name());
      return ask(session, family, request);
    } catch (IOException e) {
      // A message that is only to be shown is refused on its way.
      if (!log.hasStopped()) {
        throw e;
      }
      show(session, log.shown());
      return ExitStatus.OK;
    }
  }

  private static void show(Session session, @Nullable Value message) {
    if (message != null) {
      try (Printer printer = session.printer(Format.Count.ONE)) {
        printer.print(message);
        printer.end();
      }
    }
  }

  abstract boolean isDump();

  /** Asks, and prints the answer. */
  abstract int ask(Session session, DynamicFamily family, DynamicRequest request)
      throws IOException;
}
