package dev.jgenl.testkit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;

/**
 * Transports whose datagrams are not what the kernel sent, as long as there is a script of it:
 * either what says who a family is, or all else.
 */
final class BentTransports implements Transport.Factory {

  private final Transport.Factory real;
  private final FuzzedDataProvider script;
  private final boolean resolutions;
  private boolean straight;

  BentTransports(Transport.Factory real, FuzzedDataProvider script, boolean resolutions) {
    this.real = real;
    this.script = script;
    this.resolutions = resolutions;
  }

  /** From now on all is as the kernel sent it. */
  void straighten() {
    straight = true;
  }

  @Override
  public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
    return new Bent(real.open(protocol, purpose));
  }

  @Override
  public long nanoTime() {
    return real.nanoTime();
  }

  private final class Bent extends ForwardingTransport {

    Bent(Transport socket) {
      super(socket);
    }

    @Override
    public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
      int n = super.resolve(family, sequence, into, timeoutNanos);
      return n > 0 && resolutions ? bend(n, into) : n;
    }

    @Override
    public int exchange(MessageWriter request, Datagrams into, int count) {
      int n = super.exchange(request, into, count);
      return resolutions ? n : bend(n, into);
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      int n = super.receive(into, count, timeoutNanos);
      return resolutions ? n : bend(n, into);
    }

    private int bend(int n, Datagrams into) {
      for (int i = 0; i < n && !straight && script.remainingBytes() > 0; i++) {
        bendOne(into, i);
      }
      return n;
    }

    private void bendOne(Datagrams into, int i) {
      int length = into.length(i);
      switch (script.consumeInt(0, 7)) {
        case 0 -> into.put(i, anything(into), 0, into.group(i));
        case 1 -> into.describe(i, script.consumeInt(), into.sender(i), into.group(i));
        case 2 -> into.describe(i, length, script.consumeInt(), into.group(i));
        case 3 -> into.describe(i, length, into.sender(i), script.consumeInt());
        case 4, 5 -> {
          for (int bytes = script.consumeInt(1, 4); bytes > 0 && length > 0; bytes--) {
            int at = script.consumeInt(0, Math.min(length, into.slotSize()) - 1);
            into.memory().put(into.offset(i) + at, script.consumeByte());
          }
        }
        default -> {
          // This one is whole.
        }
      }
    }

    private ByteBuffer anything(Datagrams into) {
      return ByteBuffer.wrap(script.consumeBytes(script.consumeInt(0, 300)))
          .order(into.memory().order());
    }
  }
}
