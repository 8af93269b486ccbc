package dev.jgenl.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Waits in native code for virtual threads (JDK 21 and newer): such a wait would hold the carrier
 * thread, so a platform thread does it in their place.
 */
final class VirtualThreads {

  /** {@code Thread.isVirtual()}, or null on a JDK that has no virtual threads. */
  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

  /** Threads end after a minute without work. */
  private static final ExecutorService WAITERS =
      Executors.newCachedThreadPool(new DaemonThreads("jgenl-wait-"));

  private VirtualThreads() {}

  static boolean isVirtual() {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Has a platform thread make a call. An interrupt wakes it, and its end is awaited all the same:
   * it writes to memory of the caller.
   *
   * @param wait the call
   * @param wake ends it
   * @return what the call returns; the thread stays interrupted if it was
   */
  static int call(Callable<Integer> wait, Runnable wake) {
    Future<Integer> result = WAITERS.submit(wait);
    boolean interrupted = false;
    try {
      for (; ; ) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          wake.run();
        } catch (ExecutionException e) {
          throw new AssertionError(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static @Nullable MethodHandle isVirtualHandle() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private record DaemonThreads(String prefix, AtomicInteger count) implements ThreadFactory {

    DaemonThreads(String prefix) {
      this(prefix, new AtomicInteger());
    }

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    }
  }
}
