package dev.jgenl.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Does what programs do, millions of times, and looks from time to time at what the process holds:
 * that must not grow. test/torture/soak.sh runs it.
 */
final class Soak {

  /** How often it looks at what is held. */
  private static final int POINTS = 90;

  private final Path folder;
  private final boolean quick;
  private final List<String> findings = new ArrayList<>();

  private Soak(Path folder, boolean quick) {
    this.folder = folder;
    this.quick = quick;
  }

  /**
   * Runs.
   *
   * @param arguments the folder for what it finds; "quick" or "whole"; names of stages, or "LEAKS"
   *     to show that those that are planted are seen
   */
  public static void main(String[] arguments) throws Exception {
    Soak soak = new Soak(Path.of(arguments[0]), arguments[1].equals("quick"));
    for (String name : List.of(arguments).subList(2, arguments.length)) {
      if (name.equals("LEAKS")) {
        soak.plantLeaks();
      } else {
        soak.run(SoakStage.valueOf(name));
      }
    }
    soak.findings.forEach(f -> System.out.println("FINDING: " + f));
    System.exit(soak.findings.isEmpty() ? 0 : 1);
  }

  private void plantLeaks() throws Exception {
    HeldCurve curve = new HeldCurve();
    for (int i = 0; i < POINTS; i++) {
      curve.add();
    }
    curve.growth().forEach(g -> findings.add("without a leak " + g));
    for (SoakLeak leak : SoakLeak.values()) {
      if (!leak.isSeen()) {
        findings.add("a planted leak is not seen: " + leak);
      }
      System.out.println("soak: planted leak of " + leak);
    }
    List<String> allowances = new ArrayList<>(List.of("more is a leak: by"));
    for (Held kind : Held.values()) {
      allowances.add("> " + kind.allowance());
    }
    append("held", allowances);
  }

  private void run(SoakStage stage) throws Exception {
    int times = stage.times(quick);
    long[] nanoseconds = new long[times];
    int slices = Math.min(POINTS, times / stage.threads());
    HeldCurve curve = new HeldCurve();
    long started = System.nanoTime();
    ExecutorService executor = stage.executor();
    try (SoakWorld world = new SoakWorld()) {
      stage.begin(world);
      for (int i = 0; i < slices; i++) {
        List<Callable<Void>> tasks =
            tasks(stage, world, nanoseconds, share(times, i, slices), share(times, i + 1, slices));
        for (Future<Void> result : executor.invokeAll(tasks)) {
          result.get();
        }
        world.requireBackground();
        curve.add();
      }
      report(stage, world, nanoseconds, (System.nanoTime() - started) / 1e9, curve);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Shares out what is to be done to the threads. */
  private static List<Callable<Void>> tasks(
      SoakStage stage, SoakWorld world, long[] nanoseconds, int from, int to) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < stage.threads(); i++) {
      int first = from + share(to - from, i, stage.threads());
      int end = from + share(to - from, i + 1, stage.threads());
      tasks.add(
          () -> {
            for (int j = first; j < end; j++) {
              long started = System.nanoTime();
              stage.run(world);
              nanoseconds[j] = System.nanoTime() - started;
            }
            return null;
          });
    }
    return tasks;
  }

  /** The first of the i-th of n shares. */
  private static int share(int number, int i, int n) {
    return (int) ((long) number * i / n);
  }

  private void report(
      SoakStage stage, SoakWorld world, long[] nanoseconds, double seconds, HeldCurve curve)
      throws IOException {
    curve.growth().forEach(g -> findings.add(stage + ": " + g));
    curve.write(folder.resolve(stage + ".tsv"));
    Arrays.sort(nanoseconds);
    List<String> figures =
        List.of(
            stage.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            String.valueOf(nanoseconds.length),
            String.valueOf(stage.threads()),
            String.format(Locale.ROOT, "%.0f", seconds),
            microseconds(nanoseconds, 0.5),
            microseconds(nanoseconds, 0.99),
            microseconds(nanoseconds, 0.999),
            microseconds(nanoseconds, 1));
    append("latencies", figures);
    List<String> held = new ArrayList<>(List.of(figures.get(0)));
    for (Held kind : Held.values()) {
      held.add(curve.plateau(kind));
    }
    append("held", held);
    append(
        "beside",
        List.of(
            figures.get(0),
            String.valueOf(world.beside.sum()),
            String.valueOf(world.gaps.sum()),
            String.valueOf(world.absences.sum())));
    System.out.println("soak: " + String.join(" ", figures));
  }

  private static String microseconds(long[] sorted, double quantile) {
    int index = (int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length));
    return String.format(Locale.ROOT, "%.1f", sorted[index] / 1e3);
  }

  private void append(String file, List<String> cells) throws IOException {
    Files.writeString(
        folder.resolve(file),
        String.join("\t", cells) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
