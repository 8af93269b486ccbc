package dev.jgenl;

/**
 * What was received is not what the protocol allows: a malformed message, a wrong sequence number,
 * an answer where none or only one may be, or one that is larger than the receive buffer. The
 * request may have had its effect.
 */
public final class ProtocolException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and the remedy if there is one
   */
  public ProtocolException(String message) {
    super(message);
  }
}
