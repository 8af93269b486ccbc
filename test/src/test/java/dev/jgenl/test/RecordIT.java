package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A program may put transports of its own before the kernel's sockets, or in their place. */
class RecordIT {

  /** What each call has received. */
  private final Queue<List<byte[]>> record = new ArrayDeque<>();

  private int port;

  @Test
  @DisplayName("what is recorded from the kernel is replayed without it")
  void recordIsReplayed() throws NetlinkException {
    Transport.Factory sockets = Genl.sockets(NetlinkOptions.DEFAULTS);
    List<Object> fromKernel;
    try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS, recording(sockets))) {
      fromKernel = ask(genl);
    }
    assertThat(record).hasSizeGreaterThan(2);

    List<Object> replayed;
    try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS, (protocol, purpose) -> new Replay())) {
      replayed = ask(genl);
    }

    assertThat(replayed).isEqualTo(fromKernel);
    assertThat(record).isEmpty();
  }

  private static List<Object> ask(Genl genl) throws NetlinkException {
    return List.of(genl.family("nlctrl"), genl.policy(genl.family("nlctrl")).ofDo(3).keySet());
  }

  /** Closing it closes the sockets' factory; it has its clock, too. */
  private Transport.Factory recording(Transport.Factory sockets) {
    return new Transport.Factory() {
      @Override
      public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
        return new Recorder(sockets.open(protocol, purpose));
      }

      @Override
      public long nanoTime() {
        return sockets.nanoTime();
      }

      @Override
      public void close() {
        sockets.close();
      }
    };
  }

  private final class Recorder extends ForwardingTransport {

    Recorder(Transport socket) {
      super(socket);
      port = socket.portId();
    }

    private int recorded(int n, Datagrams into) {
      List<byte[]> received = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        byte[] datagram = new byte[into.length(i)];
        into.memory().get(into.offset(i), datagram);
        received.add(datagram);
      }
      record.add(received);
      return n;
    }

    @Override
    public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
      return recorded(super.resolve(family, sequence, into, timeoutNanos), into);
    }

    @Override
    public int exchange(MessageWriter request, Datagrams into, int count) {
      return recorded(super.exchange(request, into, count), into);
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      return recorded(super.receive(into, count, timeoutNanos), into);
    }
  }

  private final class Replay implements Transport {

    private int replayed(Datagrams into) {
      List<byte[]> received = record.remove();
      for (int i = 0; i < received.size(); i++) {
        into.put(i, ByteBuffer.wrap(received.get(i)), 0, 0);
      }
      return received.size();
    }

    @Override
    public int portId() {
      return port;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public int setBuffers(int receive, int send) {
      return Math.max(receive, send);
    }

    @Override
    public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
      return replayed(into);
    }

    @Override
    public int join(int group) {
      return 0;
    }

    @Override
    public int leave(int group) {
      return 0;
    }

    @Override
    public int send(MessageWriter request) {
      return 0;
    }

    @Override
    public int exchange(MessageWriter request, Datagrams into, int count) {
      return replayed(into);
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      return replayed(into);
    }

    @Override
    public void wake() {}

    @Override
    public void close() {}
  }
}
