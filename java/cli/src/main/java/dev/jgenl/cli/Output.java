package dev.jgenl.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The standard output. It holds data only, in UTF-8; text of a message has to be escaped by whoever
 * prints it. Once it could not be written nothing more is. Safe to share between threads.
 */
final class Output {

  /** Nobody reads any more, such as behind {@code | head}. */
  static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Closed(IOException cause) {
      super(cause);
    }
  }

  private final Writer writer;
  private final ReentrantLock printing = new ReentrantLock();
  private String rest = "";
  private @Nullable IOException failure;

  Output(OutputStream out) {
    writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 14);
  }

  /** Prints, perhaps later: see {@link #flush()}. */
  void print(String text) {
    print(text, rest);
  }

  void println(String line) {
    print(line + "\n");
  }

  /**
   * Prints a part of something.
   *
   * @param text the part
   * @param ending what {@link #endEarly()} has to put behind it; empty behind the last part
   */
  void print(String text, String ending) {
    printing.lock();
    try {
      requireWhole();
      writer.write(text);
      rest = ending;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      printing.unlock();
    }
  }

  /** Has all that was printed arrive. */
  void flush() {
    printing.lock();
    try {
      requireWhole();
      writer.flush();
    } catch (IOException e) {
      throw failed(e);
    } finally {
      printing.unlock();
    }
  }

  /** What a second try would write might be there already. */
  private void requireWhole() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  private RuntimeException failed(IOException e) {
    failure = e;
    String message = String.valueOf(e.getMessage());
    return message.equals("Broken pipe")
        ? new Closed(e)
        : new CommandException(ExitStatus.REFUSED, "cannot write: " + message);
  }

  /**
   * Has all arrive that was printed, with its ending, as the process is being ended: nothing is
   * printed behind this. It does not wait for a reader that does not read.
   */
  void endEarly() {
    try {
      if (printing.tryLock(1, TimeUnit.SECONDS)) {
        print(rest, "");
        flush();
      }
    } catch (InterruptedException | RuntimeException e) {
      // Nobody is left to be told.
      return;
    }
  }
}
