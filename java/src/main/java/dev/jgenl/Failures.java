package dev.jgenl;

import dev.jgenl.internal.Errno;
import dev.jgenl.wire.MalformedMessageException;
import java.time.Duration;
import java.util.List;

/** The one place that builds exceptions, so that their messages agree. */
final class Failures {

  private Failures() {}

  static ClosedException closed() {
    return new ClosedException("closed: open another to go on");
  }

  static RequestTimeoutException timeout(Duration timeout) {
    return new RequestTimeoutException("no answer within " + timeout.toMillis() + " ms");
  }

  static RequestTimeoutException noSocket(Duration timeout) {
    return new RequestTimeoutException(
        "all sockets were in use by other threads for " + timeout.toMillis() + " ms");
  }

  static RequestInterruptedException interrupted() {
    return new RequestInterruptedException("interrupted while waiting for an answer");
  }

  static DumpInterruptedException dumpInterrupted(List<GenlMessage> messages) {
    return new DumpInterruptedException(
        "the data changed while it was dumped: its parts may not fit together", messages);
  }

  static FamilyNotFoundException familyNotFound(String family) {
    return new FamilyNotFoundException(family, "is the kernel module that provides it loaded?");
  }

  static ProtocolException malformed(MalformedMessageException cause) {
    ProtocolException e = new ProtocolException("malformed answer: " + cause.getMessage());
    e.initCause(cause);
    return e;
  }

  static ProtocolException truncated(int length, int room) {
    return new ProtocolException(
        "answer of "
            + Integer.toUnsignedString(length)
            + " bytes, larger than the receive buffer of "
            + room);
  }

  static ProtocolException wrongSequence(int received, int expected) {
    return new ProtocolException(
        "answer with sequence number "
            + Integer.toUnsignedString(received)
            + " to a request with "
            + Integer.toUnsignedString(expected)
            + ": the family sets it wrongly");
  }

  static ProtocolException wrongPort(int received, int expected) {
    return new ProtocolException(
        "answer for port "
            + Integer.toUnsignedString(received)
            + " received by port "
            + Integer.toUnsignedString(expected)
            + ": the family sets it wrongly");
  }

  static ProtocolException notOneMessage(int count) {
    return unexpected(count + " messages in answer where one was expected");
  }

  static ProtocolException unexpected(String what) {
    return new ProtocolException(what);
  }

  static OverrunException overrun() {
    return new OverrunException(
        "the kernel dropped answers because the receive buffer was full (ENOBUFS)");
  }

  /** Opening, resolving or sending failed, or the transport was closed under it. */
  static NetlinkException system(String operation, int errno) {
    return errno == Errno.EBADF
        ? closed()
        : new KernelException(operation, errno, ExtendedAck.NONE, "");
  }

  /** Receiving failed, or the transport was closed under it. */
  static NetlinkException receive(int errno) {
    return errno == Errno.ENOBUFS ? overrun() : system("receive", errno);
  }

  /** The kernel answered with an error. */
  static KernelException refused(GenlRequest request, int errno, ExtendedAck ack) {
    return new KernelException(
        "the kernel refused command " + request.command() + " of " + request.family().name(),
        errno,
        ack,
        ack.explanation(request.names()));
  }
}
