package dev.jgenl.test;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a call of the command line has left.
 *
 * @param status with which it ended
 * @param out what it wrote to the standard output
 * @param err what it wrote to the standard error
 */
record Jgenl(int status, String out, String err) {

  private static final int SECONDS = 180;

  /** Returns the launcher, which every build makes. */
  static Path launcher() {
    Path launcher = Repository.path("java/cli/target/jgenl");
    Prerequisite.require(Files.isExecutable(launcher), launcher + " is not there: mvn package");
    return launcher;
  }

  /** Runs it to its end, with nothing at its standard input. */
  static Jgenl run(String... words) throws IOException, InterruptedException {
    return runWith("", Command.join(List.of(launcher().toString()), words));
  }

  /** Runs a program to its end, with text at its standard input. */
  static Jgenl runWith(String input, String... words) throws IOException, InterruptedException {
    Path in = Files.createTempFile("jgenl", ".in");
    Path out = Files.createTempFile("jgenl", ".out");
    Path err = Files.createTempFile("jgenl", ".err");
    try {
      Files.writeString(in, input);
      Process process =
          new ProcessBuilder(words)
              .directory(new File("/"))
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", words) + " does not end");
      }
      return new Jgenl(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }
}
