package dev.jgenl;

import dev.jgenl.transport.Errno;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
    this(operation, errno, ExtendedAck.NONE, path -> Optional.empty());
  }

  /**
   * Creates one for a request that the kernel refused.
   *
   * @param operation what was tried
   * @param errno the positive errno
   * @param extendedAck what the kernel said beside the number
   * @param names tells the name of an attribute by the types that lead to it, or empty
   */
  public KernelException(
      String operation,
      int errno,
      ExtendedAck extendedAck,
      Function<? super List<Integer>, Optional<String>> names) {
    super(operation + ": " + Errno.describe(errno) + extendedAck.explanation(names));
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
