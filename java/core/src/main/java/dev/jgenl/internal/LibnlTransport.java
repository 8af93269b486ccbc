package dev.jgenl.internal;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A {@link Transport} on a socket of libnl, opened by {@link LibnlTransports}. */
final class LibnlTransport implements Transport {

  /** How long a wait of a JVM that is ending sleeps before it looks again. */
  private static final long PAUSE_NANOS = 1_000_000;

  /** The neighbours in the list of the factory, which guards it. */
  @Nullable LibnlTransport older;

  @Nullable LibnlTransport newer;

  private final LibnlTransports factory;

  /** 0 unless open: every native method then says EBADF. */
  private long handle;

  private int portId;

  // The addresses of the memory in use, asked for anew only when it is another.
  private @Nullable ByteBuffer request;
  private long requestAddress;
  private @Nullable ByteBuffer datagrams;
  private long datagramsAddress;

  private boolean hasWaited;
  private @Nullable InterruptibleWait wait;

  LibnlTransport(LibnlTransports factory) {
    this.factory = factory;
  }

  /** Takes a socket over. */
  void own(long handle) {
    this.handle = handle;
    portId = NlSocket.port(handle);
  }

  long handle() {
    return handle;
  }

  @Override
  public int portId() {
    return portId;
  }

  @Override
  public @Nullable ByteBuffer allocate(int bytes) {
    ByteBuffer memory = NlSocket.allocate(handle, bytes);
    return memory == null ? null : memory.order(ByteOrder.nativeOrder());
  }

  @Override
  public int setBuffers(int receive, int send) {
    return NlSocket.setBuffers(handle, receive, send);
  }

  @Override
  public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
    long start = System.nanoTime();
    long memory = addressOf(into);
    long reply = memory == 0 ? 0 : memory + into.offset(0);
    byte[] name;
    try {
      name = CString.encode(family, StandardCharsets.UTF_8);
    } catch (OutOfMemoryError e) {
      return -Errno.ENOMEM.number();
    }
    boolean sent = false;
    for (; ; ) {
      int n = NlSocket.resolve(handle, name, sequence, sent, reply, into.slotSize());
      if (n > 0) {
        into.describe(0, n, 0, 0);
        return 1;
      }
      if (n == 0) {
        sent = true;
        n = await(start, timeoutNanos);
      }
      if (n <= 0) {
        return n;
      }
    }
  }

  @Override
  public int join(int group) {
    return NlSocket.join(handle, group);
  }

  @Override
  public int leave(int group) {
    return NlSocket.leave(handle, group);
  }

  @Override
  public int send(MessageWriter request) {
    return NlSocket.send(handle, addressOf(request), request.length());
  }

  @Override
  public int exchange(MessageWriter request, Datagrams into, int count) {
    return NlSocket.exchange(
        handle,
        addressOf(request),
        request.length(),
        addressOf(into),
        Math.min(count, into.slots()),
        into.slotSize());
  }

  @Override
  public int receive(Datagrams into, int count, long timeoutNanos) {
    int n = receiveNow(into, count);
    if (n != 0 || timeoutNanos <= 0) {
      return n;
    }
    long start = System.nanoTime();
    do {
      n = await(start, timeoutNanos);
      if (n <= 0) {
        return n;
      }
      n = receiveNow(into, count);
    } while (n == 0);
    return n;
  }

  private int receiveNow(Datagrams into, int count) {
    return NlSocket.receive(
        handle, addressOf(into), Math.min(count, into.slots()), into.slotSize());
  }

  @Override
  public void wake() {
    NlSocket.wake(handle);
  }

  /** Called by {@link Waits} when the JVM ends. */
  void endWaits() {
    NlSocket.endWaits(handle);
  }

  @Override
  public void close() {
    if (handle == 0) {
      return;
    }
    try {
      if (hasWaited) {
        Waits.remove(this);
      }
      factory.closing(this);
    } finally {
      long freed = handle;
      handle = 0;
      NlSocket.free(freed);
    }
  }

  private long addressOf(MessageWriter writer) {
    ByteBuffer buffer = writer.buffer();
    if (buffer != request) {
      requestAddress = NlSocket.address(buffer);
      request = buffer;
    }
    return requestAddress;
  }

  private long addressOf(Datagrams into) {
    ByteBuffer buffer = into.memory();
    if (buffer != datagrams) {
      datagramsAddress = NlSocket.address(buffer);
      datagrams = buffer;
    }
    return datagramsAddress;
  }

  /**
   * Waits for something to receive.
   *
   * @param start when the time began to run, of {@link System#nanoTime()}
   * @return 1 if there may be something; 0 if time ran out, the thread was interrupted, or {@link
   *     #wake()} was called; or a negative errno
   */
  private int await(long start, long timeoutNanos) {
    // Saturates: what is subtracted from Long.MAX_VALUE is never negative.
    long left = timeoutNanos <= 0 ? 0 : timeoutNanos - (System.nanoTime() - start);
    if (left <= 0) {
      return 0;
    }
    int end;
    try {
      end = await(left);
    } catch (OutOfMemoryError e) {
      return -Errno.ENOMEM.number();
    }
    return end == NlSocket.READABLE ? 1 : Math.min(end, 0);
  }

  private int await(long nanos) {
    if (!hasWaited) {
      Waits.add(this);
      hasWaited = true;
    }
    long start = System.nanoTime();
    int end = Waits.ended() ? NlSocket.ENDED : awaitInNativeCode(nanos);
    return end == NlSocket.ENDED ? lookAgain(start, nanos) : end;
  }

  private int awaitInNativeCode(long nanos) {
    if (VirtualThreads.isVirtual()) {
      return Waits.byPlatformThread(() -> NlSocket.await(handle, nanos), this::wake);
    }
    InterruptibleWait current = wait;
    if (current == null || !current.isOpen()) {
      current = new InterruptibleWait();
      wait = current;
    }
    return current.run(nanos);
  }

  /** Waits without being in native code for longer than a look takes. */
  private int lookAgain(long start, long nanos) {
    for (; ; ) {
      int end = NlSocket.await(handle, 0);
      long left = nanos - (System.nanoTime() - start);
      if (end != NlSocket.TIMEOUT || left <= 0 || Thread.currentThread().isInterrupted()) {
        return end;
      }
      LockSupport.parkNanos(this, Math.min(left, PAUSE_NANOS));
    }
  }

  /**
   * Waits that an interrupt of the thread ends. The JDK tells a channel about an interrupt, and
   * closes it: then the next wait needs another.
   */
  private final class InterruptibleWait extends AbstractInterruptibleChannel {

    int run(long nanos) {
      begin();
      try {
        return NlSocket.await(handle, nanos);
      } finally {
        endQuietly();
      }
    }

    private void endQuietly() {
      try {
        end(true);
      } catch (AsynchronousCloseException e) {
        // The interrupt stays set on the thread, which is how the caller learns of it.
      }
    }

    @Override
    protected void implCloseChannel() {
      wake();
    }
  }
}
