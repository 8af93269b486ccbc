package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads beside that of the test. */
abstract class Threaded {

  /** Much longer than anything takes that is awaited, also on a machine that is busy. */
  static final Duration SOON = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Ends them; whoever still waits has been woken before. */
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Does something in another thread. */
  <T> Future<T> start(Callable<T> call) {
    return threads.submit(call);
  }

  /** Awaits what another thread does. */
  static <T> T await(Future<T> future) throws Exception {
    return await(future, SOON);
  }

  static <T> T await(Future<T> future, Duration limit) throws Exception {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new AssertionError("still waiting after " + limit, e);
    }
  }

  /** Does something in a thread that can be interrupted, and that has begun to run. */
  <T> Interruptible<T> startInterruptible(Callable<T> call) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Future<T> future =
        start(
            () -> {
              thread.complete(Thread.currentThread());
              return call.call();
            });
    return new Interruptible<>(thread.get(5, TimeUnit.SECONDS), future);
  }

  record Interruptible<T>(Thread thread, Future<T> future) {}

  /** Waits until a thread waits for something. */
  static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  /** Returns how long something took. */
  static Duration timeOf(Action action) throws Exception {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }
}
