package dev.jgenl.cli;

import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * pyynl's {@code --multi}: many requests in one datagram, as {@code OPERATION JSON} each. Between
 * {@code batch-begin} and {@code batch-end} of nftables they are a transaction.
 */
final class MultiVerb extends Verb {

  private static final String BEGIN = "batch-begin";
  private static final String END = "batch-end";

  @Override
  void describe(Syntax spec) {
    spec.description("Sends many requests at once.");
    spec.addPositional(Options.parameter("FAMILY", "a name of a spec: see jgenl families"));
    spec.addPositional(Options.parameters(2, "REQUEST", "OPERATION JSON, of each"));
    RequestVerb.addFlags(spec);
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    Family model = session.model(Objects.requireNonNull(Options.parameter(parsed, 0)));
    String[] words = Options.parameters(parsed, 1);
    if (words.length % 2 != 0) {
      throw new CommandException(ExitStatus.USAGE, "each operation needs its attributes");
    }
    RequestFlag[] flags = RequestVerb.flags(parsed);
    List<DynamicRequest> requests = new ArrayList<>();
    boolean transaction = false;
    for (int i = 0; i < words.length; i += 2) {
      if (words[i].equals(BEGIN) || words[i].equals(END)) {
        transaction = true;
      } else {
        requests.add(
            DynamicRequest.of(
                words[i], Value.parse(Input.read(words[i + 1], session.in())), flags));
      }
    }
    DynamicFamily family = session.client(Specs.of(model)).family(model.name());
    print(session, transaction ? family.transaction(requests) : family.batch(requests));
    return ExitStatus.OK;
  }

  /** Prints the answers; the first refusal ends the command. */
  private static void print(Session session, List<Outcome<Reply<Value>>> outcomes)
      throws NetlinkException {
    try (Printer printer = session.printer(Format.Count.MANY)) {
      for (Outcome<Reply<Value>> outcome : outcomes) {
        List<Value> answers = outcome.get().messages();
        printer.print(answers.isEmpty() ? Value.of(Map.of()) : answers.get(answers.size() - 1));
      }
      printer.end();
    }
  }
}
