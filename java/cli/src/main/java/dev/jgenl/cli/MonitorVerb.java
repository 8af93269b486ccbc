package dev.jgenl.cli;

import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.util.List;

/** {@code jgenl monitor}: what the kernel tells by itself, as it comes. */
final class MonitorVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description(
        "Shows what the kernel tells by itself, as it comes; without a family all that has a"
            + " spec.",
        "",
        "It has no end, so -o json is an object in each line, as -o jsonl.");
    spec.addPositional(Options.parameters(0, "FAMILY[:GROUP]", "whom to hear, such as rt-link"));
    spec.addOption(Options.flag("when each message came", "-t", "--timestamp"));
    Limits.addTo(spec);
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    Options.refuse(parsed, "is for what is asked; monitor shows what comes, as -o hex too", "-v");
    if (session.settings().format() == Format.HEX) {
      Options.refuse(parsed, "does not go with -o hex, which is messages alone", "-t");
    }
    Limits limits = Limits.of(parsed);
    String[] names = Options.parameters(parsed, 0);
    boolean all = names.length == 0;
    GroupNames groups = all ? GroupNames.all(session) : GroupNames.named(session, List.of(names));
    requireAny(groups);
    NetlinkOptions options = session.options().withReceiveBuffer(limits.buffer());
    Specs specs = Specs.of(groups.models().stream().distinct().toArray(Family[]::new));
    Monitor monitor =
        new Monitor(session, groups, specs, Options.has(parsed, "-t"), limits.count());
    try (Hearing hearing = Hearing.open(options, session::plainSockets, groups, all)) {
      tellRefused(session, hearing);
      hearing.run(limits.duration(), monitor);
    }
    return ExitStatus.OK;
  }

  /** A family may have no groups. */
  static void requireAny(GroupNames groups) {
    if (groups.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, "there are no multicast groups to hear");
    }
  }

  static void tellRefused(Session session, Hearing hearing) {
    if (!hearing.refused().isEmpty()) {
      session
          .err()
          .println(
              "jgenl: not heard for want of CAP_NET_ADMIN: "
                  + String.join(", ", hearing.refused()));
    }
  }
}
