package dev.jgenl.testkit;

import dev.jgenl.internal.Datagrams;
import dev.jgenl.internal.Errno;
import dev.jgenl.internal.Transport;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A socket of a {@link FakeKernel}. */
final class FakeTransport implements Transport {

  /** Something to receive: a datagram, or an errno in its place; not before its time. */
  private record Arrival(ByteBuffer datagram, int sender, int errno, long at) {}

  private static final int NONE = -1;

  private final FakeKernel kernel;
  private final int portId;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final Set<Integer> memberships = ConcurrentHashMap.newKeySet();
  private boolean woken;
  private boolean closed;

  FakeTransport(FakeKernel kernel, int portId) {
    this.kernel = kernel;
    this.portId = portId;
  }

  void deliver(ByteBuffer datagram, int sender, Duration delay) {
    arrive(new Arrival(datagram, sender, 0, System.nanoTime() + delay.toNanos()));
  }

  void deliverError(int errno, Duration delay) {
    arrive(new Arrival(ByteBuffer.allocate(0), 0, errno, System.nanoTime() + delay.toNanos()));
  }

  boolean isMember(int group) {
    return memberships.contains(group);
  }

  @Override
  public int portId() {
    return portId;
  }

  @Override
  public int setBuffers(int receive, int send) {
    return isOpen() ? receive : -Errno.EBADF;
  }

  @Override
  public int resolve(String family, Datagrams into) {
    MessageWriter request =
        new MessageWriter(ByteBuffer.allocate(256).order(ByteOrder.nativeOrder()));
    request
        .begin(FakeKernel.CONTROLLER, Netlink.NLM_F_REQUEST, 0, 0, FakeController.GETFAMILY, 1)
        .putString(FakeController.FAMILY_NAME, family);
    request.end();
    int n = exchange(request, into, 1);
    if (n <= 0) {
      return n;
    }
    MessageReader reader = new MessageReader();
    reader.read(into.memory(), into.offset(0), into.length(0));
    return reader.next() && reader.type() == Netlink.NLMSG_ERROR ? reader.error() : n;
  }

  @Override
  public int resolveGroup(String family, String group) {
    FakeFamily found = kernel.familyWithName(family);
    return found == null ? -Errno.ENOENT : found.groups().getOrDefault(group, -Errno.ENOENT);
  }

  @Override
  public int join(int group) {
    memberships.add(group);
    return 0;
  }

  @Override
  public int leave(int group) {
    memberships.remove(group);
    return 0;
  }

  @Override
  public int send(MessageWriter request) {
    if (!isOpen()) {
      return -Errno.EBADF;
    }
    MessageReader reader = new MessageReader().read(request.buffer(), 0, request.length());
    while (reader.next()) {
      handle(new FakeRequest(reader));
    }
    return 0;
  }

  @Override
  public int exchange(MessageWriter request, Datagrams into, int count) {
    int err = send(request);
    if (err < 0) {
      return err;
    }
    lock.lock();
    try {
      // An error of receiving stays for the next receive.
      boolean error = !arrivals.isEmpty() && arrivals.peek().errno != 0;
      return error ? 0 : Math.max(0, take(into, count));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int receive(Datagrams into, int count, long timeoutNanos) {
    long deadline = System.nanoTime() + timeoutNanos;
    lock.lock();
    try {
      for (; ; ) {
        if (closed) {
          return -Errno.EBADF;
        }
        int n = take(into, count);
        if (n != NONE) {
          return n;
        }
        long left = timeoutNanos < 0 ? Long.MAX_VALUE : deadline - System.nanoTime();
        if (left <= 0 || woken) {
          woken = false;
          return 0;
        }
        if (!arrivals.isEmpty()) {
          left = Math.min(left, arrivals.peek().at - System.nanoTime());
        }
        changed.await(left, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      lock.unlock();
    }
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
  public boolean isOpen() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    kernel.closed(this);
  }

  private void handle(FakeRequest request) {
    FakeAnswer answer = new FakeAnswer(this, request);
    FakeFamily family = kernel.familyWithId(request.familyId());
    if (family == null) {
      answer.error(Errno.ENOENT);
      return;
    }
    FakeFamily.Script script = family.script(request);
    if (script == null) {
      answer.error(Errno.EOPNOTSUPP);
      return;
    }
    script.run(request, answer);
    answer.finish();
  }

  private void arrive(Arrival arrival) {
    lock.lock();
    try {
      arrivals.add(arrival);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many datagrams were taken, a negative errno, or NONE. */
  private int take(Datagrams into, int count) {
    int n = 0;
    while (n < Math.min(count, into.slots()) && hasArrived()) {
      if (arrivals.peek().errno != 0) {
        return n > 0 ? n : -arrivals.remove().errno;
      }
      Arrival a = arrivals.remove();
      into.put(n++, a.datagram, a.sender);
    }
    return n > 0 ? n : NONE;
  }

  private boolean hasArrived() {
    return !arrivals.isEmpty() && arrivals.peek().at <= System.nanoTime();
  }
}
