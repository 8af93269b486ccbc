package dev.jgenl.cli;

import dev.jgenl.spec.DynamicDump;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.Value;
import java.io.IOException;

/** {@code jgenl dump}: asks for many things. */
final class DumpVerb extends RequestVerb {

  /** Said where a dump is not consistent. */
  static final String CHANGED = "what was dumped has changed meanwhile: ask again";

  private boolean merged;

  @Override
  void describe(Syntax spec) {
    spec.description("Asks for all that there are.");
    super.describe(spec);
    spec.addOption(
        Options.flag("join what is spread over messages, as of wireguard, nl80211", "--merge"));
  }

  @Override
  boolean isDump() {
    return true;
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    if (Options.has(parsed, "--raw")) {
      Options.refuse(parsed, "goes by what a spec says, and --raw has none", "--merge");
    }
    merged = Options.has(parsed, "--merge");
    return super.run(parsed, session);
  }

  @Override
  int ask(Session session, DynamicFamily family, DynamicRequest request) throws IOException {
    try (DynamicDump dump = family.dump(request.operation(), request.value());
        Printer printer = session.printer(Format.Count.MANY)) {
      if (merged) {
        for (Value value : dump.merged()) {
          printer.print(value);
        }
      } else {
        for (Value value = dump.next(); value != null; value = dump.next()) {
          printer.print(value);
        }
      }
      printer.end();
      if (!dump.isConsistent()) {
        session.out().flush();
        session.err().println("jgenl: " + CHANGED);
        return ExitStatus.INTERRUPTED_DUMP;
      }
      return ExitStatus.OK;
    }
  }
}
