package dev.jgenl.test;

import dev.jgenl.transport.Errno;
import java.util.List;

/**
 * The calls of the transport that test/torture/faults/faults.c makes fail, in its order, and what
 * each can fail with.
 */
enum FaultyCall {
  SOCKET(Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM, Errno.ENOBUFS, Errno.EPERM, Errno.EACCES),
  BIND(Errno.ENOMEM, Errno.EPERM, Errno.EACCES, Errno.EADDRINUSE),
  CONNECT(Errno.ENOMEM, Errno.EPERM, Errno.ECONNREFUSED),
  SETSOCKOPT(Errno.ENOPROTOOPT, Errno.ENOMEM, Errno.EPERM),
  GETSOCKOPT(Errno.ENOPROTOOPT, Errno.ENOMEM),
  GETSOCKNAME(Errno.ENOBUFS, Errno.ENOMEM),
  SENDTO(Errno.ENOBUFS, Errno.ENOMEM, Errno.EINTR, Errno.EAGAIN, Errno.ECONNREFUSED, Errno.EPERM),
  SENDMSG(Errno.ENOBUFS),
  RECVFROM(Errno.ENOBUFS, Errno.ENOMEM, Errno.EINTR, Errno.EAGAIN, Errno.ECONNREFUSED),
  RECVMSG(Errno.ENOBUFS),
  RECVMMSG(Errno.ENOBUFS, Errno.ENOMEM, Errno.EINTR, Errno.EAGAIN, Errno.ECONNREFUSED),
  PPOLL(Errno.EINTR, Errno.ENOMEM),
  EVENTFD(Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM),
  READ(Errno.EAGAIN, Errno.EINTR),
  IOCTL(Errno.EPERM, Errno.EMFILE, Errno.ENOMEM),
  OPEN(Errno.EMFILE, Errno.ENOMEM, Errno.EACCES),
  SETNS(Errno.EPERM, Errno.ENOMEM),
  CLOSE(Errno.EINTR, Errno.EIO),
  THREAD(Errno.EAGAIN),
  ALLOCATE(Errno.ENOMEM);

  private final List<Errno> errors;

  FaultyCall(Errno... errors) {
    this.errors = List.of(errors);
  }

  List<Errno> errors() {
    return errors;
  }

  /** No call is interrupted for ever, and a buffer that has been read is not full at once. */
  boolean canAlwaysFail(Errno error) {
    return error != Errno.EINTR
        && !(error == Errno.ENOBUFS && (this == RECVFROM || this == RECVMMSG));
  }
}
