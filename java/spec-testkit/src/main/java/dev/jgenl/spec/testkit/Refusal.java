package dev.jgenl.spec.testkit;

import dev.jgenl.transport.Errno;

/**
 * What a script throws that refuses a request: the kernel's no, with an extended ACK, such as
 * {@code new Refusal(Errno.ENODEV, "no device matches name", "header.dev-name")}.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The number of the error. */
  private final Errno errno;

  /** The text of the extended ACK. */
  private final String text;

  /** The names that lead to the attribute. */
  private final String path;

  /**
   * Refuses.
   *
   * @param errno the number of the error
   * @param text of the extended ACK; empty for none
   * @param path the names that lead to the attribute at fault, with points between; empty if it is
   *     none. One that the request does not have is said to be missing
   */
  public Refusal(Errno errno, String text, String path) {
    super(errno + ": " + text, null, false, false);
    this.errno = errno;
    this.text = text;
    this.path = path;
  }

  /**
   * Returns the number of the error.
   *
   * @return as it was given
   */
  public Errno errno() {
    return errno;
  }

  /**
   * Returns the text of the extended ACK.
   *
   * @return as it was given
   */
  public String text() {
    return text;
  }

  /**
   * Returns the names that lead to the attribute at fault.
   *
   * @return as it was given
   */
  public String path() {
    return path;
  }
}
