package dev.jgenl.cli;

import dev.jgenl.spec.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
    InputStream in = Input.open(file, session.in());
    int status = ExitStatus.OK;
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        BatchRequests requests = new BatchRequests(session)) {
      Outcomes outcomes = new Outcomes(session, file);
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
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
  private static final class Outcomes {

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
        Printer each = session.printer(Format.Count.MANY);
        answers.forEach(each::print);
        each.end();
      }
    }

    private static Map<String, Object> row(int line, BatchRequests.Outcome outcome) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("line", line);
      row.put("status", outcome.status());
      if (!outcome.problem().isEmpty()) {
        row.put("problem", outcome.problem());
      }
      row.put("answers", outcome.answers());
      return row;
    }

    void end() {
      if (session.settings().format() != Format.TABLE) {
        printer.end();
      }
    }
  }
}
