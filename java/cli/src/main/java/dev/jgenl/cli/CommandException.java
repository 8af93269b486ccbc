package dev.jgenl.cli;

/** Ends the command with a message and a status. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /** The message may hold text from elsewhere: {@link Failures} escapes it. */
  CommandException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
