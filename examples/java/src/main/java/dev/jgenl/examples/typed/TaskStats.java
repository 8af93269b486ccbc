package dev.jgenl.examples.typed;

import dev.jgenl.NetlinkException;
import dev.jgenl.families.taskstats.Aggregate;
import dev.jgenl.families.taskstats.Taskstats;
import dev.jgenl.families.taskstats.TaskstatsStruct;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;

/** Shows what a process has used: an answer that is a C struct. */
public final class TaskStats {

  private static final String USAGE =
      """
      usage: TaskStats [PID]

      Prints what a process (or thread) has used; without PID, this one. Needs CAP_NET_ADMIN.
      """;

  /** Linux 6.14 and 6.15 put new fields amidst the old ones; version 16 moved them to the end. */
  private static final int MISLAID_VERSION = 15;

  private TaskStats() {}

  /** Prints the usage of a process. */
  public static void main(String[] args) {
    Program.run(TaskStats.class, USAGE, "|\\d{1,9}", args, () -> show(args));
  }

  private static void show(String... args) throws NetlinkException {
    long pid = args.length == 0 ? ProcessHandle.current().pid() : Long.parseLong(args[0]);
    try (Taskstats taskstats = Taskstats.open()) {
      Aggregate usage = taskstats.get(r -> r.pid(pid)).aggrPid().orElseThrow();
      print(usage.stats().orElseThrow());
    }
  }

  private static void print(TaskstatsStruct s) {
    if (s.version() == MISLAID_VERSION) {
      throw new MalformedMessageException("struct taskstats of version 15: not known");
    }
    System.out.printf(
        "process %d '%s' of user %d, started by %d%n",
        s.acPid(), Printable.escape(s.acComm()), s.acUid(), s.acPpid());
    System.out.printf("elapsed  %.3f s%n", s.acEtime() / 1e6);
    System.out.printf(
        "CPU      %.3f s: user %.3f s, system %.3f s%n",
        s.cpuRunVirtualTotal() / 1e9, s.acUtime() / 1e6, s.acStime() / 1e6);
    System.out.printf("faults   %d minor, %d major%n", s.acMinflt(), s.acMajflt());
    System.out.printf("switches %d voluntary, %d not%n", s.nvcsw(), s.nivcsw());
    System.out.printf("read     %d bytes, wrote %d%n", s.readChar(), s.writeChar());
  }
}
