package dev.jgenl.cli;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Protocol;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code jgenl check}: the running kernel against a spec. */
final class CheckVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description(
        "Compares this kernel with the spec: operations, groups, and what each operation"
            + " accepts. Ends with 1 if something differs.");
    spec.addPositional(
        Options.optional("FAMILY", "a family of Generic Netlink: see jgenl families"));
    spec.addOption(Options.flag("all families that this kernel has and a spec describes", "--all"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    String name = Options.parameter(parsed, 0);
    if ((name == null) != Options.has(parsed, "--all")) {
      throw new CommandException(ExitStatus.USAGE, "check takes a family, or --all");
    }
    try (Printer printer = session.printer(Format.Count.MANY)) {
      boolean same = name == null ? all(session, printer) : one(session, printer, name);
      printer.end();
      return same ? ExitStatus.OK : ExitStatus.REFUSED;
    }
  }

  private static boolean one(Session session, Printer printer, String name) throws IOException {
    Family spec = session.model(name);
    GenlFamily kernel = session.genl().family(PolicyVerb.kernelName(spec, name));
    return check(session.genl(), printer, spec, kernel);
  }

  private static boolean all(Session session, Printer printer) throws IOException {
    boolean same = true;
    Genl genl = session.genl();
    for (GenlFamily kernel : genl.families()) {
      Family spec = session.specs().find(kernel.name());
      if (spec != null && spec.protocol() instanceof Protocol.Generic) {
        same &= check(genl, printer, spec, kernel);
      }
    }
    return same;
  }

  private static boolean check(Genl genl, Printer printer, Family spec, GenlFamily kernel)
      throws IOException {
    boolean same = true;
    for (Differences.Difference difference : Differences.of(spec, kernel, genl.policy(kernel))) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("family", spec.name());
      row.put("what", difference.path());
      row.put("differs", difference.text());
      printer.print(Value.of(row));
      same = false;
    }
    return same;
  }
}
