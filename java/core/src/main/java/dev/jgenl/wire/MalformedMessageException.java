package dev.jgenl.wire;

/**
 * Bytes that are no netlink message, or an attribute whose payload is not of the type that was
 * asked for.
 *
 * <p>Unchecked, because it is thrown by getters that are used in lambdas; what {@code dev.jgenl}
 * decodes itself it turns into its own checked exception.
 */
public final class MalformedMessageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what is wrong, with the lengths in bytes
   */
  public MalformedMessageException(String message) {
    super(message);
  }
}
