package dev.jgenl.test;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests are run in. */
final class Repository {

  private Repository() {}

  static Path root() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve("build_and_run.sh"))) {
        return p;
      }
    }
    throw new IllegalStateException("the tests are not run within the repository");
  }

  /** Finds what is there, by its path from the folder of the checkout on. */
  static Path path(String relative) {
    return root().resolve(relative);
  }
}
