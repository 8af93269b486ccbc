package dev.jgenl.bench;

import dev.jgenl.bench.ClientProcess.Time;
import dev.jgenl.bench.Results.Result;
import dev.jgenl.bench.Results.Spread;
import dev.jgenl.bench.Where.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clients in turns: every one is warmed up until it has run for a while, which also tells how
 * many operations make a turn of the wanted length, and then they take turns, A B C C A B …, so
 * that whatever else the machine does meets all of them alike.
 */
final class Measurement {

  private static final int PIPELINE = 1_000;
  private static final long DUMP_MAX = 100_000;

  private final int rounds;
  private final long turnNs;
  private final long warmUpNs;

  Measurement(int rounds, long turnMillis, long warmUpMillis) {
    this.rounds = rounds;
    this.turnNs = turnMillis * 1_000_000;
    this.warmUpNs = warmUpMillis * 1_000_000;
  }

  /**
   * Measures one task.
   *
   * @param clients what runs, by name
   * @return a result for each client that can do it; without system calls, and without a ratio to
   *     {@link Clients#BASE} if that cannot
   */
  List<Result> measure(Where where, Task task, Map<String, ClientProcess> clients) {
    Map<String, Long> iterations = new LinkedHashMap<>();
    clients.forEach(
        (name, client) -> warmUp(task, client).ifPresent(count -> iterations.put(name, count)));

    Map<String, double[]> ns = new LinkedHashMap<>();
    Map<String, Long> done = new LinkedHashMap<>();
    Map<String, String> sums = new LinkedHashMap<>();
    iterations.keySet().forEach(name -> ns.put(name, new double[rounds]));
    List<String> turns = new ArrayList<>(iterations.keySet());
    for (int round = 0; round < rounds; round++) {
      // Nobody is always the first.
      Collections.rotate(turns, 1);
      for (String name : turns) {
        Time time = clients.get(name).run(task, iterations.get(name)).orElseThrow();
        ns.get(name)[round] = time.perOperation();
        done.merge(name, time.operations(), Long::sum);
        sums.put(name, time.sum());
      }
      requireSame(sums);
    }

    List<Result> results = new ArrayList<>();
    double[] base = ns.get(Clients.BASE);
    ns.forEach(
        (name, times) ->
            results.add(
                new Result(
                    where.toString(),
                    task.operation(),
                    name,
                    task.payload(),
                    task.threads(),
                    done.get(name),
                    spread(times),
                    base == null ? null : spread(ratios(times, base)),
                    Arrays.stream(times).mapToObj(Measurement::rounded).toList(),
                    null)));
    return results;
  }

  /** Clients that read the same fields of the same objects come to the same sum. */
  static void requireSame(Map<String, String> sums) {
    if (sums.values().stream().distinct().count() > 1) {
      throw new IllegalStateException("the clients have read different fields: " + sums);
    }
  }

  /** How many operations make a turn; empty if the client cannot do this. */
  private Optional<Long> warmUp(Task task, ClientProcess client) {
    long start = System.nanoTime();
    long count = counted(task, 1);
    for (; ; ) {
      Optional<Time> time = client.run(task, count);
      if (time.isEmpty()) {
        return Optional.empty();
      }
      long wanted = counted(task, (long) (turnNs / time.get().perOperation()));
      if (System.nanoTime() - start >= warmUpNs && wanted <= 2 * count) {
        return Optional.of(wanted);
      }
      // The first runs are slow: what they promise is not to be relied on.
      count = counted(task, Math.min(wanted, 4 * count));
    }
  }

  /**
   * A number of operations that can be had: whole pipelines and lists, dumps that the kernel gives.
   */
  private static long counted(Task task, long operations) {
    return switch (task.operation()) {
      case "pipeline" -> Math.max(1, operations / PIPELINE) * PIPELINE;
      case "dump" -> Math.min(DUMP_MAX, Math.max(1, operations));
      default ->
          task.isList()
              ? Math.max(1, operations / task.payload()) * task.payload()
              : Math.max(task.threads(), operations);
    };
  }

  private static double[] ratios(double[] times, double[] base) {
    double[] ratios = new double[times.length];
    Arrays.setAll(ratios, round -> times[round] / base[round]);
    return ratios;
  }

  private static Spread spread(double[] values) {
    return new Spread(
        rounded(Arrays.stream(values).min().orElseThrow()),
        rounded(median(values)),
        rounded(Arrays.stream(values).max().orElseThrow()));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Four digits behind the point. */
  static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
