package dev.jgenl.internal;

import dev.jgenl.wire.MessageWriter;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Transport} on a socket of libnl.
 *
 * <p>A native call may be under way when another thread closes. So calls are counted: {@link
 * #close()} ends a wait, and whoever leaves last frees the socket.
 */
public final class LibnlTransport implements Transport {

  /** Added to the count of calls under way when the transport is closed. */
  private static final int CLOSED = 1 << 30;

  /** The count once the socket is freed: so far up that no late call brings it back to CLOSED. */
  private static final int FREED = CLOSED + (CLOSED >> 1);

  private final long handle;
  private final int portId;

  /** Calls under way; with {@link #CLOSED}, no new one starts. */
  private final AtomicInteger users = new AtomicInteger();

  private @Nullable ByteBuffer requestBuffer;
  private long requestAddress;

  private LibnlTransport(long handle) {
    this.handle = handle;
    portId = NlSocket.port(handle);
  }

  /**
   * Opens a socket in the network namespace of the calling thread.
   *
   * @param purpose what for
   * @return an open transport
   * @throws TransportException if the system refuses a socket
   * @throws UnsatisfiedLinkError if the native library cannot be loaded
   */
  public static LibnlTransport open(Purpose purpose) throws TransportException {
    NativeLibrary.load();
    long handle = NlSocket.open(purpose == Purpose.REQUESTS);
    if (handle < 0) {
      throw new TransportException((int) -handle);
    }
    return new LibnlTransport(handle);
  }

  @Override
  public int portId() {
    return portId;
  }

  @Override
  public int setBuffers(int receive, int send) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      return NlSocket.setBuffers(handle, receive, send);
    } finally {
      exit();
    }
  }

  @Override
  public int resolve(String family, Datagrams into) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      int length =
          NlSocket.resolve(handle, family, into.address() + into.offset(0), into.slotSize());
      if (length < 0) {
        return length;
      }
      into.describe(0, length, 0);
      return 1;
    } finally {
      Reference.reachabilityFence(into);
      exit();
    }
  }

  @Override
  public int resolveGroup(String family, String group) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      return NlSocket.resolveGroup(handle, family, group);
    } finally {
      exit();
    }
  }

  @Override
  public int join(int group) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      return NlSocket.join(handle, group);
    } finally {
      exit();
    }
  }

  @Override
  public int leave(int group) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      return NlSocket.leave(handle, group);
    } finally {
      exit();
    }
  }

  @Override
  public int send(MessageWriter request) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      return NlSocket.send(handle, addressOf(request), request.length());
    } finally {
      Reference.reachabilityFence(request);
      exit();
    }
  }

  @Override
  public int exchange(MessageWriter request, Datagrams into, int count) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      return NlSocket.exchange(
          handle,
          addressOf(request),
          request.length(),
          into.address(),
          Math.min(count, into.slots()),
          into.slotSize());
    } finally {
      Reference.reachabilityFence(request);
      Reference.reachabilityFence(into);
      exit();
    }
  }

  @Override
  public int receive(Datagrams into, int count, long timeoutNanos) {
    if (!enter()) {
      return -Errno.EBADF;
    }
    try {
      if (timeoutNanos == 0) {
        return receiveNow(into, count, 0);
      }
      int err = NlSocket.makeWakeable(handle);
      if (err < 0) {
        return err;
      }
      // A close() that came before the socket was wakeable could not wake it.
      if (!isOpen()) {
        return -Errno.EBADF;
      }
      return VirtualThreads.isVirtual()
          ? VirtualThreads.call(() -> receiveNow(into, count, timeoutNanos), this::wake)
          : new InterruptibleWait().run(into, count, timeoutNanos);
    } finally {
      Reference.reachabilityFence(into);
      exit();
    }
  }

  private int receiveNow(Datagrams into, int count, long timeoutNanos) {
    return NlSocket.receive(
        handle, into.address(), Math.min(count, into.slots()), into.slotSize(), timeoutNanos);
  }

  @Override
  public void wake() {
    if (enter()) {
      try {
        NlSocket.wake(handle);
      } finally {
        exit();
      }
    }
  }

  @Override
  public boolean isOpen() {
    return users.get() < CLOSED;
  }

  @Override
  public void close() {
    if (!enter()) {
      return;
    }
    if (users.getAndUpdate(n -> n < CLOSED ? n + CLOSED : n) < CLOSED) {
      NlSocket.wake(handle);
    }
    exit();
  }

  /** Starts a call; {@link #exit()} must follow if the result is true. */
  private boolean enter() {
    if (users.incrementAndGet() < CLOSED) {
      return true;
    }
    exit();
    return false;
  }

  private void exit() {
    if (users.decrementAndGet() == CLOSED && users.compareAndSet(CLOSED, FREED)) {
      NlSocket.free(handle);
    }
  }

  private long addressOf(MessageWriter request) {
    ByteBuffer buffer = request.buffer();
    if (buffer != requestBuffer) {
      requestAddress = NlSocket.address(buffer);
      requestBuffer = buffer;
    }
    return requestAddress;
  }

  /**
   * A wait that an interrupt of the thread ends. The JDK tells a channel about an interrupt, so a
   * wait is a channel that lives as long as it.
   */
  private final class InterruptibleWait extends AbstractInterruptibleChannel {

    int run(Datagrams into, int count, long timeoutNanos) {
      begin();
      try {
        return Thread.currentThread().isInterrupted() ? 0 : receiveNow(into, count, timeoutNanos);
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
