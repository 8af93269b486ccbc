package dev.jgenl.bench;

import dev.jgenl.bench.Results.Result;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What jgenl wants to reach, and whether it does. */
final class Goals {

  private static final int PAYLOAD = Where.HOST.tasks(true).get(0).payload();
  private static final String JGENL = "java-jgenl";

  private Goals() {}

  /** At most so many times what another client takes. */
  private record Goal(String operation, String other, String otherOperation, double limit) {

    /** The median of the ratios within each round; of different operations that of the medians. */
    Optional<Double> reached(Results results) {
      return find(results, JGENL, operation)
          .flatMap(own -> find(results, other, otherOperation).map(theirs -> ratio(own, theirs)));
    }

    private static double ratio(Result own, Result theirs) {
      if (!own.operation().equals(theirs.operation())) {
        return own.nsPerOp().median() / theirs.nsPerOp().median();
      }
      return Measurement.median(
          IntStream.range(0, own.nsPerOpByRound().size())
              .mapToDouble(i -> own.nsPerOpByRound().get(i) / theirs.nsPerOpByRound().get(i))
              .toArray());
    }

    private static Optional<Result> find(Results results, String client, String operation) {
      int payload =
          switch (operation) {
            case "dump" -> 0;
            case "links" -> Where.links().payload();
            case "routes" -> Where.routes(results.run().quick()).payload();
            default -> PAYLOAD;
          };
      return results.find("host", operation, client, payload, 1);
    }

    String text() {
      return operation.equals(otherOperation)
          ? "%s: at most %s of `%s`".formatted(operation, Report.number(limit), other)
          : "%s: at most %s of `%s`, %s"
              .formatted(operation, Report.number(limit), other, otherOperation);
    }
  }

  private static Goal goal(String operation, String other, double limit) {
    return new Goal(operation, other, operation, limit);
  }

  private static Stream<Goal> goals() {
    return Stream.of(
            Stream.of(
                goal("exchange", "c-raw", 1.1),
                goal("exchange", "c-libnl", 0.85),
                goal("cycle", "c-libnl", 0.9),
                goal("cycle", "c-raw", 1.2),
                new Goal("pipeline", "c-raw", "exchange", 1 / 1.5),
                goal("pipeline", "c-mmsg", 1.0),
                goal("links", "c-mmsg", 1.1),
                goal("routes", "c-mmsg", 1.1)),
            aheadOf(
                Stream.of("rust-neli", "go-genetlink", "python-pyroute2"),
                List.of("cycle", "exchange", "pipeline", "dump")),
            aheadOf(
                Stream.of("ip", "python-pyroute2", "go-vishvananda"), List.of("links", "routes")))
        .flatMap(goals -> goals);
  }

  private static Stream<Goal> aheadOf(Stream<String> peers, List<String> operations) {
    return peers.flatMap(peer -> operations.stream().map(operation -> goal(operation, peer, 1.0)));
  }

  static String table(Results results) {
    return Report.table(
        List.of("goal", "reached", ""),
        Stream.concat(goals().map(goal -> row(results, goal)), Stream.of(systemCalls(results))));
  }

  private static List<String> row(Results results, Goal goal) {
    return goal.reached(results)
        .map(ratio -> List.of(goal.text(), Report.number(ratio), verdict(ratio <= goal.limit())))
        .orElseGet(() -> List.of(goal.text(), "", "not measured"));
  }

  private static List<String> systemCalls(Results results) {
    double own = systemCalls(results, JGENL);
    double theirs = systemCalls(results, "c-libnl");
    return List.of(
        "cycle: fewer system calls than `c-libnl`",
        "%s and %s".formatted(Report.number(own), Report.number(theirs)),
        verdict(own < theirs));
  }

  private static double systemCalls(Results results, String client) {
    return results.find("host", "cycle", client, PAYLOAD, 1).orElseThrow().syscallsPerOp();
  }

  private static String verdict(boolean met) {
    return met ? "met" : "**missed**";
  }
}
