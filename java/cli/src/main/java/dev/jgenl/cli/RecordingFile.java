package dev.jgenl.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a recording goes: a file, which keeps what it holds until it is certain that there is a
 * recording, or the standard output. Safe to share between threads.
 */
final class RecordingFile extends OutputStream {

  private final String name;
  private final OutputStream out;
  private final @Nullable FileChannel file;
  private final @Nullable Path made;
  private final ByteArrayOutputStream early = new ByteArrayOutputStream();
  private boolean begun;

  private RecordingFile(
      String name, OutputStream out, @Nullable FileChannel file, @Nullable Path made) {
    this.name = name;
    this.out = out;
    this.file = file;
    this.made = made;
  }

  /** Tells whether the standard output is meant. */
  static boolean isStandardOutput(String file) {
    return file.equals("-") || file.equals("/dev/stdout");
  }

  /**
   * Opens a file to be written, and leaves it as it is; one that is not there is made.
   *
   * @param file its path, or what {@link #isStandardOutput} accepts
   * @param session has the standard output
   * @throws CommandException if a terminal would show the recording
   */
  static RecordingFile open(String file, Session session) throws IOException {
    if (isStandardOutput(file)) {
      return new RecordingFile("", session.bytesOut(), null, null);
    }
    Path path = Options.file(file);
    try {
      FileChannel made =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new RecordingFile(" " + file, Channels.newOutputStream(made), made, path);
    } catch (FileAlreadyExistsException e) {
      FileChannel there =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new RecordingFile(" " + file, Channels.newOutputStream(there), there, null);
    }
  }

  /** Empties the file, if it is one, and writes what there is. */
  synchronized void begin() throws IOException {
    begun = true;
    if (file != null && file.size() > 0) {
      file.truncate(0);
    }
    write(early.toByteArray(), 0, early.size());
    early.reset();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      (begun ? out : early).write(bytes, offset, length);
    } catch (IOException e) {
      // Of a pipe that nobody reads nothing is to be said.
      throw "Broken pipe".equals(e.getMessage())
          ? e
          : new IOException("cannot write" + name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    if (begun) {
      out.flush();
    }
  }

  /** Of a recording that was not begun nothing is left. */
  @Override
  public synchronized void close() throws IOException {
    out.close();
    if (!begun && made != null) {
      Files.deleteIfExists(made);
    }
  }
}
