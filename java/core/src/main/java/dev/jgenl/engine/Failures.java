package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.ExtendedAck;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestNames;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MalformedMessageException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The one place that words exceptions, so that their messages agree. */
public final class Failures {

  private Failures() {}

  /**
   * Whoever is asked is closed.
   *
   * @return the exception
   */
  public static ClosedException closed() {
    return new ClosedException("closed: open another to go on");
  }

  static RequestTimeoutException timeout(Object what, Deadline deadline, Strays strays) {
    return new RequestTimeoutException(
        what + ": no answer within " + duration(deadline.limit()) + strays);
  }

  static RequestTimeoutException noConnection(long limit) {
    return new RequestTimeoutException(
        "all sockets were in use by other threads for " + duration(limit));
  }

  static RequestTimeoutException noTurn(long limit) {
    return new RequestTimeoutException(
        "the connection was in use by other threads for " + duration(limit));
  }

  static RequestInterruptedException interrupted(Object what) {
    return new RequestInterruptedException(what + ": interrupted while waiting");
  }

  static DumpInterruptedException dumpInterrupted(Object what, List<?> messages) {
    return new DumpInterruptedException(
        what + ": the data changed while it was dumped: its parts may not fit together", messages);
  }

  /**
   * An answer is malformed.
   *
   * @param what what was asked
   * @param cause what is wrong with it
   * @return the exception
   */
  public static ProtocolException malformed(Object what, MalformedMessageException cause) {
    ProtocolException e = new ProtocolException(what + ": malformed answer: " + cause.getMessage());
    e.initCause(cause);
    return e;
  }

  static ProtocolException wrongSequence(Object what, int received) {
    return new ProtocolException(
        what
            + ": answer with sequence number "
            + Integer.toUnsignedString(received)
            + ", which no request has had: the kernel sets it wrongly; withAnySequence() tolerates"
            + " it");
  }

  static ProtocolException wrongPort(Object what, int received) {
    return new ProtocolException(
        what
            + ": answer for port "
            + Integer.toUnsignedString(received)
            + ", which is not ours: the kernel sets it wrongly; withAnyPort() tolerates it");
  }

  /**
   * Checks that an answer was one message.
   *
   * @param what what was asked
   * @param count how many messages came
   * @param strays what came instead
   * @throws ProtocolException if it was none or several
   */
  public static void requireOneMessage(Object what, int count, Strays strays)
      throws ProtocolException {
    if (count != 1) {
      throw new ProtocolException(
          what + ": " + count + " messages in answer where one was expected" + strays);
    }
  }

  static ProtocolException nothingBut(Object what, Strays strays) {
    return new ProtocolException(
        what
            + ": no message of this dump"
            + strays
            + "; withAnySequence() and withAnyPort() tolerate them");
  }

  static OverrunException overrun(Object what) {
    return new OverrunException(
        what
            + ": the kernel dropped answers because the receive buffer was full (ENOBUFS); the"
            + " outcome is unknown");
  }

  static IllegalStateException dumpOpen() {
    return new IllegalStateException(
        "a dump of this connection is open: read it to its end or close it first");
  }

  /**
   * A socket, or the namespace for it, cannot be opened.
   *
   * @param e why
   * @return the exception
   */
  public static NetlinkException opening(TransportException e) {
    return system(e.problem(), e.errno());
  }

  /** Something below a functional interface failed, which cannot say so by itself. */
  static NetlinkException unwrapped(UncheckedIOException e) {
    if (e.getCause() instanceof NetlinkException cause) {
      return cause;
    }
    throw e;
  }

  /**
   * A system call failed.
   *
   * @param operation what was tried
   * @param errno the positive errno
   * @return the exception
   */
  public static NetlinkException system(String operation, int errno) {
    return system(operation, errno, "");
  }

  /**
   * A system call failed, and there is something to be done about it.
   *
   * @param operation what was tried
   * @param errno the positive errno
   * @param remedy follows all else, so it starts with punctuation; empty for none
   * @return the exception
   */
  public static NetlinkException system(String operation, int errno, String remedy) {
    return errno == Errno.EBADF.number()
        ? closed()
        : new KernelException(operation, errno, ExtendedAck.NONE, RequestNames.NONE, remedy);
  }

  /** Receiving failed. */
  static NetlinkException receive(Object what, int errno) {
    return errno == Errno.ENOBUFS.number()
        ? overrun(what)
        : system(what + ": receive the answer", errno);
  }

  private static String duration(long nanos) {
    return nanos == Deadline.FOREVER ? "any time" : TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }
}
