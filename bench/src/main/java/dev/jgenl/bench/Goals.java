package dev.jgenl.bench;

import dev.jgenl.bench.Results.Result;
import dev.jgenl.bench.Where.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What jgenl wants to reach, and whether it does. */
final class Goals {

  private static final int PAYLOAD = Where.HOST.tasks(true).get(0).payload();
  private static final String JGENL = "java-jgenl";

  private Goals() {}

  /** At most so many times what another client takes. */
  private record Goal(
      String where,
      String own,
      String operation,
      String other,
      String otherOperation,
      double limit) {

    Optional<Double> reached(Results results) {
      return find(results, own, operation)
          .flatMap(own -> find(results, other, otherOperation).map(own::ratioTo));
    }

    private Optional<Result> find(Results results, String client, String operation) {
      int payload =
          switch (operation) {
            case "cycle", "exchange", "pipeline" -> PAYLOAD;
            case "links", "getlink" -> Where.links().payload();
            case "routes" -> Where.routes(results.quick()).payload();
            case "get-device" -> Where.peers().payload();
            default -> 0;
          };
      return results.find(where, operation, client, payload, 1);
    }

    String text() {
      String task = where.equals("host") ? operation : operation + ", " + where;
      String who = own.equals(JGENL) ? task : task + ": `" + own + "`";
      return operation.equals(otherOperation)
          ? "%s: at most %s of `%s`".formatted(who, Report.number(limit), other)
          : "%s: at most %s of `%s`, %s"
              .formatted(who, Report.number(limit), other, otherOperation);
    }
  }

  private static Goal goal(String operation, String other, double limit) {
    return new Goal("host", JGENL, operation, other, operation, limit);
  }

  private static Goal typed(Task task, String other, double limit) {
    String where = task.equals(Where.peers()) ? "vm" : "host";
    return new Goal(where, "java-typed", task.operation(), other, task.operation(), limit);
  }

  private static Stream<Goal> goals() {
    return Stream.of(
            Stream.of(
                goal("exchange", "c-raw", 1.1),
                goal("exchange", "c-libnl", 0.85),
                goal("cycle", "c-libnl", 0.9),
                goal("cycle", "c-raw", 1.2),
                new Goal("host", JGENL, "pipeline", "c-raw", "exchange", 1 / 1.5),
                goal("pipeline", "c-mmsg", 1.0),
                goal("links", "c-mmsg", 1.1),
                goal("routes", "c-mmsg", 1.1)),
            aheadOf(
                Stream.of("rust-neli", "go-genetlink", "python-pyroute2"),
                List.of("cycle", "exchange", "pipeline", "dump")),
            aheadOf(
                Stream.of("ip", "python-pyroute2", "go-vishvananda"), List.of("links", "routes")),
            Report.ofObjects().stream().flatMap(Goals::typed))
        .flatMap(goals -> goals);
  }

  private static Stream<Goal> typed(Task task) {
    return Stream.concat(
        Stream.of(typed(task, "java-dynamic", 1.3)),
        Clients.all(task.equals(Where.peers()) ? Where.VM : Where.HOST).stream()
            .filter(client -> client.operations().contains(task.operation()))
            .map(Clients.Client::name)
            .filter(name -> name.startsWith("go-") || name.startsWith("python-"))
            .map(name -> typed(task, name, 1 / 3.0)));
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
    String text = "cycle: fewer system calls than `c-libnl`";
    return systemCalls(results, JGENL)
        .flatMap(
            own ->
                systemCalls(results, "c-libnl")
                    .map(
                        theirs ->
                            List.of(
                                text,
                                "%s and %s".formatted(Report.number(own), Report.number(theirs)),
                                verdict(own < theirs))))
        .orElseGet(() -> List.of(text, "", "not measured"));
  }

  private static Optional<Double> systemCalls(Results results, String client) {
    return results.find("host", "cycle", client, PAYLOAD, 1).map(Result::syscallsPerOp);
  }

  private static String verdict(boolean met) {
    return met ? "met" : "**missed**";
  }
}
