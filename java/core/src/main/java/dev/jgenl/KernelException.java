package dev.jgenl;

import dev.jgenl.transport.Errno;

/** The kernel refused a request or a system call, and said why. */
public final class KernelException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /** The positive errno. */
  private final int errno;

  private final transient ExtendedAck extendedAck;

  /**
   * Creates one for a system call or another operation that failed.
   *
   * @param operation what was tried, such as "open a netlink socket"
   * @param errno the positive errno
   */
  public KernelException(String operation, int errno) {
    this(operation, errno, ExtendedAck.NONE, RequestNames.NONE, "");
  }

  /**
   * Creates one for a request that the kernel refused.
   *
   * @param operation what was tried
   * @param errno the positive errno
   * @param extendedAck what the kernel said beside the number
   * @param names names the attributes of which it speaks
   */
  public KernelException(String operation, int errno, ExtendedAck extendedAck, RequestNames names) {
    this(operation, errno, extendedAck, names, "");
  }

  /**
   * Creates one whose message ends with what to do.
   *
   * @param operation what was tried
   * @param errno the positive errno
   * @param extendedAck what the kernel said beside the number
   * @param names names the attributes of which it speaks
   * @param remedy follows all else, so it starts with punctuation; empty for none
   */
  public KernelException(
      String operation, int errno, ExtendedAck extendedAck, RequestNames names, String remedy) {
    super(operation + ": " + Errno.describe(errno) + extendedAck.explanation(names) + remedy);
    this.errno = errno;
    this.extendedAck = extendedAck;
  }

  /**
   * Returns the reason as a number.
   *
   * @return the positive errno, exactly as the kernel gave it
   */
  public int errno() {
    return errno;
  }

  /**
   * Returns the reason by name.
   *
   * @return {@link Errno#UNKNOWN} if the number has none
   */
  public Errno error() {
    return Errno.of(errno);
  }

  /**
   * Returns what the kernel says beside the number.
   *
   * @return the extended ACK; {@link ExtendedAck#NONE} if there was none, or after serialization
   */
  public ExtendedAck extendedAck() {
    return extendedAck == null ? ExtendedAck.NONE : extendedAck;
  }
}
