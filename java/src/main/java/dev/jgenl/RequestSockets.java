package dev.jgenl;

import dev.jgenl.internal.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The request sockets of a {@link Genl}: as many as threads have waited for an answer at the same
 * time, up to a limit beyond which a thread waits for another's.
 */
final class RequestSockets {

  private static final int MAX = 32;

  /** A cache line's worth of references, so that two threads do not fight for one line. */
  private static final int SPREAD = 16;

  private final Transport.Factory transports;
  private final Duration timeout;
  private final AtomicReferenceArray<@Nullable RequestSocket> idle =
      new AtomicReferenceArray<>(MAX * SPREAD);
  private final Set<RequestSocket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private volatile boolean closed;

  RequestSockets(Transport.Factory transports, Duration timeout) {
    this.transports = transports;
    this.timeout = timeout;
  }

  /** Takes a socket, which {@link #give} must return. */
  RequestSocket take() throws NetlinkException {
    RequestSocket socket = takeIdle();
    if (socket == null) {
      socket = openAnother();
    }
    if (socket == null) {
      socket = awaitReturn();
    }
    return socket;
  }

  /** Returns a socket; one that is not usable any more is closed. */
  void give(RequestSocket socket) {
    if (socket.isUsable()) {
      putIdle(socket);
    } else {
      discard(socket);
      socket.release();
    }
    if (closed) {
      releaseIdle();
    }
    if (waiting.get() > 0) {
      signalReturn();
    }
  }

  /** Closes all sockets, also those in use: that ends their waits. */
  void close() {
    closed = true;
    open.forEach(this::discard);
    releaseIdle();
    lock.lock();
    try {
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable RequestSocket takeIdle() throws ClosedException {
    if (closed) {
      throw Failures.closed();
    }
    int first = home();
    for (int i = 0; i < MAX; i++) {
      int slot = ((first + i) % MAX) * SPREAD;
      if (idle.getPlain(slot) != null) {
        RequestSocket socket = idle.getAndSet(slot, null);
        if (socket != null) {
          return socket;
        }
      }
    }
    return null;
  }

  private void putIdle(RequestSocket socket) {
    int first = home();
    // There are as many slots as sockets, so one is free.
    for (int i = 0; ; i++) {
      if (idle.compareAndSet(((first + i) % MAX) * SPREAD, null, socket)) {
        return;
      }
    }
  }

  /** A thread starts to look where it last left a socket, which is then still in its cache. */
  private static int home() {
    return (int) (Thread.currentThread().getId() % MAX);
  }

  private @Nullable RequestSocket openAnother() throws NetlinkException {
    if (count.incrementAndGet() > MAX) {
      count.decrementAndGet();
      return null;
    }
    RequestSocket socket;
    try {
      socket =
          new RequestSocket(Genl.openTransport(transports, Transport.Purpose.REQUESTS), timeout);
    } catch (NetlinkException e) {
      count.decrementAndGet();
      throw e;
    }
    open.add(socket);
    if (closed) {
      discard(socket);
      socket.release();
      throw Failures.closed();
    }
    return socket;
  }

  private RequestSocket awaitReturn() throws NetlinkException {
    long left = timeout.toNanos();
    waiting.incrementAndGet();
    lock.lock();
    try {
      for (; ; ) {
        RequestSocket socket = takeIdle();
        if (socket == null) {
          socket = openAnother();
        }
        if (socket != null) {
          return socket;
        }
        if (left <= 0) {
          throw Failures.noSocket(timeout);
        }
        left = returned.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted();
    } finally {
      lock.unlock();
      waiting.decrementAndGet();
    }
  }

  /** A socket that is in use is released by {@link #give}. */
  private void releaseIdle() {
    for (int i = 0; i < MAX; i++) {
      RequestSocket socket = idle.getAndSet(i * SPREAD, null);
      if (socket != null) {
        discard(socket);
        socket.release();
      }
    }
  }

  private void discard(RequestSocket socket) {
    if (open.remove(socket)) {
      socket.close();
      count.decrementAndGet();
    }
  }

  private void signalReturn() {
    lock.lock();
    try {
      returned.signal();
    } finally {
      lock.unlock();
    }
  }
}
