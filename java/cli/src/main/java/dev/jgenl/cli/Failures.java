package dev.jgenl.cli;

import dev.jgenl.DumpInterruptedException;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.KernelException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.regex.Pattern;

/** Says what went wrong, in a line, and with which status the command ends. Never a stack trace. */
final class Failures {

  private static final Pattern TOLERANCE =
      Pattern.compile("; with\\w+\\(\\)( and with\\w+\\(\\))? tolerates? (it|them)");

  private Failures() {}

  /** Prints the message of an exception, and returns the status. */
  static int report(Throwable failure, PrintStream err) {
    int status = status(failure);
    if (status != ExitStatus.NOBODY_READS) {
      print("", message(failure), err);
    }
    return status;
  }

  /**
   * Prints a message to people.
   *
   * @param place stands in front of each line; perhaps empty
   * @param message perhaps of many lines, or empty
   */
  static void print(String place, String message, PrintStream err) {
    for (String line : message.split("\n")) {
      if (!line.isBlank()) {
        err.println("jgenl: " + printable(place + line));
      }
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof UncheckedIOException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Returns with what the command ends. */
  static int status(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof Output.Closed || isBrokenPipe(cause)) {
      return ExitStatus.NOBODY_READS;
    } else if (cause instanceof CommandException own) {
      return own.status();
    } else if (cause instanceof IllegalArgumentException || cause instanceof FileSystemException) {
      return ExitStatus.USAGE;
    } else if (cause instanceof FamilyNotFoundException) {
      return ExitStatus.NO_FAMILY;
    } else if (cause instanceof DumpInterruptedException) {
      return ExitStatus.INTERRUPTED_DUMP;
    }
    return ExitStatus.REFUSED;
  }

  /** Of what is recorded to the standard output. */
  private static boolean isBrokenPipe(Throwable cause) {
    return cause instanceof IOException && "Broken pipe".equals(cause.getMessage());
  }

  /** What the library has escaped already has backslashes, which are not to become two. */
  private static String printable(String line) {
    return Printable.escape(line).replace("\\\\", "\\");
  }

  /** Returns what is to be told. */
  static String message(Throwable failure) {
    Throwable cause = cause(failure);
    String message = withoutJava(String.valueOf(cause.getMessage()));
    if (cause instanceof KernelException refused) {
      return message + remedy(refused, message);
    } else if (cause instanceof FileSystemException file) {
      return FileProblem.text(file);
    } else if (cause instanceof CharacterCodingException) {
      return "the input is not in UTF-8";
    } else if (cause instanceof CommandException
        || cause instanceof IOException
        || cause instanceof IllegalArgumentException
        || cause instanceof UnsupportedOperationException
        || cause instanceof UnsatisfiedLinkError) {
      return message;
    }
    return "internal error: " + cause;
  }

  /** The library advises methods of its own, which a command line cannot call. */
  private static String withoutJava(String message) {
    return TOLERANCE
        .matcher(message)
        .replaceAll("; -v shows it")
        .replace("or use dump()", "or use jgenl dump");
  }

  /** What the library does not say: which capability, and how to have it. */
  private static String remedy(KernelException refused, String message) {
    Errno error = refused.error();
    if (error != Errno.EPERM && error != Errno.EACCES) {
      return "";
    }
    return (message.contains("CAP_")
            ? ""
            : "; it needs CAP_NET_ADMIN in the user namespace that owns the network namespace")
        + ": try it as root, such as with sudo";
  }
}
