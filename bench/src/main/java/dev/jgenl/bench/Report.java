package dev.jgenl.bench;

import dev.jgenl.bench.Results.Result;
import dev.jgenl.bench.Results.Spread;
import dev.jgenl.bench.Where.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report: the template {@code report.md}, in which every figure is taken from the results.
 *
 * <p>A placeholder is written as <code>${…}</code>: the name of a table, or a figure with the
 * result that it is taken from, as in <code>${ratio host exchange c-libnl 6 1}</code> (place,
 * operation, client, payload, threads).
 */
final class Report {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

  private static final Pattern HEADLINE =
      Pattern.compile("(<!-- comparison -->\n).*?(<!-- /comparison -->)", Pattern.DOTALL);

  private final Results results;

  Report(Results results) {
    this.results = results;
  }

  /** Writes the report and its plots. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("REPORT.md"), text());
    Plots.write(results, Files.createDirectories(folder.resolve("plots")));
  }

  /** Puts the headline table between the marks of a README. */
  void renewHeadline(Path readme) throws IOException {
    String text = Files.readString(readme);
    Matcher marks = HEADLINE.matcher(text);
    if (!marks.find()) {
      throw new IOException(readme + " has no <!-- comparison --> … <!-- /comparison -->");
    }
    Files.writeString(
        readme,
        marks.replaceFirst(
            match -> Matcher.quoteReplacement(match.group(1) + headline() + match.group(2))));
  }

  String text() {
    return PLACEHOLDER
        .matcher(template())
        .replaceAll(match -> Matcher.quoteReplacement(fill(match.group(1))));
  }

