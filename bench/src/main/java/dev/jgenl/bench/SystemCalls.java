package dev.jgenl.bench;

import dev.jgenl.bench.Clients.Client;
import dev.jgenl.bench.Results.SingleRun;
import dev.jgenl.bench.Where.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Counts the system calls of a client with strace(1). An operation is what lies between the read of
 * the line that asks for it and the write of the answer.
 */
final class SystemCalls {

  /** Enough that classes are loaded, sockets are open, and most code is compiled. */
  private static final int WARM_UP = 400;

  /** {@code 123 call(…}. What strace writes of exits and of resumed calls does not match. */
  private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\(.*");

  /** The line that asks, in a read that may have been interrupted by a call of another thread. */
  private static final Pattern ASKED =
      Pattern.compile(
          "\\d+ +(read\\(0, |<\\.\\.\\. read resumed>)\"[a-z-]+ \\d+ \\d+ \\d+\\\\n\".*");

  /** An answer, not what a process writes that the client has started. */
  private static final Pattern ANSWERED =
      Pattern.compile("\\d+ +write\\(1, \"(\\d+ \\d+( \\d+)?|unsupported)\\\\n\".*");

  private static final Pattern OF_SOCKETS =
      Pattern.compile("\\d+ +(socket|bind|connect|send|recv|setsockopt|getsockname).*");

  /** The lines of a trace, cut where the client was asked and where it answered. */
  record Trace(List<String> start, List<List<String>> operations, List<String> end) {

    static Trace parse(List<String> lines) {
      List<String> start = new ArrayList<>();
      List<List<String>> operations = new ArrayList<>();
      List<String> current = start;
      List<String> end = new ArrayList<>();
      for (String line : lines) {
        if (current != start && ANSWERED.matcher(line).matches()) {
          // What follows an answer is the end, until another line is read.
          current = end;
          end.clear();
        }
        current.add(line);
        if (ASKED.matcher(line).matches()) {
          current = new ArrayList<>();
          operations.add(current);
        }
      }
      return new Trace(start, operations, end);
    }
  }

  /**
   * How many system calls an operation makes, for each task that the client can do.
   *
   * @param enter the words that put a program where it is to run; may be empty
   */
  Map<Task, Double> perOperation(Client client, Where where, List<Task> tasks, List<String> enter)
      throws IOException {
    Path file = Files.createTempFile("jgenl-bench", ".strace");
    try {
      Map<Task, Integer> places = new HashMap<>();
      Map<Task, Long> done = new HashMap<>();
      int lines = 0;
      List<String> prefix = new ArrayList<>(enter);
      prefix.addAll(strace(file));
      try (ClientProcess process = ClientProcess.start(client, where, prefix)) {
        for (Task task : tasks) {
          if (task.threads() != 1) {
            continue;
          }
          lines++;
          if (process.run(task, client.forks() ? 1 : WARM_UP).isPresent()) {
            places.put(task, lines++);
            done.put(task, process.run(task, counted(client, task)).orElseThrow().operations());
          }
        }
        process.close();
        process.requireEnded();
      }
      Trace trace = Trace.parse(Files.readAllLines(file));
      Map<Task, Double> counts = new HashMap<>();
      places.forEach(
          (task, place) ->
              counts.put(
                  task,
                  Measurement.rounded(
                      (double) count(client, trace.operations().get(place)) / done.get(task))));
      return counts;
    } finally {
      Files.delete(file);
    }
  }

  private static long counted(Client client, Task task) {
    if (client.forks()) {
      return 5;
    }
    return switch (task.operation()) {
      case "pipeline" -> 1_000;
      case "dump" -> 10_000;
      default -> 200;
    };
  }

  /**
   * Starts a client for one cycle.
   *
   * @param kept where the trace is left; of a client with a runtime only the cycle
   */
  SingleRun singleRun(Client client, Where where, Path kept) throws IOException {
    Path file = Files.createTempFile("jgenl-bench", ".strace");
    try {
      try (ClientProcess process = ClientProcess.start(client, where, strace(file))) {
        process.run(where.tasks(true).get(0), 1);
        process.close();
        process.requireEnded();
      }
      Trace trace = Trace.parse(Files.readAllLines(file));
      List<String> cycle = trace.operations().get(0);
      SingleRun run =
          new SingleRun(
              where.toString(),
              client.name(),
              (int) calls(trace.start()),
              (int) calls(cycle),
              (int) calls(trace.end()));
      List<String> text = new ArrayList<>();
      if (client.hasRuntime()) {
        text.add("(%d system calls before the cycle are left out)".formatted(run.start()));
        text.addAll(cycle);
        text.add("(%d system calls after the cycle are left out)".formatted(run.end()));
      } else {
        text.addAll(trace.start());
        text.addAll(cycle);
        text.addAll(trace.end());
      }
      Files.write(kept, text.stream().map(SystemCalls::withoutPlace).toList());
      return run;
    } finally {
      Files.delete(file);
    }
  }

  /** What does not depend on where the project and its user live. */
  private static String withoutPlace(String line) {
    String home = System.getProperty("user.home");
    String anywhere = line.replace(Path.of("").toAbsolutePath().toString(), "/jgenl");
    return home.length() > 1 ? anywhere.replace(home, "~") : anywhere;
  }

  /** Fails now and not after all has been measured. */
  static void requireStrace() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(strace(Path.of("/dev/null")));
    command.add("true");
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("strace may not trace here: system calls cannot be counted");
    }
  }

  private static List<String> strace(Path file) {
    return List.of("strace", "-f", "-qq", "-e", "signal=none", "-o", file.toString());
  }

  static long calls(List<String> lines) {
    return lines.stream().filter(line -> CALL.matcher(line).matches()).count();
  }

  /**
   * Of a process whose runtime has threads of its own only those that use sockets: the compiler,
   * the collector and the scheduler do not work for an operation. Of one that forks, everything.
   */
  private static long count(Client client, List<String> lines) {
    return client.hasThreadsOfItsRuntime() && !client.forks()
        ? ofThreadsWithSockets(lines)
        : calls(lines);
  }

  static long ofThreadsWithSockets(List<String> lines) {
    Set<String> workers =
        lines.stream()
            .filter(line -> OF_SOCKETS.matcher(line).matches())
            .map(SystemCalls::thread)
            .collect(Collectors.toSet());
    return calls(lines.stream().filter(line -> workers.contains(thread(line))).toList());
  }

  private static String thread(String line) {
    return line.substring(0, line.indexOf(' '));
  }
}
