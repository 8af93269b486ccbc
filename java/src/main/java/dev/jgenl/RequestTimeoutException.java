package dev.jgenl;

/** No answer came in time. The request may have had its effect. */
public final class RequestTimeoutException extends NetlinkException {

  private static final long serialVersionUID = 1;

  RequestTimeoutException(String message) {
    super(message);
  }
}
