package dev.jgenl;

/** No answer came in time. The request may have had its effect. */
public final class RequestTimeoutException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and the remedy if there is one
   */
  public RequestTimeoutException(String message) {
    super(message);
  }
}
