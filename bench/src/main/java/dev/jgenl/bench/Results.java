package dev.jgenl.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.jgenl.bench.Where.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that a run has found out, as it stands in the JSON. {@code bench/results.schema.json} says
 * what each field means.
 */
record Results(
    List<Run> runs,
    Map<String, Machine> machine,
    Map<String, String> versions,
    List<Result> results,
    List<SingleRun> singleRuns,
    List<OpenCall> openCalls,
    List<InProcess> inProcess,
    List<Skipped> skipped) {

  /**
   * When and how.
   *
   * @param commit of this project
   * @param quick whether the turns were few and short
   * @param only what was measured, as WHERE:OPERATION; all if empty
   */
  record Run(String date, String commit, boolean quick, List<String> only) {

    private boolean measured(Result result) {
      return only.isEmpty() || only.contains(result.where + ":" + result.operation);
    }

    /** What remains of it where another has measured some of it anew; nothing may. */
    private Stream<Run> without(Run newer) {
      List<String> left = only.stream().filter(what -> !newer.only.contains(what)).toList();
      return only.isEmpty() || !left.isEmpty()
          ? Stream.of(new Run(date, commit, quick, left))
          : Stream.empty();
    }
  }

  record Machine(String cpu, int processors, long memoryMib, String os, String kernel) {}

  /**
   * What a client took for an operation.
   *
   * @param ratioToCRaw null if {@link Clients#BASE} has no way to do it
   * @param syscallsPerOp null if they were not counted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      String where,
      String operation,
      String client,
      int payload,
      int threads,
      long iterations,
      Spread nsPerOp,
      @JsonProperty("ratio_to_c_raw") Spread ratioToCRaw,
      List<Double> nsPerOpByRound,
      Double syscallsPerOp) {

    /** The median of the ratios within each round; of different operations that of the medians. */
    double ratioTo(Result other) {
      if (!operation.equals(other.operation)) {
        return nsPerOp.median() / other.nsPerOp.median();
      }
      return Measurement.median(
          IntStream.range(0, nsPerOpByRound.size())
              .mapToDouble(i -> nsPerOpByRound.get(i) / other.nsPerOpByRound.get(i))
              .toArray());
    }

    boolean is(String where, String operation, int payload, int threads) {
      return this.where.equals(where)
          && this.operation.equals(operation)
          && this.payload == payload
          && this.threads == threads;
    }
  }

  /** Over the rounds. */
  record Spread(double min, double median, double max) {}

  /** A client that was started for one cycle: its system calls before, during and after it. */
  record SingleRun(String where, String client, int start, int cycle, int end) {
    int total() {
      return start + cycle + end;
    }
  }

  /** What a system call costs that a library makes when it opens a socket. */
  record OpenCall(String call, double ns) {}

  /** A JMH benchmark. */
  record InProcess(String benchmark, double ns, double bytes) {}

  /**
   * What could not be done, and why.
   *
   * @param what a client, or an operation
   */
  record Skipped(String where, String what, String reason) {}

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  static Results read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), Results.class);
  }

  /** Writes what is valid only. */
  void write(Path file, Path schema) throws IOException {
    JsonNode tree = MAPPER.valueToTree(this);
    List<Error> faults = validate(tree, schema);
    if (!faults.isEmpty()) {
      throw new IllegalStateException("the results do not follow " + schema + ": " + faults);
    }
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.writeString(file, MAPPER.writeValueAsString(tree) + "\n");
  }

  static List<Error> validate(Path file, Path schema) throws IOException {
    return validate(MAPPER.readTree(file.toFile()), schema);
  }

  static List<Error> validate(JsonNode tree, Path schema) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(MAPPER.readTree(schema.toFile()))
        .validate(tree);
  }

  /** Whether the turns were few and short. */
  boolean quick() {
    return runs.get(0).quick();
  }

  /** This run of one kernel and that of another as one. */
  Results and(Results other) {
    Run run = runs.get(0);
    return new Results(
        List.of(
            new Run(
                run.date(),
                run.commit(),
                run.quick(),
                concat(run.only(), other.runs.get(0).only()))),
        merge(machine, other.machine),
        merge(versions, other.versions),
        concat(results, other.results),
        concat(singleRuns, other.singleRuns),
        concat(openCalls, other.openCalls),
        concat(inProcess, other.inProcess),
        concat(skipped, other.skipped));
  }

  /**
   * These, with what a run of some operations has measured anew in its place.
   *
   * @throws IllegalArgumentException if that was on another machine, or its turns are not of the
   *     same length
   */
  Results renewedBy(Results newer) {
    Run run = newer.runs.get(0);
    if (!merge(machine, newer.machine).equals(machine) || run.quick() != quick()) {
      throw new IllegalArgumentException(
          "these results are of another machine, or not as rough: measure all anew");
    }
    return new Results(
        concat(runs.stream().flatMap(old -> old.without(run)).toList(), newer.runs),
        machine,
        merge(versions, newer.versions),
        concat(results.stream().filter(r -> !run.measured(r)).toList(), newer.results),
        concat(
            singleRuns.stream()
                .filter(s -> newer.singleRuns.stream().noneMatch(n -> n.where().equals(s.where())))
                .toList(),
            newer.singleRuns),
        openCalls,
        inProcess,
        concat(
            skipped.stream()
                .filter(s -> !newer.versions.containsKey(s.where() + " " + s.what()))
                .filter(s -> !run.only().contains(s.where() + ":" + s.what()))
                .filter(s -> !newer.skipped.contains(s))
                .toList(),
            newer.skipped));
  }

  private static <T> Map<String, T> merge(Map<String, T> first, Map<String, T> second) {
    Map<String, T> both = new TreeMap<>(first);
    both.putAll(second);
    return both;
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  Optional<Result> find(String where, Task task, String client) {
    return find(where, task.operation(), client, task.payload(), task.threads());
  }

  Optional<Result> find(String where, String operation, String client, int payload, int threads) {
    return results.stream()
        .filter(r -> r.is(where, operation, payload, threads) && r.client.equals(client))
        .findFirst();
  }
}
