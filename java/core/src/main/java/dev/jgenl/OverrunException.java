package dev.jgenl;

/**
 * The kernel dropped answers because the receive buffer was full ({@code ENOBUFS}). The request may
 * have had its effect.
 */
public final class OverrunException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and the remedy if there is one
   */
  public OverrunException(String message) {
    super(message);
  }
}
