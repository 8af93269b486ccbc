package dev.jgenl.cli;

import dev.jgenl.GenlFamily;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Protocol;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@code jgenl families}: what the kernel has, and what there are specs of. */
final class FamiliesVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description("Lists the families that the kernel has, and those of the specs.");
    spec.addOption(
        Options.flag("in how many things the kernel differs: see jgenl check", "--spec"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    boolean checks = Options.has(parsed, "--spec");
    Map<String, GenlFamily> registered = new TreeMap<>();
    Map<String, Map<String, Object>> rows = new TreeMap<>();
    for (GenlFamily family : session.genl().families()) {
      registered.put(family.name(), family);
      rows.put(family.name(), ofKernel(family));
    }
    for (String name : session.specs().names()) {
      Family family = session.model(name);
      String key = family.protocol() instanceof Protocol.Generic g ? g.family() : name;
      Map<String, Object> row = rows.computeIfAbsent(key, k -> ofSpec(family));
      row.put("spec", family.name());
      GenlFamily kernel = registered.get(key);
      if (checks && kernel != null) {
        row.put("differs", Differences.of(family, kernel, session.genl().policy(kernel)).size());
      }
    }
    try (Printer printer = session.printer(Format.Count.MANY)) {
      for (Map<String, Object> row : rows.values()) {
        printer.print(Value.of(row));
      }
      printer.end();
    }
    return ExitStatus.OK;
  }

  private static Map<String, Object> ofKernel(GenlFamily family) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", family.name());
    row.put("id", family.id());
    row.put("version", family.version());
    row.put("ops", family.commands().size());
    row.put("groups", family.groups().size());
    return row;
  }

  private static Map<String, Object> ofSpec(Family family) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", family.name());
    if (family.protocol() instanceof Protocol.Raw raw) {
      row.put("protocol", raw.number());
    }
    return row;
  }
}
