package dev.jgenl.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A verb of the command line. An instance serves one call. */
abstract class Verb {

  /** Adds its parameters and options, and says in one line what it does. */
  abstract void describe(CommandSpec spec);

  /**
   * Does what it is for.
   *
   * @param parsed the command line
   * @param session what it needs
   * @return an {@link ExitStatus}
   * @throws IOException as the library does; {@link Failures} makes a message of it
   * @throws CommandException to end with another message and status
   */
  abstract int run(ParseResult parsed, Session session) throws IOException;

  /** Whether help does not show it. */
  boolean isHidden() {
    return false;
  }
}
