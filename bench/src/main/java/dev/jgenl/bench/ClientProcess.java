package dev.jgenl.bench;

import dev.jgenl.bench.Where.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that runs and waits for its next task. Not to be shared between threads. */
final class ClientProcess implements AutoCloseable {

  private static final int TIMEOUT_MINUTES = 5;

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final OutputStream tasks;
  private final String version;

  private ClientProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.tasks = process.getOutputStream();
    this.version = readLine();
  }

  /**
   * Starts it.
   *
   * @param prefix a command that runs it, such as strace with its options; may be empty
   */
  static ClientProcess start(Clients.Client client, Where where, List<String> prefix)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(client.command());
    command.add(where.toString());
    return new ClientProcess(
        client.name(),
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** What it is made of. */
  String version() {
    return version;
  }

  /**
   * How long so many operations took.
   *
   * @param operations how many there were in fact
   * @param sum what the fields of objects came to; empty for other operations
   */
  record Time(long ns, long operations, String sum) {
    double perOperation() {
      return (double) ns / operations;
    }
  }

  /** Empty if it has no way to do this. */
  Optional<Time> run(Task task, long iterations) {
    String line =
        "%s %d %d %d\n".formatted(task.operation(), task.payload(), task.threads(), iterations);
    try {
      // One write, so that a trace shows the line in one read.
      tasks.write(line.getBytes(StandardCharsets.US_ASCII));
      tasks.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " ended before '" + line.strip() + "'", e);
    }
    String answer = readLine();
    if (answer.equals("unsupported")) {
      return Optional.empty();
    }
    String[] numbers = answer.split(" ");
    String sum = numbers.length > 2 ? numbers[2] : "";
    Time time = new Time(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), sum);
    if (time.operations < iterations || time.ns <= 0) {
      throw new IllegalStateException(name + " answered '" + answer + "' to '" + line + "'");
    }
    return Optional.of(time);
  }

  /** A client that does not answer is killed, which ends the wait. */
  private String readLine() {
    CompletableFuture<?> watchdog =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(TIMEOUT_MINUTES, TimeUnit.MINUTES));
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException(name + " failed, with exit status " + exitStatus());
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    } finally {
      watchdog.cancel(false);
    }
  }

  private String exitStatus() {
    try {
      return process.waitFor(10, TimeUnit.SECONDS) ? "" + process.exitValue() : "none";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  /** Lets it end, or kills it; {@link #requireEnded} tells how it ended. */
  @Override
  public void close() {
    try {
      tasks.close();
    } catch (IOException e) {
      // It has ended already.
    }
    exitStatus();
    process.destroyForcibly();
  }

  /** Fails if a closed client did not end well. */
  void requireEnded() {
    String status = exitStatus();
    if (!status.equals("0")) {
      throw new IllegalStateException(name + " ended with exit status " + status);
    }
  }
}
