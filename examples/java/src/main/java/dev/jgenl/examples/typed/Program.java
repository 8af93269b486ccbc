package dev.jgenl.examples.typed;

import dev.jgenl.spec.InvalidValueException;
import dev.jgenl.wire.MalformedMessageException;
import java.io.IOException;

/** What the programs have in common: help, and how they end. */
final class Program {

  /** What a program does. */
  interface Action {
    void run() throws IOException;
  }

  private Program() {}

  /**
   * Runs a program; ends the JVM if it fails.
   *
   * @param words matches the arguments, with spaces between, that the program knows
   */
  static void run(Class<?> program, String usage, String words, String[] args, Action action) {
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
        | InvalidValueException
        | MalformedMessageException
        | UnsatisfiedLinkError e) {
      System.err.println(program.getSimpleName() + ": " + e.getMessage());
      System.exit(1);
    }
  }
}
