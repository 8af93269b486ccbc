package dev.jgenl.cli;

import dev.jgenl.transport.Transport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What is around the command.
 *
 * @param out takes data, and nothing else
 * @param err takes what is for people
 * @param in the standard input
 * @param columns the width of the terminal that shows {@code out}; 0 if none does
 * @param colors whether a terminal may be shown colours: {@code NO_COLOR}, {@code TERM}
 * @param sockets opens them; null for those of the kernel
 */
record Environment(
    OutputStream out,
    PrintStream err,
    InputStream in,
    int columns,
    boolean colors,
    Transport.@Nullable Factory sockets) {

  /** The launcher tells the width of the terminal, for which the JDK does not ask. */
  private static final String COLUMNS = "jgenl.columns";

  /** Returns that of this process. */
  static Environment ofProcess() {
    return new Environment(
        new FileOutputStream(FileDescriptor.out),
        System.err,
        System.in,
        Integer.getInteger(COLUMNS, 0),
        isEmpty(System.getenv("NO_COLOR")) && !"dumb".equals(System.getenv("TERM")),
        null);
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  boolean isTerminal() {
    return columns > 0;
  }
}
