package dev.jgenl.testkit;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket of a {@link FakeKernel}. Two threads that use it at once, apart from {@link #wake()},
 * get an {@link IllegalStateException}; its memory is overwritten when it is closed, so that
 * nothing that was read from it can be used by mistake.
 */
final class FakeTransport implements Transport {

  /** What memory holds before it is written and after it was freed: no message, and no string. */
  private static final byte UNDEFINED = (byte) 0xdb;

  /** Beyond this an error message does not hold its request ({@code NETLINK_CAP_ACK}). */
  private static final int CAP_ACK_BEYOND = 16 * 1024;

  /** What the kernel keeps of a send buffer for itself; {@code netlink_sendmsg()}. */
  private static final int SEND_OVERHEAD = 32;

  private final FakeKernel kernel;
  private final Dispatch dispatch;
  private final Purpose purpose;
  private final int portId;
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private final Set<Integer> memberships = ConcurrentHashMap.newKeySet();
  private final List<byte[]> memory = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReceiveQueue queue;
  private int sendBuffer;
  private int pendingError;
  private boolean capsAcks;

  /** The kernel is asked for groups ({@code NETLINK_PKTINFO}) from joining one to leaving all. */
  private boolean tellsGroups;

  private boolean woken;
  private boolean closed;

  FakeTransport(FakeKernel kernel, Dispatch dispatch, Purpose purpose, int portId, int buffers) {
    this.kernel = kernel;
    this.dispatch = dispatch;
    this.purpose = purpose;
    this.portId = portId;
    queue = new ReceiveQueue(buffers, kernel.clock());
    sendBuffer = buffers;
  }

  // What the kernel does with it, in any thread.

  int port() {
    return portId;
  }

  Purpose purpose() {
    return purpose;
  }

  /** Returns what it is connected to: all sockets of a protocol have the same. */
  Dispatch dispatch() {
    return dispatch;
  }

  /** Returns the time of the kernel's clock. */
  long now() {
    return kernel.clock().nanoTime();
  }

  boolean isMember(int group) {
    return memberships.contains(group);
  }

  /** Its group is gone: {@code netlink_clear_multicast_users()}. */
  void loseMembership(int group) {
    memberships.remove(group);
  }

  boolean capsAcks() {
    return capsAcks;
  }

  boolean beginDump() {
    boolean[] begun = new boolean[1];
    change(q -> begun[0] = q.beginDump());
    return begun[0];
  }

  /** Hands the queue to an action, and tells those who wait. A closed socket gets nothing more. */
  void change(Consumer<? super ReceiveQueue> action) {
    lock.lock();
    try {
      if (!closed) {
        action.accept(queue);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  // The transport.

  @Override
  public int portId() {
    return isClosed() ? -Errno.EBADF.number() : portId;
  }

  @Override
  public @Nullable ByteBuffer allocate(int bytes) {
    byte[] block = new byte[bytes];
    Arrays.fill(block, UNDEFINED);
    int result = use(() -> memory.add(block) ? 0 : -1);
    return result < 0 ? null : ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
  }

  @Override
  public int setBuffers(int receive, int send) {
    return use(
        () -> {
          if (receive < 0 || send < 0) {
            return -FakeKernel.EINVAL;
          }
          sendBuffer = kernel.raised(sendBuffer, send);
          int limit = kernel.raised(queue.limit(), receive);
          change(q -> q.setLimit(limit));
          return limit;
        });
  }

  @Override
  public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
    return use(() -> new Resolution(this, sequence).resolve(family, into, timeoutNanos));
  }

  @Override
  public int join(int group) {
    return use(
        () -> {
          if (!dispatch.hasGroup(group)) {
            return -FakeKernel.EINVAL;
          }
          if (!dispatch.permitsJoining(group)) {
            return -FakeKernel.EPERM;
          }
          tellsGroups = true;
          memberships.add(group);
          return 0;
        });
  }

  @Override
  public int leave(int group) {
    return use(
        () -> {
          if (!dispatch.hasGroup(group)) {
            return -FakeKernel.EINVAL;
          }
          memberships.remove(group);
          tellsGroups = !memberships.isEmpty();
          return 0;
        });
  }

  @Override
  public int send(MessageWriter request) {
    return use(() -> sendNow(request));
  }

  @Override
  public int exchange(MessageWriter request, Datagrams into, int count) {
    return use(
        () -> {
          int err = count < 1 ? -FakeKernel.EINVAL : sendNow(request);
          if (err < 0) {
            return err;
          }
          int n = receiveNow(into, count);
          if (n < 0) {
            pendingError = -n;
            return 0;
          }
          return n;
        });
  }

  @Override
  public int receive(Datagrams into, int count, long timeoutNanos) {
    return use(
        () -> {
          if (count < 1) {
            return -FakeKernel.EINVAL;
          }
          int error = pendingError;
          pendingError = 0;
          return error != 0 ? -error : await(into, count, timeoutNanos);
        });
  }

  @Override
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    use(
        () -> {
          lock.lock();
          try {
            closed = true;
          } finally {
            lock.unlock();
          }
          kernel.closed(this);
          memory.forEach(block -> Arrays.fill(block, UNDEFINED));
          memory.clear();
          return 0;
        });
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Makes one call, in one thread at a time. */
  private int use(IntSupplier call) {
    Thread caller = Thread.currentThread();
    Thread other = user.compareAndExchange(null, caller);
    if (other != null) {
      throw new IllegalStateException(
          caller + " uses a socket while a call of " + other + " is under way");
    }
    try {
      return isClosed() ? -Errno.EBADF.number() : call.getAsInt();
    } finally {
      user.set(null);
    }
  }

  int sendNow(MessageWriter request) {
    if (request.length() == 0) {
      return -FakeKernel.EINVAL;
    }
    if (request.length() > sendBuffer - SEND_OVERHEAD) {
      return -FakeKernel.EMSGSIZE;
    }
    capsAcks |= request.length() > CAP_ACK_BEYOND;
    // A copy, because a script may keep the request.
    byte[] datagram = new byte[request.length()];
    request.buffer().get(0, datagram);
    dispatch.receive(ByteBuffer.wrap(datagram).order(request.buffer().order()), this);
    return 0;
  }

  /** Receives what is there, or else waits for it. */
  int await(Datagrams into, int count, long timeoutNanos) {
    FakeClock clock = kernel.clock();
    long start = clock.nanoTime();
    lock.lock();
    try {
      for (; ; ) {
        int n = receiveNow(into, count);
        long left =
            timeoutNanos == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : timeoutNanos - (clock.nanoTime() - start);
        if (n != 0 || timeoutNanos <= 0 || left <= 0) {
          return n;
        }
        if (woken) {
          woken = false;
          return 0;
        }
        long wait = clock.begin(Math.min(left, queue.nanosToNext()));
        changed.await(wait, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** {@code recvmmsg(2)} without waiting: an error is returned before anything that is queued. */
  private int receiveNow(Datagrams into, int count) {
    lock.lock();
    try {
      int error = queue.error();
      if (error != 0) {
        queue.takeError();
        return -error;
      }
      int n = 0;
      while (n < Math.min(count, into.slots()) && queue.error() == 0) {
        Datagram datagram = queue.take();
        if (datagram == null) {
          break;
        }
        int group = tellsGroups ? datagram.group() : 0;
        into.put(n++, datagram.bytes(), datagram.sender(), group);
      }
      return n;
    } finally {
      lock.unlock();
    }
  }
}
