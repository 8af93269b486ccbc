package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.KernelException;
import dev.jgenl.examples.TaskStats;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family TASKSTATS, compared with what /proc says. */
@Timeout(120)
class TaskStatsIT {

  private static final int MINFLT = 10;
  private static final int MAJFLT = 12;

  @Test
  void sleepingProcessIsAsProcSaysIt() throws Exception {
    Prerequisite.requireNetAdmin();
    try (RunningProgram sleep = RunningProgram.start("sleep", "600");
        TaskStats client = TaskStats.open()) {
      long pid = sleep.pid();
      while (!command(pid).equals("sleep") || !state(pid).equals("S")) {
        Thread.sleep(10);
      }

      TaskStats.Usage usage = client.usage(pid);

      assertThat(usage.command()).isEqualTo(command(pid));
      assertThat(usage.pid()).isEqualTo(pid);
      assertThat(usage.parent()).isEqualTo(ProcessHandle.current().pid());
      assertThat(usage.user()).isEqualTo(status(pid, "Uid"));
      assertThat(usage.minorFaults()).isPositive().isEqualTo(stat(pid, MINFLT));
      assertThat(usage.majorFaults()).isEqualTo(stat(pid, MAJFLT));
      assertThat(usage.voluntarySwitches()).isEqualTo(status(pid, "voluntary_ctxt_switches"));
      assertThat(usage.involuntarySwitches()).isEqualTo(status(pid, "nonvoluntary_ctxt_switches"));
      assertThat(usage.version()).isGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void busyProcessOnlyGrowsAndKeepsBetweenTwoLooksAtProc() throws Exception {
    Prerequisite.requireNetAdmin();
    // A fork makes pages shared, and each that is then written to is a fault.
    try (RunningProgram busy = RunningProgram.start("sh", "-c", "while :; do (:); done");
        TaskStats client = TaskStats.open()) {
      long pid = busy.pid();
      TaskStats.Usage last = client.usage(pid);
      long firstFaults = last.minorFaults();
      do {
        Thread.sleep(20);
        long before = stat(pid, MINFLT);
        TaskStats.Usage now = client.usage(pid);
        long after = stat(pid, MINFLT);

        assertThat(now.minorFaults()).isBetween(before, after);
        assertThat(now.cpuTime()).isGreaterThanOrEqualTo(last.cpuTime());
        assertThat(now.elapsed()).isGreaterThan(last.elapsed());
        assertThat(now.voluntarySwitches()).isGreaterThanOrEqualTo(last.voluntarySwitches());
        last = now;
      } while (last.minorFaults() < firstFaults + 100 || last.cpuTime().isZero());
    }
  }

  @Test
  void processThatIsNotThereIsRefused() throws Exception {
    Prerequisite.requireNetAdmin();
    try (TaskStats client = TaskStats.open()) {
      KernelException e =
          catchThrowableOfType(KernelException.class, () -> client.usage(Integer.MAX_VALUE));

      assertThat(e.error()).isEqualTo(Errno.ESRCH);
    }
  }

  @Test
  void programPrintsItsOwnUsage() throws Exception {
    Prerequisite.requireNetAdmin();
    Command program = Command.java(TaskStats.class);

    assertThat(program.status()).as(program.output()).isZero();
    assertThat(program.output()).startsWith("process ").contains("'java'", " minor, ");
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Prerequisite.requireFamily("TASKSTATS");
    Command program =
        Command.run(
            Command.join(Prerequisite.withoutNetAdmin(), Command.javaWords(TaskStats.class, "1")));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.output()).contains("EPERM", "CAP_NET_ADMIN");
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
