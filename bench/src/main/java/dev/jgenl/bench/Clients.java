package dev.jgenl.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that are compared. {@code bench/README.md} says what they do and how they are spoken
 * to.
 */
final class Clients {

  /** The one that the others are compared with, and therefore the first in every round. */
  static final String BASE = "c-raw";

  private static final String NO_GO =
      "it was not built: is a Go of 1.25 or newer installed? (https://go.dev/dl)";

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private Clients() {}

  /**
   * A client.
   *
   * @param command without the argument that says on which kernel it runs
   * @param needs the file without which it cannot run
   * @param remedy what to do if it is not there
   */
  record Client(String name, List<String> command, Path needs, String remedy) {

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
    return where == Where.HOST
        ? Stream.of(ofGenericNetlink(where), ofLinksAndRoutesAlone()).flatMap(List::stream).toList()
        : ofGenericNetlink(where);
  }

  private static List<Client> ofGenericNetlink(Where where) {
    return List.of(
        program(BASE, "target/cmake/bench/clients/c/bench-c-raw", "cmake did not build it"),
        program("c-mmsg", "target/cmake/bench/clients/c/bench-c-mmsg", "cmake did not build it"),
        program("c-libnl", "target/cmake/bench/clients/c/bench-c-libnl", "cmake did not build it"),
        program(
            "rust-neli",
            "target/cargo/release/bench-rust-neli",
            "it was not built: is a cargo of 1.80 or newer installed? (https://rustup.rs)"),
        program("go-genetlink", "target/bench/bench-go-genetlink", NO_GO),
        new Client(
            "python-pyroute2",
            List.of("target/bench/venv/bin/python", "bench/clients/python/client.py"),
            Path.of("target/bench/venv/bin/python"),
            "it was not installed: apt install python3-venv"),
        java("java-jgenl", "JgenlClient", JAVA, "there is no java"),
        new Client(
            "java-ffm",
            List.of(
                JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                "bench/target/classes:target/bench/ffm",
                "Ffm"),
            Path.of("target/bench/ffm/Ffm.class"),
            "it was not built: is a JDK of 22 or newer in /usr/lib/jvm?"),
        java("java-jna", "JnaClient", JAVA, "there is no java"),
        where == Where.HOST
            ? java("java-fork", "ForkClient", Path.of("/usr/sbin/genl"), "apt install iproute2")
            : java(
                "java-fork",
                "ForkClient",
                Path.of("target/cmake/examples/c/xmpl-c-libnl"),
                "cmake did not build xmpl-c-libnl"));
  }

  private static List<Client> ofLinksAndRoutesAlone() {
    return List.of(
        program("go-vishvananda", "target/bench/bench-go-vishvananda", NO_GO),
        new Client(
            "ip",
            List.of("target/cmake/bench/clients/c/bench-ip"),
            Path.of("/usr/sbin/ip"),
            "apt install iproute2"));
  }

  private static Client program(String name, String file, String remedy) {
    return new Client(name, List.of(file), Path.of(file), remedy);
  }

  private static Client java(String name, String mainClass, Path needs, String remedy) {
    return new Client(
        name,
        List.of(
            JAVA.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            "bench/target/classes:bench/target/lib/*",
            "dev.jgenl.bench.client." + mainClass),
        needs,
        remedy);
  }
}
