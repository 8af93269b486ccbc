package dev.jgenl;

/**
 * The kernel dropped answers because the receive buffer was full ({@code ENOBUFS}). The request may
 * have had its effect.
 */
public final class OverrunException extends NetlinkException {

  private static final long serialVersionUID = 1;

  OverrunException(String message) {
    super(message);
  }
}
