package dev.jgenl.cli;

import dev.jgenl.capture.CaptureReader;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.PcapWriter;
import dev.jgenl.wire.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that strace watches. What strace writes becomes a recording once: at the end of the
 * program, or at ours.
 */
final class Trace implements AutoCloseable {

  /** Where the standard output is the recording, a program writes to ours for errors. */
  private static final List<String> TO_STDERR = List.of("sh", "-c", "exec \"$@\" >&2", "jgenl");

  /** The start of the program is written down, too, if there is one. */
  private static final List<String> STRACE =
      List.of(
          "strace",
          "-f",
          "-ttt",
          "-yy",
          "-e",
          "trace=network,execve",
          "-e",
          "read=all",
          "-e",
          "write=all");

  private static final int SECONDS_TO_END = 2;

  private final Session session;
  private final RecordingFile recording;
  private final boolean quiet;
  private final Path text;
  private boolean written;

  /**
   * Begins.
   *
   * @param file where the recording goes, which {@link #close()} closes
   */
  Trace(Session session, String file) throws IOException {
    this.session = session;
    quiet = RecordingFile.isStandardOutput(file);
    recording = RecordingFile.open(file, session);
    text = temporary();
  }

  private Path temporary() throws IOException {
    try {
      return Files.createTempFile("jgenl", ".strace");
    } catch (IOException e) {
      recording.close();
      throw new CommandException(
          ExitStatus.REFUSED, "there is no room for what strace writes: " + e.getMessage());
    }
  }

  /** Runs a program, and returns its status. */
  int run(List<String> command) throws IOException {
    Process process = start(command);
    try (AtExit atExit = new AtExit(() -> endEarly(process))) {
      return process.waitFor();
    } catch (InterruptedException e) {
      endEarly(process);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Process start(List<String> command) {
    List<String> words = new ArrayList<>();
    Path namespace = session.settings().namespace();
    if (namespace != null) {
      words.addAll(List.of("nsenter", "--net=" + namespace, "--"));
    }
    words.addAll(STRACE);
    words.addAll(List.of("-o", text.toString(), "--"));
    if (quiet) {
      words.addAll(TO_STDERR);
    }
    words.addAll(command);
    try {
      return new ProcessBuilder(words).inheritIO().start();
    } catch (IOException e) {
      throw new CommandException(
          ExitStatus.REFUSED,
          words.get(0)
              + " cannot be started, which records what a program asks: apt install strace"
              + " util-linux");
    }
  }

  /** Ends the program, too, which nobody would watch any more. */
  private void endEarly(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      close();
    } catch (IOException | InterruptedException e) {
      session.err().println("jgenl: the recording is not whole: " + Printable.escape("" + e));
    }
  }

  /** Writes the recording, unless there is none. */
  @Override
  public synchronized void close() throws IOException {
    if (written) {
      return;
    }
    written = true;
    try (recording) {
      if (hasRun()) {
        write();
      } else {
        session.err().println("jgenl: nothing is recorded: the command did not run");
      }
    } finally {
      Files.delete(text);
    }
  }

  private boolean hasRun() throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(text, StandardCharsets.ISO_8859_1)) {
      String first = lines.readLine();
      return first != null && first.contains(" execve(") && first.endsWith(" = 0");
    }
  }

  private void write() throws IOException {
    recording.begin();
    try (PcapWriter writer = PcapWriter.open(recording);
        CaptureReader reader = CaptureReader.open(Files.newInputStream(text))) {
      CapturedDatagram datagram = reader.next();
      for (; datagram != null; datagram = reader.next()) {
        writer.write(datagram);
      }
    }
  }
}
