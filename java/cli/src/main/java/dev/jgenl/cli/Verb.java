package dev.jgenl.cli;

import java.io.IOException;

/** A verb of the command line. An instance serves one call. */
abstract class Verb {

  /** Adds its parameters and options, and says in one line what it does. */
  abstract void describe(Syntax spec);

  /**
   * Does what it is for.
   *
   * @param parsed the command line
   * @param session what it needs
   * @return an {@link ExitStatus}
   * @throws IOException as the library does; {@link Failures} makes a message of it
   * @throws CommandException to end with another message and status
   */
  abstract int run(Parsed parsed, Session session) throws IOException;
}
