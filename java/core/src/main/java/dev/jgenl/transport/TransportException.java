package dev.jgenl.transport;

/** The system refused a socket. */
public final class TransportException extends Exception {

  private static final long serialVersionUID = 1;

  /** What is not possible. */
  private final String problem;

  /** The positive errno. */
  private final int errno;

  /**
   * Creates one that says that no socket can be opened.
   *
   * @param errno the positive errno
   */
  public TransportException(int errno) {
    this("cannot open a netlink socket", errno);
  }

  /**
   * Creates one.
   *
   * @param problem what is not possible, and what would help; the errno is added
   * @param errno the positive errno
   */
  public TransportException(String problem, int errno) {
    super(problem + ": " + Errno.describe(errno));
    this.problem = problem;
    this.errno = errno;
  }

  /**
   * Returns what is not possible.
   *
   * @return a sentence for people, without the errno
   */
  public String problem() {
    return problem;
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
