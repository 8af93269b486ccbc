package dev.jgenl.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that runs beside the test, which waits for lines of it. Killed when closed. */
final class RunningProgram implements AutoCloseable {

  private static final int SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private RunningProgram(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a program; stderr is part of the output. */
  static RunningProgram start(String... words) throws IOException {
    Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new RunningProgram(process);
  }

  long pid() {
    return process.pid();
  }

  /** Waits for a line that starts so; those before it are skipped. */
  String awaitLine(String start) throws IOException, InterruptedException {
    for (; ; ) {
      String line = lines.poll(SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new IOException("no line '" + start + "…' came within a minute, only: " + seen);
      }
      seen.add(line);
      if (line.startsWith(start)) {
        return line;
      }
    }
  }

  /** Waits for the end and returns the exit status. */
  int awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the program does not end; it said: " + seen + lines);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("the output ended: " + e.getMessage());
    }
  }
}
