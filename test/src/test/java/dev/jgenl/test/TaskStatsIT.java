package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The family TASKSTATS by its spec, and the example of it, compared with what /proc says. */
@Timeout(120)
class TaskStatsIT {

  private static final int MINFLT = 10;
  private static final int MAJFLT = 12;

  @Test
  void sleepingProcessIsAsProcSaysIt() throws Exception {
    Prerequisite.requireNetAdmin();
    try (RunningProgram sleep = RunningProgram.start("sleep", "600");
        DynamicClient client = open()) {
      long pid = sleep.pid();
      while (!command(pid).equals("sleep") || !state(pid).equals("S")) {
        Thread.sleep(10);
      }

      Value usage = usage(client, pid);
      Command program = Command.java(example(), Long.toString(pid));

      assertThat(usage.at("ac-comm").asText()).isEqualTo(command(pid));
      assertThat(number(usage, "ac-pid")).isEqualTo(pid);
      assertThat(number(usage, "ac-ppid")).isEqualTo(ProcessHandle.current().pid());
      assertThat(number(usage, "ac-uid")).isEqualTo(status(pid, "Uid"));
      assertThat(number(usage, "ac-minflt")).isPositive().isEqualTo(stat(pid, MINFLT));
      assertThat(number(usage, "ac-majflt")).isEqualTo(stat(pid, MAJFLT));
      assertThat(number(usage, "nvcsw")).isEqualTo(status(pid, "voluntary_ctxt_switches"));
      assertThat(number(usage, "nivcsw")).isEqualTo(status(pid, "nonvoluntary_ctxt_switches"));
      assertThat(number(usage, "version")).isGreaterThanOrEqualTo(8);
      assertThat(program.output().lines())
          .contains(
              "process %d 'sleep' of user %d, started by %d"
                  .formatted(pid, status(pid, "Uid"), ProcessHandle.current().pid()),
              "faults   %d minor, %d major".formatted(stat(pid, MINFLT), stat(pid, MAJFLT)));
    }
  }

  @Test
  void busyProcessOnlyGrowsAndKeepsBetweenTwoLooksAtProc() throws Exception {
    Prerequisite.requireNetAdmin();
    // A fork makes pages shared, and each that is then written to is a fault.
    try (RunningProgram busy = RunningProgram.start("sh", "-c", "while :; do (:); done");
        DynamicClient client = open()) {
      long pid = busy.pid();
      Value last = usage(client, pid);
      long firstFaults = number(last, "ac-minflt");
      do {
        Thread.sleep(20);
        long before = stat(pid, MINFLT);
        Value now = usage(client, pid);
        long after = stat(pid, MINFLT);

        assertThat(number(now, "ac-minflt")).isBetween(before, after);
        for (String growing : List.of("cpu-run-virtual-total", "nvcsw")) {
          assertThat(number(now, growing)).isGreaterThanOrEqualTo(number(last, growing));
        }
        assertThat(number(now, "ac-etime")).isGreaterThan(number(last, "ac-etime"));
        last = now;
      } while (number(last, "ac-minflt") < firstFaults + 100
          || number(last, "cpu-run-virtual-total") == 0);
    }
  }

  @Test
  void processThatIsNotThereIsRefused() throws Exception {
    Prerequisite.requireNetAdmin();
    Command program = Command.java(example(), "999999999");

    assertThat(program.output()).startsWith("TaskStats: TASKSTATS get: ESRCH");
    assertThat(program.status()).isEqualTo(1);
  }

  @Test
  void threadsThatEndAreLogged() throws Exception {
    Prerequisite.requireNetAdmin();
    Class<?> exits = Prerequisite.requireTypedExample("ProcessExits");
    try (RunningProgram log = RunningProgram.start(Command.javaWords(exits))) {
      log.awaitLine("listening on processors ");
      long pid;
      try (RunningProgram ending = RunningProgram.start("sh", "-c", "exit 3")) {
        pid = ending.pid();
        assertThat(ending.awaitEnd()).isEqualTo(3);
      }

      assertThat(log.awaitLine(pid + " sh: ")).contains(" status 3 after ");
    }
  }

  @Test
  void programPrintsItsOwnUsage() throws Exception {
    Prerequisite.requireNetAdmin();
    Command program = Command.java(example());

    assertThat(program.status()).as(program.output()).isZero();
    assertThat(program.output()).startsWith("process ").contains("'java'", " minor, ");
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Prerequisite.requireFamily("TASKSTATS");
    Command program =
        Command.run(
            Command.join(Prerequisite.withoutNetAdmin(), Command.javaWords(example(), "1")));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  private static Class<?> example() throws ClassNotFoundException {
    return Prerequisite.requireTypedExample("TaskStats");
  }

  private static DynamicClient open() throws NetlinkException {
    return DynamicClient.open(NetlinkOptions.DEFAULTS, Prerequisite.requireSpecs());
  }

  private static Value usage(DynamicClient client, long pid) throws NetlinkException {
    Value answer = client.family("TASKSTATS").request("get", Value.of(Map.of("pid", pid)));
    return answer.at("aggr-pid").at("stats");
  }

  private static long number(Value usage, String name) {
    return usage.at(name).asLong();
  }

  private static String command(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
  }

  /** A field of /proc/PID/stat as proc(5) numbers them; the name before may hold anything. */
  private static String field(long pid, int number) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return List.of(line.substring(line.lastIndexOf(')') + 2).split(" ")).get(number - 3);
  }

  private static String state(long pid) throws IOException {
    return field(pid, 3);
  }

  private static long stat(long pid, int number) throws IOException {
    return Long.parseLong(field(pid, number));
  }

  private static long status(long pid, String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> Long.parseLong(line.split("\\s+")[1]))
        .findFirst()
        .orElseThrow();
  }
}
