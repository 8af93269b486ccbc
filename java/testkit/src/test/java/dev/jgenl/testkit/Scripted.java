package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A family on a scripted kernel, and what is connected to it: in the end nothing may be left. */
@Timeout(30)
abstract class Scripted {

  static final int COMMAND = 1;
  static final int CHANGED = 7;
  static final int NUMBER = 1;
  static final int TEXT = 2;
  static final int GETFAMILY = 3;

  /** Much longer than anything takes that is awaited, also on a machine that is busy. */
  static final Duration SOON = Duration.ofSeconds(5);

  final FakeKernel kernel = new FakeKernel();
  final FakeFamily family = kernel.family("demo").group("events").group("other");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  Genl genl;
  GenlFamily demo;

  @BeforeEach
  void open() throws NetlinkException {
    genl = kernel.open(options());
    demo = genl.family("demo");
    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
  }

  /** Returns how the instance behaves. */
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS;
  }

  @AfterEach
  void closeAll() throws InterruptedException {
    genl.close();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kernel.openSockets()).isZero();
  }

  /** Answers with the number that was asked for. */
  static void echo(FakeRequest request, FakeAnswer answer) {
    long number = request.attributes().find(NUMBER).map(a -> a.u32()).orElse(0L);
    answer.message(COMMAND, a -> a.putU32(NUMBER, number));
  }

  GenlRequest ask(long number) {
    return GenlRequest.of(demo, COMMAND, a -> a.putU32(NUMBER, number));
  }

  static long number(GenlMessage message) {
    return message.attributes().get(NUMBER).u32();
  }

  /** Notifies a group of some numbers. */
  void notify(String group, long... numbers) {
    for (long number : numbers) {
      family.notify(group, n -> n.message(CHANGED, a -> a.putU32(NUMBER, number)));
    }
  }

  /** Makes an event of a number, for {@link FakeFamily#send}. */
  static Consumer<FakeAnswer> event(long number) {
    return e -> e.message(CHANGED, a -> a.putU32(NUMBER, number));
  }

  /** Shows an event in a word or two. */
  static String show(Event<GenlMessage> event) {
    if (event instanceof Event.Notification<GenlMessage> n) {
      return "event " + number(n.message());
    }
    if (event instanceof Event.Listed<GenlMessage> l) {
      return "listed " + number(l.message());
    }
    return event instanceof Event.Gap<GenlMessage> gap
        ? "gap " + gap.reason()
        : "synchronized " + ((Event.Synchronized<GenlMessage>) event).consistent();
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
