package dev.jgenl.cli;

import java.util.List;

/** Ends the command with a message and a status. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * Makes one with a message of a line. It may hold text from elsewhere: {@link Failures} escapes
   * it, and what would be a second line stays in the first.
   */
  CommandException(int status, String message) {
    super(message.replace("\n", "\\n"));
    this.status = status;
  }

  /** Makes one with a message of many lines. */
  CommandException(int status, List<String> lines) {
    super(String.join("\n", lines));
    this.status = status;
  }

  /** Makes one with a second line, which says what to do. */
  CommandException(int status, String message, String hint) {
    super(message.replace("\n", "\\n") + "\n" + hint);
    this.status = status;
  }

  int status() {
    return status;
  }
}