  private static String template() {
    try (InputStream in = Report.class.getResourceAsStream("report.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String fill(String placeholder) {
    String[] words = placeholder.split(" ");
    return switch (words[0]) {
      case "run" -> run();
      case "machines" -> machines();
      case "versions" -> versions();
      case "skipped" -> skipped();
      case "headline" -> headline();
      case "goals" -> Goals.table(results);
      case "single-runs" -> singleRuns(words[1]);
      case "open-calls" -> openCalls();
      case "in-process" -> inProcess();
      case "links-and-routes" -> linksAndRoutes();
      case "objects" -> objects();
      case "table" -> table(words[1], words[2]);
      case "ratio" -> figure(words, r -> number(r.ratioToCRaw().median()));
      case "us" -> figure(words, r -> micros(r.nsPerOp().median()));
      case "jmh" -> jmh(words[1]);
      case "calls" -> figure(words, Report::systemCalls);
      default -> throw new IllegalArgumentException("report.md has ${" + placeholder + "}");
    };
  }

  private String figure(String[] words, Function<Result, String> figure) {
    return results
        .find(words[1], words[2], words[3], Integer.parseInt(words[4]), Integer.parseInt(words[5]))
        .map(figure)
        .orElse("(not measured)");
  }

  private String jmh(String benchmark) {
    return results.inProcess().stream()
        .filter(b -> b.benchmark().equals(benchmark))
        .map(b -> format("%.0f", b.ns()))
        .findFirst()
        .orElse("(not measured)");
  }

  private String run() {
    return results.runs().stream()
        .map(
            run ->
                (run.only().isEmpty() ? "" : "`" + String.join("`, `", run.only()) + "`: ")
                    + run.date()
                    + ", commit "
                    + run.commit()
                    + (run.quick() ? ", quick" : ""))
        .collect(Collectors.joining("; "));
  }

  private String machines() {
    return table(
        List.of("where", "processor", "number", "memory", "system", "kernel"),
        results.machine().entrySet().stream()
            .map(
                m ->
                    List.of(
                        code(m.getKey()),
                        m.getValue().cpu(),
                        "" + m.getValue().processors(),
                        m.getValue().memoryMib() + " MiB",
                        m.getValue().os(),
                        m.getValue().kernel())));
  }

  private String versions() {
    return table(
        List.of("where", "client", "made of"),
        Stream.of(Where.values())
            .flatMap(where -> clients().map(client -> List.of(where.toString(), client)))
            .filter(key -> results.versions().containsKey(String.join(" ", key)))
            .map(
                key ->
                    List.of(
                        code(key.get(0)),
                        code(key.get(1)),
                        results.versions().get(String.join(" ", key)))));
  }

  private String skipped() {
    return results.skipped().isEmpty()
        ? "None was skipped."
        : results.skipped().stream()
            .map(s -> "- skipped on `%s`: `%s`: %s".formatted(s.where(), s.what(), s.reason()))
            .collect(Collectors.joining("\n"));
  }

  /** The table for the README: microseconds at native speed, and in proportion to C. */
  String headline() {
    int payload = Where.HOST.tasks(true).get(0).payload();
    return table(
        List.of("client", "cycle", "exchange", "pipeline", "dump, a message", "calls a cycle"),
        clients()
            .filter(client -> does(client, Clients.GENERIC))
            .map(
                client ->
                    List.of(
                        code(client),
                        timeAndRatio(results.find("host", "cycle", client, payload, 1)),
                        timeAndRatio(results.find("host", "exchange", client, payload, 1)),
                        timeAndRatio(results.find("host", "pipeline", client, payload, 1)),
                        timeAndRatio(results.find("host", "dump", client, 0, 1)),
                        results
                            .find("host", "cycle", client, payload, 1)
                            .map(Report::systemCalls)
                            .orElse(""))));
  }

  private boolean does(String client, Set<String> operations) {
    return results.results().stream()
        .anyMatch(r -> r.client().equals(client) && operations.contains(r.operation()));
  }

  /** Microseconds of a message at native speed, and milliseconds of all of them. */
  private String linksAndRoutes() {
    int links = Where.links().payload();
    int routes = Where.routes(results.quick()).payload();
    return table(
        List.of("client", "a link", "a route", links + " links", routes + " routes"),
        clients()
            .filter(client -> does(client, Clients.LISTS))
            .map(
                client -> {
                  Optional<Result> link = results.find("host", "links", client, links, 1);
                  Optional<Result> route = results.find("host", "routes", client, routes, 1);
                  return List.of(
                      code(client),
                      timeAndRatio(link),
                      timeAndRatio(route),
                      millisOfAll(link),
                      millisOfAll(route));
                }));
  }

  /** What is measured from request to object, in the order of the table. */
  static List<Task> ofObjects() {
    return Stream.concat(Where.objects().stream(), Stream.of(Where.peers())).toList();
  }

  /** Microseconds of an object, and what java-typed takes in proportion to them. */
  String objects() {
    return table(
        List.of("client", "linkinfo-get", "features-get", "getlink, a link", "get-device, a peer"),
        clients()
            .filter(client -> does(client, Clients.OBJECTS))
            .map(
                client ->
                    Stream.concat(
                            Stream.of(code(client)),
                            ofObjects().stream().map(task -> timeAndRatioOfTyped(client, task)))
                        .toList()));
  }

  private String timeAndRatioOfTyped(String client, Task task) {
    String where = task.equals(Where.peers()) ? "vm" : "host";
    Optional<Result> typed = results.find(where, task, "java-typed");
    return results
        .find(where, task, client)
        .map(
            r ->
                micros(r.nsPerOp().median())
                    + " µs"
                    + typed.map(t -> " (" + number(t.ratioTo(r)) + ")").orElse(""))
        .orElse("");
  }

  private static String millisOfAll(Optional<Result> result) {
    return result
        .map(r -> number(r.nsPerOp().median() * r.payload() / 1_000_000) + " ms")
        .orElse("");
  }

  private static String timeAndRatio(Optional<Result> result) {
    return result
        .map(
            r ->
                "%s µs (%s)"
                    .formatted(micros(r.nsPerOp().median()), number(r.ratioToCRaw().median())))
        .orElse("");
  }

  private String table(String where, String operation) {
    boolean isHost = where.equals("host");
    List<Result> rows =
        results.results().stream()
            .filter(r -> r.where().equals(where) && r.operation().equals(operation))
            .toList();
    return table(
        List.of(
            "payload",
            "threads",
            "client",
            isHost ? "µs: min" : "µs (emulated): min",
            "median",
            "max",
            "ratio to c-raw: min",
            "median",
            "max",
            "system calls",
            "operations"),
        rows.stream()
            .map(
                r ->
                    Stream.of(
                            Stream.of("" + r.payload(), "" + r.threads(), code(r.client())),
                            spread(r.nsPerOp(), Report::micros),
                            r.ratioToCRaw() == null
                                ? Stream.of("", "", "")
                                : spread(r.ratioToCRaw(), Report::number),
                            Stream.of(systemCalls(r), "" + r.iterations()))
                        .flatMap(cells -> cells)
                        .toList()));
  }

  private static Stream<String> spread(Spread spread, Function<Double, String> format) {
    return Stream.of(spread.min(), spread.median(), spread.max()).map(format);
  }

  private String singleRuns(String where) {
    return table(
        List.of("client", "before the cycle", "the cycle", "after it", "whole run"),
        results.singleRuns().stream()
            .filter(run -> run.where().equals(where))
            .map(
                run ->
                    List.of(
                        "[%s](measurements/strace_%s_%s.txt)"
                            .formatted(code(run.client()), where, run.client()),
                        "" + run.start(),
                        "" + run.cycle(),
                        "" + run.end(),
                        "" + run.total())));
  }

  private String openCalls() {
    return table(
        List.of("call", "ns"),
        results.openCalls().stream()
            .map(call -> List.of(code(call.call()), format("%.0f", call.ns()))));
  }

  private String inProcess() {
    return table(
        List.of("benchmark", "ns", "bytes allocated"),
        results.inProcess().stream()
            .map(
                b ->
                    List.of(
                        code(b.benchmark()), format("%.1f", b.ns()), format("%.0f", b.bytes()))));
  }

  /** Clients in the order of their turns. */
  private static Stream<String> clients() {
    return Stream.of(Where.values())
        .flatMap(where -> Clients.all(where).stream())
        .map(Clients.Client::name)
        .distinct();
  }

  static String table(List<String> head, Stream<List<String>> rows) {
    String line = head.stream().map(name -> "---").collect(Collectors.joining(" | ", "| ", " |"));
    return Stream.concat(Stream.of(row(head), line), rows.map(Report::row))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String systemCalls(Result result) {
    return result.syscallsPerOp() == null ? "" : number(result.syscallsPerOp());
  }

  /** Three digits that mean something, of small ones two. */
  static String number(double value) {
    return value < 0.01
        ? format("%.4f", value)
        : value < 10
            ? format("%.2f", value)
            : value < 100 ? format("%.1f", value) : format("%.0f", value);
  }

  private static String micros(double ns) {
    return number(ns / 1000);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
