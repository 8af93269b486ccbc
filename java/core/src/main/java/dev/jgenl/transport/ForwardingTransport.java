package dev.jgenl.transport;

import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A transport in front of another, such as to record, to delay or to refuse what goes through it:
 * each call is passed on as it is, unless it is overridden. As safe to share between threads as the
 * other is.
 */
public abstract class ForwardingTransport implements Transport {

  private final Transport transport;

  /**
   * Stands in front of another.
   *
   * @param transport the other, which is closed with this
   */
  protected ForwardingTransport(Transport transport) {
    this.transport = transport;
  }

  @Override
  public int portId() {
    return transport.portId();
  }

  @Override
  public @Nullable ByteBuffer allocate(int bytes) {
    return transport.allocate(bytes);
  }

  @Override
  public int setBuffers(int receive, int send) {
    return transport.setBuffers(receive, send);
  }

  @Override
  public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
    return transport.resolve(family, sequence, into, timeoutNanos);
  }

  @Override
  public int join(int group) {
    return transport.join(group);
  }

  @Override
  public int leave(int group) {
    return transport.leave(group);
  }

  @Override
  public int send(MessageWriter request) {
    return transport.send(request);
  }

  @Override
  public int exchange(MessageWriter request, Datagrams into, int count) {
    return transport.exchange(request, into, count);
  }

  @Override
  public int receive(Datagrams into, int count, long timeoutNanos) {
    return transport.receive(into, count, timeoutNanos);
  }

  @Override
  public void wake() {
    transport.wake();
  }

  @Override
  public void close() {
    transport.close();
  }
}
