package dev.jgenl.cli;

import dev.jgenl.spec.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code jgenl --batch FILE}: requests that stand in lines, one after the other, in one process. It
 * ends at the first that fails, and with its status, as {@code ip -batch} does.
 */
final class BatchVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description(
        "Does what the lines of a file say: do or dump and what follows, as behind jgenl.",
        "",
        "Quotes are those of a shell, # begins a comment. It ends at the first line that fails."
            + " jgenl --batch FILE is the same.");
    spec.addPositional(Options.parameter("FILE", "the lines; - for the standard input"));
    spec.addOption(Options.flag("go on behind a line that fails", "--force"));
    spec.addOption(Options.flag("show the messages, do not send them", "--dry-run"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    String file = Objects.requireNonNull(Options.parameter(parsed, 0));
    boolean force = Options.has(parsed, "--force");
    int status = ExitStatus.OK;
    try (Lines lines = new Lines(Input.openText(file, session.in()));
        BatchRequests requests = new BatchRequests(session);
        Outcomes outcomes = new Outcomes(session, file)) {
      int number = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        int ended = outcomes.print(++number, requests.ask(line));
        status = status == ExitStatus.OK ? ended : status;
        if (ended != ExitStatus.OK && !force) {
          break;
        }
      }
      outcomes.end();
    }
    return status;
  }

  /** Prints what became of each line: to programs an object each, to people the answers. */
  private static final class Outcomes implements AutoCloseable {

    private final Session session;
    private final String file;
    private final Printer printer;

    Outcomes(Session session, String file) {
      this.session = session;
      this.file = file;
      printer = session.printer(Format.Count.MANY);
    }

    /** Returns the status with which the line ended. */
    int print(int line, BatchRequests.Outcome outcome) {
      if (outcome.isNothing()) {
        return ExitStatus.OK;
      }
      if (session.settings().format() == Format.TABLE) {
        printAll(outcome.answers());
      } else {
        printer.print(Value.of(row(line, outcome)));
      }
      session.out().flush();
      if (!outcome.problem().isEmpty()) {
        Failures.print(file + ":" + line + ": ", outcome.problem(), session.err());
      }
      return outcome.status();
    }

    private void printAll(List<Value> answers) {
      if (!answers.isEmpty()) {
        try (Printer each = session.printer(Format.Count.MANY)) {
          answers.forEach(each::print);
          each.end();
        }
      }
    }

    private Map<String, Object> row(int line, BatchRequests.Outcome outcome) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("line", line);
      row.put("status", outcome.status());
      if (!outcome.problem().isEmpty()) {
        row.put("problem", outcome.problem());
      }
      row.put(session.settings().dryRun() ? "messages" : "answers", outcome.answers());
      return row;
    }

    void end() {
      if (session.settings().format() != Format.TABLE) {
        printer.end();
      }
    }

    @Override
    public void close() {
      printer.close();
    }
  }
}
