package dev.jgenl;

/** The object that was used is closed, or was closed by another thread while the call waited. */
public final class ClosedException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and the remedy if there is one
   */
  public ClosedException(String message) {
    super(message);
  }
}
