package dev.jgenl.testkit;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Transports of which calls fail: the n-th of all, counted from 1, and perhaps those behind it. */
final class FaultyTransports implements Transport.Factory {

  /** How it fails: with an errno, or with an {@link OutOfMemoryError} where Java allocates. */
  record Fault(String name, int errno) {

    /** It is thrown where a socket is opened or memory is allocated. */
    boolean isError() {
      return errno == 0;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Transport.Factory real;
  private final Fault fault;
  private final int first;
  private int last;
  private int calls;
  private @Nullable String failed;

  /** Has the calls from the first to the last fail. */
  FaultyTransports(Transport.Factory real, Fault fault, int first, int last) {
    this.real = real;
    this.fault = fault;
    this.first = first;
    this.last = last;
  }

  /** From now on nothing fails. */
  synchronized void repair() {
    last = 0;
  }

  /** Returns which call has failed first, or null if there were not so many. */
  synchronized @Nullable String failed() {
    return failed;
  }

  private synchronized boolean fails(String call) {
    calls++;
    if (calls < first || calls > last) {
      return false;
    }
    failed = failed == null ? call : failed;
    return true;
  }

  @Override
  public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
    if (fails("open for " + purpose)) {
      throwError();
      throw new TransportException(fault.errno());
    }
    return new Faulty(real.open(protocol, purpose));
  }

  private void throwError() {
    if (fault.isError()) {
      throw new OutOfMemoryError("made by a test");
    }
  }

  private final class Faulty extends ForwardingTransport {

    Faulty(Transport socket) {
      super(socket);
    }

    /** An error is thrown where Java allocates only. */
    private boolean failsWithErrno(String call) {
      return !fault.isError() && fails(call);
    }

    @Override
    public @Nullable ByteBuffer allocate(int bytes) {
      if (fails("allocate " + bytes)) {
        throwError();
        return null;
      }
      return super.allocate(bytes);
    }

    @Override
    public int setBuffers(int receive, int send) {
      return failsWithErrno("setBuffers") ? -fault.errno() : super.setBuffers(receive, send);
    }

    @Override
    public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
      return failsWithErrno("resolve")
          ? -fault.errno()
          : super.resolve(family, sequence, into, timeoutNanos);
    }

    @Override
    public int join(int group) {
      return failsWithErrno("join " + group) ? -fault.errno() : super.join(group);
    }

    @Override
    public int leave(int group) {
      return failsWithErrno("leave " + group) ? -fault.errno() : super.leave(group);
    }

    @Override
    public int send(MessageWriter request) {
      return failsWithErrno("send") ? -fault.errno() : super.send(request);
    }

    @Override
    public int exchange(MessageWriter request, Datagrams into, int count) {
      return failsWithErrno("exchange") ? -fault.errno() : super.exchange(request, into, count);
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      return failsWithErrno("receive") ? -fault.errno() : super.receive(into, count, timeoutNanos);
    }
  }
}
