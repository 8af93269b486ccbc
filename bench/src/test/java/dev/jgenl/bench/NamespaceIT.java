package dev.jgenl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NamespaceIT {

  @Test
  void hasAsManyLinksAndRoutesAsWereAskedFor() throws Exception {
    try (Namespace namespace = open(6, 300)) {
      assertThat(run(namespace, "ip", "-o", "link")).hasSize(6);
      assertThat(run(namespace, "ip", "-4", "route"))
          .hasSize(300)
          .allMatch(route -> route.startsWith("10.0."))
          .noneMatch(route -> route.contains("linkdown"));
    }
  }

  @Test
  void changesNothingOutside() throws Exception {
    List<String> links = List.of("ip", "-o", "link", "show", "type", "veth");
    List<String> before = run(links);
    try (Namespace namespace = open(6, 1)) {
      assertThat(run(namespace, "ip", "-o", "link", "show", "type", "veth")).hasSize(4);
      assertThat(run(links)).isEqualTo(before);
    }
  }

  @Test
  void isGoneWhenClosed() throws Exception {
    Namespace namespace = open(3, 1);
    namespace.close();

    assertThatThrownBy(() -> run(namespace, "true")).hasMessageContaining("No such file");
  }

  /** Where the machine does not allow it, which in CI it has to, the test is skipped. */
  private static Namespace open(int links, int routes) throws Exception {
    try {
      return Namespace.withLinksAndRoutes(links, routes);
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw e;
      }
      System.err.println("SKIPPED: " + e.getMessage());
      return Assumptions.abort(e.getMessage());
    }
  }

  private static List<String> run(Namespace namespace, String... words) throws Exception {
    List<String> command = new ArrayList<>(namespace.enter());
    command.addAll(List.of(words));
    return run(command);
  }

  private static List<String> run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + String.join(" ", lines));
    }
    return lines;
  }
}
