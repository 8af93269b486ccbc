package dev.jgenl.cli;

import dev.jgenl.DumpInterruptedException;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.KernelException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says what went wrong, in a line, and with which status the command ends. Never a stack trace. */
final class Failures {

  private Failures() {}

  /** Prints the message of an exception, and returns the status. */
  static int report(Throwable failure, PrintStream err) {
    if (failure instanceof Output.Closed) {
      return ExitStatus.NOBODY_READS;
    }
    Throwable cause =
        failure instanceof UncheckedIOException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    for (String line : message(cause).split("\n")) {
      if (!line.isBlank()) {
        err.println("jgenl: " + printable(line));
      }
    }
    return status(cause);
  }

  private static int status(Throwable cause) {
    if (cause instanceof CommandException own) {
      return own.status();
    } else if (cause instanceof IllegalArgumentException) {
      return ExitStatus.USAGE;
    } else if (cause instanceof FamilyNotFoundException) {
      return ExitStatus.NO_FAMILY;
    } else if (cause instanceof DumpInterruptedException) {
      return ExitStatus.INTERRUPTED_DUMP;
    }
    return ExitStatus.REFUSED;
  }

  /** What the library has escaped already has backslashes, which are not to become two. */
  private static String printable(String line) {
    return Printable.escape(line).replace("\\\\", "\\");
  }

  private static String message(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof KernelException refused) {
      return message + remedy(refused, message);
    } else if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return message + ": no such file";
    } else if (cause instanceof AccessDeniedException) {
      return message + ": permission denied";
    } else if (cause instanceof CommandException
        || cause instanceof IOException
        || cause instanceof IllegalArgumentException
        || cause instanceof UnsupportedOperationException
        || cause instanceof UnsatisfiedLinkError) {
      return message;
    }
    return "internal error: " + cause;
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
