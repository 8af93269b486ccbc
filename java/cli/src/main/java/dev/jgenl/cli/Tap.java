package dev.jgenl.cli;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sockets in front of others, which show somebody what goes through them. */
final class Tap implements Transport.Factory {

  /** Sees what is sent and received. */
  interface Watcher {

    /**
     * Sees a datagram before it is sent.
     *
     * @param protocol the netlink protocol
     * @param datagram the bytes between position and limit, valid for this call alone
     * @return 0 to send it; a negative errno for the sender, and it is not sent
     */
    int sending(int protocol, ByteBuffer datagram);

    /**
     * Sees a datagram that was received.
     *
     * @param protocol the netlink protocol
     * @param datagram the bytes between position and limit, valid for this call alone
     */
    void received(int protocol, ByteBuffer datagram);
  }

  private final Transport.Factory sockets;
  private final Watcher watcher;

  Tap(Transport.Factory sockets, Watcher watcher) {
    this.sockets = sockets;
    this.watcher = watcher;
  }

  @Override
  public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
    return new Tapped(sockets.open(protocol, purpose), protocol, watcher);
  }

  @Override
  public long nanoTime() {
    return sockets.nanoTime();
  }

  @Override
  public void close() {
    sockets.close();
  }

  /** A socket that is watched. What resolves names of families is not shown. */
  private record Tapped(Transport socket, int protocol, Watcher watcher) implements Transport {

    @Override
    public int portId() {
      return socket.portId();
    }

    @Override
    public @Nullable ByteBuffer allocate(int bytes) {
      return socket.allocate(bytes);
    }

    @Override
    public int setBuffers(int receive, int send) {
      return socket.setBuffers(receive, send);
    }

    @Override
    public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
      return socket.resolve(family, sequence, into, timeoutNanos);
    }

    @Override
    public int join(int group) {
      return socket.join(group);
    }

    @Override
    public int leave(int group) {
      return socket.leave(group);
    }

    @Override
    public int send(MessageWriter request) {
      int refused = sending(request);
      return refused < 0 ? refused : socket.send(request);
    }

    @Override
    public int exchange(MessageWriter request, Datagrams into, int count) {
      int refused = sending(request);
      return refused < 0 ? refused : watched(socket.exchange(request, into, count), into);
    }

    private int sending(MessageWriter request) {
      ByteBuffer whole = request.buffer();
      return watcher.sending(
          protocol, whole.duplicate().order(whole.order()).position(0).limit(request.length()));
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      return watched(socket.receive(into, count, timeoutNanos), into);
    }

    private int watched(int count, Datagrams into) {
      for (int i = 0; i < count; i++) {
        int length = into.isTruncated(i) ? into.slotSize() : into.length(i);
        ByteBuffer memory = into.memory();
        watcher.received(
            protocol,
            memory
                .duplicate()
                .order(memory.order())
                .position(into.offset(i))
                .limit(into.offset(i) + length));
      }
      return count;
    }

    @Override
    public void wake() {
      socket.wake();
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
