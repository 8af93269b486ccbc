package dev.jgenl.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs that are compared. {@code bench/README.md} says what they do and how they are spoken
 * to.
 */
final class Clients {

  /** The one that the others are compared with, and therefore the first in every round. */
  static final String BASE = "c-raw";

  private static final String C = "target/cmake/bench/clients/c/";

  private static final String NO_CMAKE = "cmake did not build it";

  private static final String NO_CARGO =
      "it was not built: is a cargo of 1.80 or newer installed? (https://rustup.rs)";

  private static final String NO_GO =
      "it was not built: is a Go of 1.26 or newer installed? (https://go.dev/dl)";

  private static final String NO_LIBYNL =
      "it was not built, which takes the kernel's source; --quick leaves it out";

  private static final String NO_BINDINGS = NO_CARGO + "; --quick leaves it out";

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private Clients() {}

  private static final Path TYPED =
      Path.of("target/bench/typed/dev/jgenl/bench/client/TypedClient.class");

  private static final String NO_FAMILIES =
      "jgenl-families is empty: is cargo installed? (https://rustup.rs)";

  private static final String NO_PYTHON = "it was not installed: apt install python3-venv";

  /** What the clients of Generic Netlink do. */
  static final Set<String> GENERIC = Set.of("cycle", "exchange", "pipeline", "dump");

  /** What those do that know lists of rtnetlink. */
  static final Set<String> LISTS = Set.of("links", "routes");

  /** What those do that make objects of answers. */
  static final Set<String> OBJECTS =
      Set.of("linkinfo-get", "features-get", "getlink", "get-device");

  /**
   * A client.
   *
   * @param operations those that it may be asked for; it knows itself which of them it can do
   * @param command without the argument that says on which kernel it runs
   * @param needs the file without which it cannot run
   * @param remedy what to do if it is not there
   */
  record Client(
      String name, Set<String> operations, List<String> command, Path needs, String remedy) {

    /** Why it cannot run on this machine. */
    Optional<String> missing() {
      return Files.exists(needs) ? Optional.empty() : Optional.of(remedy);
    }

    /** Whether the process does a lot before the client's code begins. */
    boolean hasRuntime() {
      return name.startsWith("java-") || name.startsWith("python-");
    }

    /** Whether threads of the runtime make system calls that are not for an operation. */
    boolean hasThreadsOfItsRuntime() {
      return name.startsWith("java-") || name.startsWith("go-");
    }

    /** Whether each operation is a process of its own, which takes a thousand times longer. */
    boolean forks() {
      return name.equals("java-fork");
    }
  }

  /** All clients, in the order of their turns. */
  static List<Client> all(Where where) {
    return Stream.of(ofGenericNetlink(where), ofListsAlone(), ofObjectsAlone())
        .flatMap(List::stream)
        .filter(client -> where.operations().anyMatch(client.operations()::contains))
        .toList();
  }

  private static List<Client> ofGenericNetlink(Where where) {
    return List.of(
        program(BASE, union(GENERIC, LISTS), C + "bench-c-raw", NO_CMAKE),
        program("c-mmsg", union(GENERIC, LISTS), C + "bench-c-mmsg", NO_CMAKE),
        program("c-libnl", GENERIC, C + "bench-c-libnl", NO_CMAKE),
        program("rust-neli", GENERIC, "target/cargo/release/bench-rust-neli", NO_CARGO),
        program("go-genetlink", GENERIC, "target/bench/bench-go-genetlink", NO_GO),
        new Client(
            "python-pyroute2",
            union(union(GENERIC, LISTS), OBJECTS),
            List.of("target/bench/venv/bin/python", "bench/clients/python/client.py"),
            Path.of("target/bench/venv/bin/python"),
            NO_PYTHON),
        java("java-jgenl", union(GENERIC, LISTS), "JgenlClient", JAVA, "there is no java"),
        new Client(
            "java-ffm",
            GENERIC,
            List.of(
                JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                "bench/target/classes:target/bench/ffm",
                "Ffm"),
            Path.of("target/bench/ffm/Ffm.class"),
            "it was not built: is a JDK of 22 or newer in /usr/lib/jvm?"),
        java("java-jna", GENERIC, "JnaClient", JAVA, "there is no java"),
        where == Where.HOST
            ? java(
                "java-fork",
                GENERIC,
                "ForkClient",
                Path.of("/usr/sbin/genl"),
                "apt install iproute2")
            : java(
                "java-fork",
                GENERIC,
                "ForkClient",
                Path.of("target/cmake/examples/c/xmpl-c-libnl"),
                "cmake did not build xmpl-c-libnl"));
  }

  private static List<Client> ofListsAlone() {
    return List.of(
        program(
            "go-vishvananda",
            union(LISTS, Set.of("getlink")),
            "target/bench/bench-go-vishvananda",
            NO_GO),
        new Client(
            "ip", LISTS, List.of(C + "bench-ip"), Path.of("/usr/sbin/ip"), "apt install iproute2"));
  }

  private static List<Client> ofObjectsAlone() {
    return List.of(
        java("java-typed", OBJECTS, "TypedClient", TYPED, NO_FAMILIES),
        java("java-dynamic", OBJECTS, "DynamicValueClient", TYPED, NO_FAMILIES),
        java("java-hand", OBJECTS, "HandClient", JAVA, "there is no java"),
        program("c-libynl", OBJECTS, "target/bench/bench-c-libynl", NO_LIBYNL),
        program("rust-bindings", OBJECTS, "target/cargo/release/bench-rust-bindings", NO_BINDINGS),
        program("go-ethtool", Set.of("linkinfo-get"), "target/bench/bench-go-ethtool", NO_GO),
        program("go-wgctrl", Set.of("get-device"), "target/bench/bench-go-wgctrl", NO_GO),
        new Client(
            "python-pyynl",
            OBJECTS,
            List.of("target/oracles/venv/bin/python", "bench/clients/python/pyynl_client.py"),
            Path.of("target/oracles/venv/bin/python"),
            "it was not fetched: test/oracles/pyynl.sh"));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static Client program(String name, Set<String> operations, String file, String remedy) {
    return new Client(name, operations, List.of(file), Path.of(file), remedy);
  }

  private static Client java(
      String name, Set<String> operations, String mainClass, Path needs, String remedy) {
    return new Client(
        name,
        operations,
        List.of(
            JAVA.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            "bench/target/classes:target/bench/typed:bench/target/lib/*",
            "dev.jgenl.bench.client." + mainClass),
        needs,
        remedy);
  }
}
