package dev.jgenl.cli;

/** Ends the command with a message and a status. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /** The message is printed as it is: what comes from elsewhere has to be escaped. */
  CommandException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
