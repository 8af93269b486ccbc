package dev.jgenl.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

  /** Runs a class of this class path in a JVM of its own. */
  static Command java(Class<?> main, String... arguments) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String[] words = new String[5 + arguments.length];
    words[0] = java;
    words[1] = "--enable-native-access=ALL-UNNAMED";
    words[2] = "-cp";
    words[3] = System.getProperty("java.class.path");
    words[4] = main.getName();
    System.arraycopy(arguments, 0, words, 5, arguments.length);
    return run(words);
  }
}
