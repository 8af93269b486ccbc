package dev.jgenl.bench;

import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  private static final int PEERS = 10_000;

  private static final Set<String> LISTS = Set.of("links", "routes", "getlink", "get-device");

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
   * @param payload of a message in bytes; of a list how many there are in it
   */
  record Task(String operation, int payload, int threads) {

    /** A list, in which there are so many. */
    private static Task list(String operation, int total) {
      return new Task(operation, total, 1);
    }

    /** Whether it is done once for a whole list. */
    boolean isList() {
      return LISTS.contains(operation);
    }

    @Override
    public String toString() {
      return operation
          + (payload == 0 ? "" : ", payload " + payload)
          + (threads == 1 ? "" : ", " + threads + " threads");
    }
  }

  static Task links() {
    return Task.list("links", LINKS);
  }

  /**
   * All routes.
   *
   * @param quick there are fewer, for the slowest client takes most of the time
   */
  static Task routes(boolean quick) {
    return Task.list("routes", quick ? ROUTES_QUICK : ROUTES);
  }

  /** From a request to the fields of objects: one link, its features, all links. */
  static List<Task> objects() {
    return List.of(
        new Task("linkinfo-get", 0, 1),
        new Task("features-get", 0, 1),
        Task.list("getlink", LINKS));
  }

  /** The same of the peers of a device of WireGuard. */
  static Task peers() {
    return Task.list("get-device", PEERS);
  }

  /** What is measured, by name. */
  Stream<String> operations() {
    return Stream.of(tasks(false), tasksInNamespace(false))
        .flatMap(List::stream)
        .map(Task::operation)
        .distinct();
  }

  /**
   * What is measured in a namespace of its own.
   *
   * @param quick leaves out the peers, which take most of the time
   */
  List<Task> tasksInNamespace(boolean quick) {
    if (this == HOST) {
      return Stream.concat(Stream.of(links(), routes(quick)), objects().stream()).toList();
    }
    return quick ? List.of() : List.of(peers());
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
