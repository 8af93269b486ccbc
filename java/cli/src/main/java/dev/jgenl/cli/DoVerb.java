package dev.jgenl.cli;

import dev.jgenl.Reply;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code jgenl do}: asks for one thing, or has something changed. */
final class DoVerb extends RequestVerb {

  @Override
  void describe(Syntax spec) {
    spec.description("Asks for one thing, or has something changed.");
    super.describe(spec);
    addFlags(spec);
  }

  @Override
  boolean isDump() {
    return false;
  }

  @Override
  int ask(Session session, DynamicFamily family, DynamicRequest request) throws IOException {
    Reply<Value> reply =
        family.execute(
            request.operation(), request.value(), request.flags().toArray(new RequestFlag[0]));
    List<Value> answers = reply.messages();
    boolean many = answers.size() > 1 || request.flags().contains(RequestFlag.ECHO);
    try (Printer printer = session.printer(many ? Format.Count.MANY : Format.Count.ONE)) {
      for (Value answer : answers) {
        printer.print(answer);
      }
      if (answers.isEmpty() && !many) {
        printer.print(Value.of(Map.of()));
      }
      printer.end();
    }
    if (reply.warning().message().isPresent()) {
      Failures.print("", warning(reply), session.err());
    }
    return ExitStatus.OK;
  }

  /** Returns what the kernel warns of; empty if it does not. */
  static String warning(Reply<?> reply) {
    Optional<String> text = reply.warning().message();
    return text.isEmpty() ? "" : "the kernel warns: " + Printable.escape(text.get());
  }
}
