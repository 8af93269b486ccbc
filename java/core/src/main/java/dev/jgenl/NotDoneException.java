package dev.jgenl;

/**
 * A request of a transaction was not done because another one, or the whole, was refused: the cause
 * says why.
 */
public final class NotDoneException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what was not done
   * @param cause why
   */
  public NotDoneException(String message, Throwable cause) {
    super(message);
    initCause(cause);
  }
}
