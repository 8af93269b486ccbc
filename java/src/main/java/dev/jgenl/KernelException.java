package dev.jgenl;

import dev.jgenl.internal.Errno;

/** The kernel refused a request or a system call, and said why. */
public final class KernelException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /** The positive errno. */
  private final int errno;

  private final transient ExtendedAck extendedAck;

  KernelException(String operation, int errno, ExtendedAck extendedAck, String explanation) {
    super(operation + ": " + Errno.describe(errno) + explanation);
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
   * @return such as "EINVAL"
   */
  public String errnoName() {
    return Errno.name(errno);
  }

  /**
   * Describes the reason for people.
   *
   * @return such as "EINVAL (Invalid argument)"
   */
  public String errnoText() {
    return Errno.describe(errno);
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
