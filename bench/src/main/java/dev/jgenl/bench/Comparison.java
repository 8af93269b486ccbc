package dev.jgenl.bench;

import dev.jgenl.bench.Clients.Client;
import dev.jgenl.bench.Results.Result;
import dev.jgenl.bench.Results.SingleRun;
import dev.jgenl.bench.Results.Skipped;
import dev.jgenl.bench.Where.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The clients on one kernel, and what is found out of them. */
final class Comparison {

  private final Where where;
  private final boolean quick;
  private final Set<String> only;
  private final Progress progress;
  private final List<Client> clients = new ArrayList<>();
  private final Map<String, String> versions = new TreeMap<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final SystemCalls systemCalls = new SystemCalls();

  /**
   * Finds out what can run.
   *
   * @param only the operations to be measured; all if empty
   */
  Comparison(Where where, boolean quick, Set<String> only, Progress progress)
      throws IOException, InterruptedException {
    this.where = where;
    this.quick = quick;
    this.only = only;
    this.progress = progress;
    for (Client client : Clients.all(where)) {
      client
          .missing()
          .ifPresentOrElse(reason -> skip(client.name(), reason), () -> clients.add(client));
    }
    if (clients.stream().noneMatch(client -> client.name().equals(Clients.BASE))) {
      throw new IllegalStateException(
          "without " + Clients.BASE + " there is nothing to compare with");
    }
    SystemCalls.requireStrace();
  }

  private void skip(String what, String reason) {
    System.err.printf("SKIPPED: %s: %s%n", what, reason);
    skipped.add(new Skipped(where.toString(), what, reason));
  }

  /** All that is measured on this kernel. */
  List<Result> measure() throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>(measure(chosen(where.tasks(quick)), List.of()));
    results.addAll(measureInNamespace(chosen(where.tasksInNamespace(quick))));
    return results;
  }

  private List<Task> chosen(List<Task> tasks) {
    return tasks.stream()
        .filter(task -> only.isEmpty() || only.contains(task.operation()))
        .toList();
  }

  private List<Result> measureInNamespace(List<Task> tasks)
      throws IOException, InterruptedException {
    if (tasks.isEmpty()) {
      return List.of();
    }
    progress.say(where + ", making a namespace to list");
    Namespace namespace;
    try {
      namespace =
          where == Where.HOST
              ? Namespace.withLinksAndRoutes(Where.links().payload(), Where.routes(quick).payload())
              : Namespace.withPeers(Where.peers().payload());
    } catch (IOException e) {
      tasks.forEach(task -> skip(task.operation(), e.getMessage()));
      return List.of();
    }
    try (namespace) {
      return measure(tasks, namespace.enter());
    }
  }

  /**
   * Time and system calls of each client that can do a task.
   *
   * @param enter the words that put a program where it is to run; may be empty
   */
  private List<Result> measure(List<Task> tasks, List<String> enter) throws IOException {
    List<Result> timed = time(tasks, enter);
    Map<String, Map<Task, Double>> counts = new LinkedHashMap<>();
    for (Client client : traced(timed)) {
      progress.say(where + ", system calls of " + client.name());
      counts.put(client.name(), systemCalls.perOperation(client, where, tasks, enter));
    }
    return timed.stream().map(result -> withSystemCalls(result, counts)).toList();
  }

  private List<Result> time(List<Task> tasks, List<String> enter) throws IOException {
    List<Result> timed = new ArrayList<>();
    Map<String, ClientProcess> running = new LinkedHashMap<>();
    try {
      for (Client client : clients) {
        if (tasks.stream().map(Task::operation).noneMatch(client.operations()::contains)) {
          continue;
        }
        ClientProcess process = ClientProcess.start(client, where, enter);
        running.put(client.name(), process);
        versions.put(where + " " + client.name(), process.version());
      }
      for (Task task : tasks) {
        progress.say(
            "%s, %d of %d, %s".formatted(where, tasks.indexOf(task) + 1, tasks.size(), task));
        timed.addAll(measurement(task).measure(where, task, running));
      }
    } finally {
      running.values().forEach(ClientProcess::close);
    }
    // One that ended badly has made run() fail, or shows now.
    running.values().forEach(ClientProcess::requireEnded);
    return timed;
  }

  /** Emulation is slow: turns there are longer, and fewer. */
  private Measurement measurement(Task task) {
    if (task.equals(Where.peers())) {
      // The code for a peer is large, and the JVM compiles it while it is emulated.
      return new Measurement(5, 200, 30_000);
    }
    if (where == Where.HOST) {
      return quick ? new Measurement(3, 30, 100) : new Measurement(15, 250, 3000);
    }
    return quick ? new Measurement(2, 60, 150) : new Measurement(7, 200, 1500);
  }

  /** Those that did something; emulation takes long for traces. */
  private List<Client> traced(List<Result> timed) {
    return quick && where == Where.VM
        ? List.of()
        : clients.stream()
            .filter(client -> timed.stream().anyMatch(r -> r.client().equals(client.name())))
            .toList();
  }

  private static Result withSystemCalls(Result r, Map<String, Map<Task, Double>> counts) {
    Double count =
        counts
            .getOrDefault(r.client(), Map.of())
            .get(new Task(r.operation(), r.payload(), r.threads()));
    return new Result(
        r.where(),
        r.operation(),
        r.client(),
        r.payload(),
        r.threads(),
        r.iterations(),
        r.nsPerOp(),
        r.ratioToCRaw(),
        r.nsPerOpByRound(),
        count);
  }

  /**
   * Traces of a single cycle.
   *
   * @param results tell who can do one
   * @param traces takes the files
   */
  List<SingleRun> singleRuns(List<Result> results, Path traces) throws IOException {
    List<Result> cycles = results.stream().filter(r -> r.operation().equals("cycle")).toList();
    List<SingleRun> runs = new ArrayList<>();
    for (Client client : traced(cycles)) {
      Path trace = traces.resolve("strace_%s_%s.txt".formatted(where, client.name()));
      runs.add(systemCalls.singleRun(client, where, trace));
    }
    return runs;
  }

  /** What each client is made of, by where and client. */
  Map<String, String> versions() {
    return versions;
  }

  List<Skipped> skipped() {
    return skipped;
  }
}
