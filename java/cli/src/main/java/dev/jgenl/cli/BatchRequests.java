package dev.jgenl.cli;

import dev.jgenl.Reply;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicDump;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Makes the requests of lines, with one client for each family, which it closes. */
final class BatchRequests implements AutoCloseable {

  /**
   * What became of a line.
   *
   * @param answers in the order in which they came; in a dry run the message that is not sent
   * @param problem why it failed, or what the kernel warns of; empty if there is nothing to say
   * @param status with which the command would have ended
   */
  record Outcome(List<Value> answers, String problem, int status) {

    private static final Outcome NOTHING = new Outcome(List.of(), "", ExitStatus.OK);

    /** Tells whether there is nothing to print: the line was empty, or a message was shown. */
    boolean isNothing() {
      return this == NOTHING;
    }
  }

  private final Session session;
  private final Map<String, DynamicClient> clients = new HashMap<>();

  BatchRequests(Session session) {
    this.session = session;
  }

  /** Does what a line says. A failure is an outcome. */
  Outcome ask(byte[] line) {
    try {
      List<String> words = Words.of(Input.decode("the line", line));
      return words.isEmpty() ? Outcome.NOTHING : ask(Arguments.of(words.toArray(new String[0])));
    } catch (Output.Closed e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // An outcome is a line, and so is what it says.
      String problem = Failures.message(e).lines().collect(Collectors.joining("; "));
      return new Outcome(List.of(), problem, Failures.status(e));
    }
  }

  private Outcome ask(Arguments arguments) throws IOException {
    if (!(Verbs.find(arguments.verb()) instanceof RequestVerb verb)) {
      throw wrong("a line begins with do or dump, not '" + arguments.verb() + "'");
    }
    Syntax syntax = new Syntax();
    verb.describe(syntax);
    int ofLine = syntax.options().size();
    CommonOptions.addTo(syntax);
    Parsed parsed = CommandParser.parse(syntax, arguments.rest());
    refuseAny(syntax.options().subList(ofLine, syntax.options().size()), parsed);
    if (Options.has(parsed, "--dry-run") || Options.has(parsed, "--raw")) {
      throw wrong("--dry-run is an option of the batch, and --raw of single requests");
    } else if ("-".equals(RequestVerb.input(parsed)) || "@-".equals(RequestVerb.input(parsed))) {
      throw wrong("attributes of a line stand in it, or in a file");
    }
    DynamicFamily family = family(Objects.requireNonNull(Options.parameter(parsed, 0)));
    DynamicRequest request = verb.request(parsed, session, family.model());
    MessageLog log = session.log();
    log.describe(family.model(), request.operation());
    try {
      return verb.isDump()
          ? dump(family, request, Options.has(parsed, "--merge"))
          : execute(family, request);
    } catch (IOException e) {
      if (!log.hasStopped()) {
        throw e;
      }
      Value message = log.shown();
      return message == null ? Outcome.NOTHING : new Outcome(List.of(message), "", ExitStatus.OK);
    }
  }

  private static void refuseAny(List<Syntax.Option> ofBatch, Parsed parsed) {
    for (Syntax.Option option : ofBatch) {
      if (Options.has(parsed, option.longestName())) {
        String names = String.join(", ", option.names());
        throw wrong(names + ": an option of the batch, not of a line");
      }
    }
  }

  private DynamicFamily family(String name) throws IOException {
    DynamicClient client = clients.get(name);
    if (client == null) {
      Family model = session.model(name);
      client = DynamicClient.open(session.options(), Specs.of(model), session.sockets());
      clients.put(name, client);
    }
    return client.family(client.specs().names().iterator().next());
  }

  private static Outcome execute(DynamicFamily family, DynamicRequest request) throws IOException {
    Reply<Value> reply =
        family.execute(
            request.operation(), request.value(), request.flags().toArray(new RequestFlag[0]));
    return new Outcome(reply.messages(), DoVerb.warning(reply), ExitStatus.OK);
  }

  private static Outcome dump(DynamicFamily family, DynamicRequest request, boolean merged)
      throws IOException {
    try (DynamicDump dump = family.dump(request.operation(), request.value())) {
      List<Value> answers = merged ? dump.merged() : dump.toList();
      return dump.isConsistent()
          ? new Outcome(answers, "", ExitStatus.OK)
          : new Outcome(answers, DumpVerb.CHANGED, ExitStatus.INTERRUPTED_DUMP);
    }
  }

  private static CommandException wrong(String message) {
    return new CommandException(ExitStatus.USAGE, message);
  }

  @Override
  public void close() {
    clients.values().forEach(DynamicClient::close);
  }
}
