package dev.jgenl;

/**
 * The thread was interrupted while it waited for an answer. It stays interrupted. The request may
 * have had its effect.
 */
public final class RequestInterruptedException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and the remedy if there is one
   */
  public RequestInterruptedException(String message) {
    super(message);
  }
}
