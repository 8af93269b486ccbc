package dev.jgenl.internal;

/** The system refused a socket. */
public final class TransportException extends Exception {

  private static final long serialVersionUID = 1;

  /** The positive errno. */
  private final int errno;

  /**
   * Creates one.
   *
   * @param errno the positive errno
   */
  public TransportException(int errno) {
    super("cannot open a netlink socket: " + Errno.describe(errno));
    this.errno = errno;
  }

  /**
   * Returns the reason.
   *
   * @return the positive errno
   */
  public int errno() {
    return errno;
  }
}
