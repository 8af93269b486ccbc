package dev.jgenl.cli;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;

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
  private static final class Tapped extends ForwardingTransport {

    private final int protocol;
    private final Watcher watcher;

    Tapped(Transport socket, int protocol, Watcher watcher) {
      super(socket);
      this.protocol = protocol;
      this.watcher = watcher;
    }

    @Override
    public int send(MessageWriter request) {
      int refused = sending(request);
      return refused < 0 ? refused : super.send(request);
    }

    @Override
    public int exchange(MessageWriter request, Datagrams into, int count) {
      int refused = sending(request);
      return refused < 0 ? refused : watched(super.exchange(request, into, count), into);
    }

    private int sending(MessageWriter request) {
      ByteBuffer whole = request.buffer();
      return watcher.sending(
          protocol, whole.duplicate().order(whole.order()).position(0).limit(request.length()));
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      return watched(super.receive(into, count, timeoutNanos), into);
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
  }
}
