package dev.jgenl.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The standard output. It holds data only, in UTF-8; text of a message has to be escaped by whoever
 * prints it. For one thread.
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

  Output(OutputStream out) {
    writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 14);
  }

  /** Prints, perhaps later: see {@link #flush()}. */
  void print(String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void println(String line) {
    print(line);
    print("\n");
  }

  /** Has all that was printed arrive. */
  void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static RuntimeException failed(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.equals("Broken pipe")
        ? new Closed(e)
        : new CommandException(ExitStatus.REFUSED, "cannot write: " + message);
  }
}
