package dev.jgenl.test;

import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NotDoneException;
import dev.jgenl.OverrunException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes each call of the transport fail, the first, the second and so on, in each of the steps of
 * {@link FaultStep}: the step then succeeds, or its exception names the cause; nothing leaks, and
 * what is open goes on to serve. test/torture/faults.sh preloads what makes them fail.
 */
final class Faults {

  /** No step with a fault takes longer. */
  private static final int LIMIT_SECONDS = 20;

  private static final class Tally {
    int survived;
    int refused;
  }

  private final FaultControl control;
  private final Path namespace;
  private final boolean quick;
  private final List<FaultStep> steps;
  private final Map<FaultyCall, Tally> tallies = new EnumMap<>(FaultyCall.class);
  private final List<String> findings = new ArrayList<>();
  private final ExecutorService runner;
  private HeldResources before;

  private Faults(FaultControl control, Path namespace, List<String> words)
      throws ReflectiveOperationException {
    this.control = control;
    this.namespace = namespace;
    quick = words.contains("quick");
    runner =
        words.contains("virtual")
            ? VirtualThreadIT.virtualThreads()
            : Executors.newSingleThreadExecutor();
    Set<FaultStep> named =
        Stream.of(FaultStep.values())
            .filter(s -> words.contains(s.name()))
            .collect(Collectors.toSet());
    steps =
        Stream.of(FaultStep.values())
            .filter(s -> named.isEmpty() || named.contains(s))
            .filter(s -> namespace != null || !s.isPrivileged())
            .toList();
  }

  /**
   * Runs.
   *
   * @param arguments the file that the library maps; one for the table; then words: "quick" for
   *     single faults only, "without-cookies" as on a kernel before 5.14, "unprivileged", "virtual"
   *     for virtual threads; names of steps, if not all
   */
  public static void main(String[] arguments) throws Exception {
    FaultControl control = FaultControl.map(Path.of(arguments[0]));
    List<String> words = List.of(arguments);
    if (words.contains("without-cookies")) {
      // The first thing that is asked for is one.
      control.fail(FaultyCall.GETSOCKOPT, Errno.ENOPROTOOPT, 0, true);
      Genl.open().close();
      if (control.stop() != 1) {
        throw new IllegalStateException("no cookie was asked for");
      }
    }
    boolean succeeded;
    if (words.contains("unprivileged")) {
      succeeded = new Faults(control, null, words).run(Path.of(arguments[1]));
    } else {
      try (NamedNamespace namespace = NamedNamespace.open()) {
        succeeded = new Faults(control, namespace.file(), words).run(Path.of(arguments[1]));
      }
    }
    System.exit(succeeded ? 0 : 1);
  }

  private boolean run(Path table) throws Exception {
    control.stop();
    for (FaultStep step : steps) {
      // What a class needs is loaded before.
      try (FaultWorld world = new FaultWorld(namespace)) {
        step.run(world);
      }
    }
    before = HeldResources.now(control);
    for (FaultStep step : steps) {
      for (FaultyCall call : FaultyCall.values()) {
        for (Errno error : call.errors()) {
          failInTurn(step, call, error);
        }
      }
      System.out.println("faults: " + step + ", findings: " + findings.size());
    }
    runner.shutdown();
    requireNoThread();
    report(table);
    return findings.isEmpty();
  }

  private void failInTurn(FaultStep step, FaultyCall call, Errno error) throws Exception {
    failInTurn(step, call, error, true);
    if (!quick && call.canAlwaysFail(error)) {
      failInTurn(step, call, error, false);
    }
  }

  private void failInTurn(FaultStep step, FaultyCall call, Errno error, boolean once)
      throws Exception {
    for (int spared = 0; fail(step, call, error, spared, once); spared++) {
      // Until it no longer fires.
    }
  }

