package dev.jgenl.bench;

import dev.jgenl.bench.Results.OpenCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What is measured on one's own, without turns: parts of an operation. */
final class InProcess {

  private static final Path OPEN_CALLS = Path.of("target/cmake/bench/clients/c/bench-open-calls");

  private InProcess() {}

  /** What the system calls cost that libraries make when they open a socket. */
  static List<OpenCall> openCalls() throws IOException {
    Process process = new ProcessBuilder(OPEN_CALLS.toString()).redirectErrorStream(true).start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    List<OpenCall> calls =
        lines.stream()
            .filter(line -> line.contains("\t"))
            .map(line -> line.split("\t"))
            .map(columns -> new OpenCall(columns[0], Double.parseDouble(columns[1])))
            .toList();
    if (calls.isEmpty()) {
      throw new IOException(OPEN_CALLS + " failed: " + lines);
    }
    return calls;
  }

  /** The JMH benchmarks. */
  static List<Results.InProcess> jmh(boolean quick, Progress progress) throws RunnerException {
    progress.say("JMH, inside the process");
    var options =
        new OptionsBuilder()
            .include("dev\\.jgenl\\.bench\\.jmh\\..*")
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            // JMH 1.37 uses what JDK 24 and later warn of.
            .jvmArgsAppend(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED")
            .forks(quick ? 1 : 2)
            .warmupIterations(quick ? 1 : 5)
            .warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
            .measurementIterations(quick ? 1 : 5)
            .measurementTime(TimeValue.milliseconds(quick ? 200 : 1000))
            .build();
    return new Runner(options).run().stream().map(InProcess::result).toList();
  }

  private static Results.InProcess result(RunResult result) {
    String name = result.getParams().getBenchmark();
    return new Results.InProcess(
        name.substring(name.lastIndexOf('.') + 1),
        rounded(result.getPrimaryResult().getScore()),
        rounded(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
