package dev.jgenl.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kernel that the clients talk to, and what is asked of it. */
enum Where {
  /** The running kernel, at native speed. */
  HOST(List.of("nlctrl".length()), 0),
  /** The one with our modules, in emulation, where only ratios mean something. */
  VM(List.of(50, 1024, 4096), 50);

  private static final int LINKS = 1_000;
  private static final int ROUTES = 100_000;
  private static final int ROUTES_QUICK = 10_000;

  private static final List<Integer> THREADS = List.of(2, 4, 8);

  private final List<Integer> payloads;
  private final int dumpPayload;

  Where(List<Integer> payloads, int dumpPayload) {
    this.payloads = payloads;
    this.dumpPayload = dumpPayload;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What the clients are told to do.
   *
   * @param payload of a message in bytes; of links and routes how many there are
   */
  record Task(String operation, int payload, int threads) {
    @Override
    public String toString() {
      return operation
          + (payload == 0 ? "" : ", payload " + payload)
          + (threads == 1 ? "" : ", " + threads + " threads");
    }
  }

  static Task links() {
    return new Task("links", LINKS, 1);
  }

  /**
   * All routes.
   *
   * @param quick there are fewer, for the slowest client takes most of the time
   */
  static Task routes(boolean quick) {
    return new Task("routes", quick ? ROUTES_QUICK : ROUTES, 1);
  }

  /** What is measured in a namespace with links and routes. */
  List<Task> tasksInNamespace(boolean quick) {
    return this == HOST ? List.of(links(), routes(quick)) : List.of();
  }

  /**
   * What is measured.
   *
   * @param quick leaves out what lies between the extremes, and the long payloads of pipelines,
   *     which take most of the time
   */
  List<Task> tasks(boolean quick) {
    int usual = payloads.get(0);
    int longest = payloads.get(payloads.size() - 1);
    return Stream.of(
            Stream.of(new Task("cycle", usual, 1)),
            payloads.stream()
                .filter(payload -> !quick || payload == usual || payload == longest)
                .map(payload -> new Task("exchange", payload, 1)),
            THREADS.stream()
                .limit(quick ? 1 : THREADS.size())
                .map(threads -> new Task("exchange", usual, threads)),
            payloads.stream().limit(quick ? 1 : 3).map(payload -> new Task("pipeline", payload, 1)),
            Stream.of(new Task("dump", dumpPayload, 1)))
        .flatMap(tasks -> tasks)
        .toList();
  }
}
