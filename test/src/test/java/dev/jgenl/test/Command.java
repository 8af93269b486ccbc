package dev.jgenl.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another program's output and exit status. */
record Command(int status, String output) {

  /** Runs a program to its end; stderr is part of the output. */
  static Command run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(words[0] + " does not end");
    }
    return new Command(process.exitValue(), output);
  }

  /** Runs a program that must succeed, and returns its output. */
  static String succeed(String... words) throws IOException, InterruptedException {
    Command command = run(words);
    if (command.status != 0) {
      throw new IOException(String.join(" ", words) + " failed: " + command.output);
    }
    return command.output;
  }

  /** Runs a class of this class path in a JVM of its own. */
  static Command java(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return run(javaWords(main, arguments));
  }

  /**
   * The words that run a class of this class path in a JVM of its own, behind a prefix or not. One
   * compiler and no threads for garbage, because an emulated processor is slow.
   */
  static String[] javaWords(Class<?> main, String... arguments) {
    return join(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()),
        arguments);
  }

  /** Puts words behind words. */
  static String[] join(List<String> first, String... others) {
    return Stream.concat(first.stream(), Stream.of(others)).toArray(String[]::new);
  }
}
