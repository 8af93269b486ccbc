package dev.jgenl.capture;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sockets in front of others that write down what is sent and received, such as for a replay in
 * tests. Of the question by which the native library resolves a family only the answer is written.
 *
 * <p>A recording that cannot be written does not stop what is recorded: {@link #failure()} tells.
 * Safe to share between threads. Closing it closes the other factory, and not the writer.
 */
public final class Recorder implements Transport.Factory {

  private final Transport.Factory sockets;
  private final PcapWriter writer;
  private volatile @Nullable IOException failure;

  /**
   * Stands in front of others.
   *
   * @param sockets opens the sockets, such as {@link dev.jgenl.Genl#sockets}
   * @param writer takes what goes over them; it is for the caller to close
   */
  public Recorder(Transport.Factory sockets, PcapWriter writer) {
    this.sockets = sockets;
    this.writer = writer;
  }

  /**
   * Returns why the recording is not whole.
   *
   * @return the first failure of the writer, behind which nothing is written; empty if there is
   *     none
   */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
    return new Recorded(sockets.open(protocol, purpose), protocol);
  }

  @Override
  public long nanoTime() {
    return sockets.nanoTime();
  }

  @Override
  public void close() {
    sockets.close();
  }

  private void write(int protocol, Direction direction, ByteBuffer bytes, boolean whole) {
    if (failure != null) {
      return;
    }
    try {
      writer.write(
          CapturedDatagram.of(protocol, direction, bytes).withTime(Instant.now()).withWhole(whole));
    } catch (IOException e) {
      failure = e;
    }
  }

  private final class Recorded extends ForwardingTransport {

    private final int protocol;

    Recorded(Transport socket, int protocol) {
      super(socket);
      this.protocol = protocol;
    }

    @Override
    public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
      return received(super.resolve(family, sequence, into, timeoutNanos), into);
    }

    @Override
    public int send(MessageWriter request) {
      sent(request);
      return super.send(request);
    }

    @Override
    public int exchange(MessageWriter request, Datagrams into, int count) {
      sent(request);
      return received(super.exchange(request, into, count), into);
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      return received(super.receive(into, count, timeoutNanos), into);
    }

    /** Before it is sent, so that it stands before its answer. */
    private void sent(MessageWriter request) {
      write(protocol, Direction.TO_KERNEL, view(request.buffer(), 0, request.length()), true);
    }

    private int received(int count, Datagrams into) {
      for (int i = 0; i < count; i++) {
        boolean whole = !into.isTruncated(i);
        int length = whole ? into.length(i) : into.slotSize();
        ByteBuffer bytes = view(into.memory(), into.offset(i), length);
        write(protocol, Direction.FROM_KERNEL, bytes, whole);
      }
      return count;
    }

    private static ByteBuffer view(ByteBuffer memory, int from, int length) {
      return memory.slice(from, length).order(memory.order());
    }
  }
}
