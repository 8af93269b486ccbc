package dev.jgenl.examples.typed;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What the programs have in common: help, and how they end. */
final class Program {

  /** What a program does. */
  interface Action {
    void run() throws IOException;
  }

  /** What asks the kernel. */
  interface Question<T> {
    T ask() throws NetlinkException;
  }

  private Program() {}

  /**
   * Runs a program; ends the JVM if it fails.
   *
   * @param words matches the arguments, with spaces between, that the program knows
   */
  static void run(Class<?> program, String usage, String words, String[] args, Action action) {
    run(program, usage, words, args, Map.of(), action);
  }

  /** The same, with what to do about errors of the kernel. */
  static void run(
      Class<?> program,
      String usage,
      String words,
      String[] args,
      Map<Errno, String> hints,
      Action action) {
    String given = String.join(" ", args);
    if (given.equals("--help")) {
      System.out.print(usage);
      return;
    }
    if (!given.matches(words)) {
      System.err.print(usage);
      System.exit(2);
    }
    try {
      action.run();
    } catch (IOException
        | IllegalArgumentException
        | MalformedMessageException
        | UnsatisfiedLinkError e) {
      String hint = e instanceof KernelException refusal ? hints.get(refusal.error()) : null;
      System.err.println(
          program.getSimpleName() + ": " + e.getMessage() + (hint == null ? "" : ": " + hint));
      System.exit(1);
    }
  }

  /** Returns what the kernel answers; empty if it refuses with an error that is expected. */
  static <T> Optional<T> unless(Errno expected, Question<T> question) throws NetlinkException {
    try {
      return Optional.of(question.ask());
    } catch (KernelException e) {
      if (e.error() == expected) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
