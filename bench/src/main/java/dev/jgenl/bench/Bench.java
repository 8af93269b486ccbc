package dev.jgenl.bench;

import dev.jgenl.bench.Results.Machine;
import dev.jgenl.bench.Results.Result;
import dev.jgenl.bench.Results.Run;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The comparison. {@code build_and_run.sh bench} calls it, from the project's folder. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures all clients of bench/README.md, and reports what was measured.")
final class Bench {

  private static final Path SCHEMA = Path.of("bench/results.schema.json");

  private Bench() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .registerConverter(Where.class, text -> Where.valueOf(text.toUpperCase(Locale.ROOT)))
            .execute(args));
  }

  @Command(description = "Measures on one kernel.", mixinStandardHelpOptions = true)
  int measure(
      @Parameters(paramLabel = "WHERE", description = "host or vm: which kernel this is")
          Where where,
      @Parameters(paramLabel = "FOLDER", description = "takes WHERE.json and the traces")
          Path folder,
      @Option(names = "--commit", required = true, description = "the commit of this project")
          String commit,
      @Option(names = "--quick", description = "fewer and shorter rounds") boolean quick,
      @Option(
              names = "--only",
              paramLabel = "OPERATION",
              description = "nothing but this; may be repeated")
          Set<String> only)
      throws Exception {
    Progress progress = new Progress();
    Path traces = Files.createDirectories(folder.resolve("measurements"));
    boolean whole = only == null;
    Comparison comparison = new Comparison(where, quick, whole ? Set.of() : only, progress);
    List<Result> results = comparison.measure();
    new Results(
            List.of(
                new Run(
                    LocalDate.now(ZoneOffset.UTC).toString(),
                    commit,
                    quick,
                    whole ? List.of() : only.stream().sorted().map(o -> where + ":" + o).toList())),
            Map.of(where.toString(), machine()),
            comparison.versions(),
            results,
            comparison.singleRuns(results, traces),
            whole && where == Where.HOST ? InProcess.openCalls() : List.of(),
            whole && where == Where.HOST ? InProcess.jmh(quick, progress) : List.of(),
            comparison.skipped())
        .write(folder.resolve(where + ".json"), SCHEMA);
    return 0;
  }

  private static Machine machine() throws IOException {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    String os =
        Files.readAllLines(Path.of("/etc/os-release")).stream()
            .filter(line -> line.startsWith("PRETTY_NAME="))
            .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
            .findFirst()
            .orElse("Linux");
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        cpu,
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize() >> 20,
        os,
        System.getProperty("os.version"));
  }

  @Command(description = "Makes the report of what was measured.", mixinStandardHelpOptions = true)
  int report(
      @Parameters(paramLabel = "MEASURED", description = "folder with host.json, vm.json or both")
          Path measured,
      @Parameters(paramLabel = "OUTPUT", description = "folder that takes results and report")
          Path output,
      @Option(names = "--json", paramLabel = "FILE", description = "takes the results too")
          Path json,
      @Option(
              names = "--readme",
              paramLabel = "FILE",
              description = "a README whose headline table is to be renewed")
          Path readme,
      @Option(
              names = "--renew",
              paramLabel = "FILE",
              description = "results in which what was measured stands in for what it was before")
          Path renewed)
      throws IOException {
    Results results = read(measured);
    if (renewed != null) {
      results = Results.read(renewed).renewedBy(results);
    }
    results.write(output.resolve("results.json"), SCHEMA);
    if (json != null) {
      results.write(json, SCHEMA);
    }
    Path traces = Files.createDirectories(output.resolve("measurements"));
    try (Stream<Path> files = Files.list(measured.resolve("measurements"))) {
      for (Path trace : files.toList()) {
        Files.copy(trace, traces.resolve(trace.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Report report = new Report(results);
    report.write(output);
    if (readme != null) {
      report.renewHeadline(readme);
    }
    System.out.println(report.headline());
    System.out.println(report.objects());
    System.out.println("The report: " + output.resolve("REPORT.md"));
    return 0;
  }

  private static Results read(Path measured) throws IOException {
    Results all = null;
    for (Where where : Where.values()) {
      Path file = measured.resolve(where + ".json");
      if (Files.exists(file)) {
        Results one = Results.read(file);
        all = all == null ? one : all.and(one);
      }
    }
    if (all == null) {
      throw new IOException(measured + " has no results");
    }
    return all;
  }
}
