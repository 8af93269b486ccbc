package dev.jgenl;

/** The object that was used is closed, or was closed by another thread while the call waited. */
public final class ClosedException extends NetlinkException {

  private static final long serialVersionUID = 1;

  ClosedException(String message) {
    super(message);
  }
}