  /** Returns whether the fault has fired. */
  private boolean fail(FaultStep step, FaultyCall call, Errno error, int spared, boolean once)
      throws Exception {
    String what =
        step + ": " + call + " " + error + ", " + spared + " spared, " + (once ? "once" : "always");
    Throwable failure;
    int fired;
    try (FaultWorld world = new FaultWorld(namespace)) {
      control.fail(call, error, spared, once);
      try {
        failure = failure(what, step, world);
      } finally {
        fired = control.stop();
      }
      String wrong = wrong(failure, call, error, once);
      if (namespace == null
          && call != FaultyCall.IOCTL
          && failure != null
          && String.valueOf(failure.getMessage()).contains("which this thread is not in")) {
        wrong = "it names a wrong remedy";
      }
      if (wrong != null) {
        find(what, wrong, failure);
      }
      Throwable broken =
          failure(
              what,
              () -> {
                world.reset();
                world.requireService();
              });
      if (broken != null && !isLost(broken, call, error, once)) {
        find(what, "no service afterwards", broken);
      }
    }
    HeldResources after = HeldResources.now(control);
    if (!after.equals(before)) {
      find(what, "before " + before + ", afterwards " + after, failure);
      before = after;
    }
    if (fired > 0) {
      Tally tally = tallies.computeIfAbsent(call, c -> new Tally());
      tally.survived += failure == null ? 1 : 0;
      tally.refused += failure == null ? 0 : 1;
    }
    return fired > 0;
  }

  private Throwable failure(String what, FaultStep step, FaultWorld world) throws Exception {
    return failure(what, () -> step.run(world));
  }

  private interface Action {
    void run() throws Exception;
  }

  private Throwable failure(String what, Action action) throws Exception {
    Future<Throwable> result =
        runner.submit(
            () -> {
              try {
                action.run();
                return null;
              } catch (Exception | AssertionError | OutOfMemoryError e) {
                return e;
              }
            });
    try {
      return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.err.println("it hangs: " + what);
      Thread.getAllStackTraces()
          .forEach(
              (thread, trace) -> {
                System.err.println(thread);
                Stream.of(trace).forEach(frame -> System.err.println("\tat " + frame));
              });
      System.exit(1);
      throw e;
    }
  }

  /** What is wrong with a failure, or null. */
  private static String wrong(Throwable failure, FaultyCall call, Errno error, boolean once) {
    if (failure == null) {
      return null;
    }
    if (failure instanceof NotDoneException) {
      return wrong(failure.getCause(), call, error, once);
    }
    if (!(failure instanceof NetlinkException)) {
      return "no exception of the library";
    }
    boolean fits;
    if (failure instanceof KernelException e) {
      fits = e.error() == error && e.getMessage().contains(error.name());
    } else if (failure instanceof OverrunException) {
      fits = error == Errno.ENOBUFS;
    } else {
      // What is not there once is awaited; what never comes is not heard in time.
      fits = failure instanceof RequestTimeoutException && error == Errno.EAGAIN && !once;
    }
    if (call == FaultyCall.CLOSE) {
      return "there is nothing to be done about close";
    }
    return fits ? null : "it does not name the cause";
  }

  /**
   * Without privilege, whoever could not tell in which namespace the last socket was opens no
   * other, since it could be in a wrong one; and says why.
   */
  private boolean isLost(Throwable broken, FaultyCall call, Errno error, boolean once) {
    return namespace == null
        && call == FaultyCall.GETSOCKOPT
        && wrong(broken, call, error, once) == null;
  }

  private void find(String what, String problem, Throwable failure) {
    findings.add(what + ": " + problem + (failure == null ? "" : ": " + failure));
    System.err.println("FINDING: " + findings.get(findings.size() - 1));
    if (failure != null) {
      failure.printStackTrace();
    }
  }

  /** A thread that waits for others ends by itself after the last wait. */
  private void requireNoThread() throws InterruptedException {
    Thread.sleep(2000);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("jgenl-")) {
        find("in the end", "thread " + thread.getName() + " is left", null);
      }
    }
  }

  private void report(Path table) throws IOException {
    try (PrintStream out = new PrintStream(Files.newOutputStream(table))) {
      for (FaultyCall call : FaultyCall.values()) {
        Tally tally = tallies.getOrDefault(call, new Tally());
        out.printf(
            "%s\t%d\t%d\t%d\t%d%n",
            call.name().toLowerCase(Locale.ROOT),
            control.calls(call),
            tally.survived + tally.refused,
            tally.survived,
            tally.refused);
      }
    }
  }
}
