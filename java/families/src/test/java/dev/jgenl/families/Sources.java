package dev.jgenl.families;

import dev.jgenl.spec.compiler.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The specs that the models of this module were made of. Where there are none, the tests are
 * skipped and say so; with the environment variable {@code CI=true} they fail.
 */
final class Sources {

  private static final Path PINS = Path.of("../spec-compiler/specs/specs.sha256");
  private static final Path VENDORED = Path.of("target/specs");

  private Sources() {}

  /** The files of the pinned specs, by the names of the specs. */
  static Map<String, Path> pinned() throws IOException {
    require(
        System.getProperty("jgenl.specs.unpinned") == null,
        "what is known of the pinned specs, since the build has been given others");
    Map<String, Path> files = new TreeMap<>();
    List<String> names = pinnedNames();
    for (Path file : files()) {
      String name = String.valueOf(Tree.read(file.toString(), Files.readAllBytes(file)).name());
      if (names.contains(name)) {
        files.put(name, file);
      }
    }
    return files;
  }

  static List<String> pinnedNames() throws IOException {
    return Files.readAllLines(PINS).stream().map(line -> line.substring(66)).toList();
  }

  private static List<Path> files() throws IOException {
    Path folder = Path.of(System.getProperty("jgenl.specs", VENDORED.toString()));
    require(
        Files.isDirectory(folder),
        "the models of families, since there are no specs: install cargo, or give -Djgenl.specs");
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> specs = new ArrayList<>();
      for (Path file : files.filter(Sources::mayBeSpec).toList()) {
        if (Files.readString(file).contains("\noperations:")) {
          specs.add(file);
        }
      }
      return specs;
    }
  }

  private static boolean mayBeSpec(Path file) {
    String name = file.toString();
    return name.endsWith(".yaml")
        && !name.endsWith(".overrides.yaml")
        && !name.endsWith("builtin.yaml");
  }

  private static void require(boolean met, String otherwise) {
    if (met) {
      return;
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError("missing on CI: " + otherwise);
    }
    System.err.println("SKIPPED: " + otherwise);
    Assumptions.abort(otherwise);
  }
}
