package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every wait, what ends it, and many threads that wait at once. */
class WaitTest extends Scripted {

  /** A hundredth of a second is meant; machines are busy. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final int THREADS = 33;
  private static final int EBUSY = 16;

  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(ChronoUnit.FOREVER.getDuration());
  }

  private volatile CountDownLatch asked = new CountDownLatch(0);

  @BeforeEach
  void answerNothing() {
    FakeFamily.Script script =
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        };
    family.onDo(COMMAND, script).onDump(COMMAND, script);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T10 close of the instance ends the wait for an answer, in each way")
  void closeEndsTheWaitForAnAnswer(Way way) throws Exception {
    asked = new CountDownLatch(1);
    Interruptible<List<GenlMessage>> waiting = startInterruptible(() -> way.ask(genl, ask(1)));
    asked.await();
    awaitWaiting(waiting);
    assertThat(timeOf(genl::close)).isLessThan(AT_ONCE);

    assertThatThrownBy(() -> await(waiting.future(), AT_ONCE)).isInstanceOf(ClosedException.class);
    assertThat(kernel.openSockets()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T10 an interrupt ends the wait for an answer, in each way, and the next is right")
  void interruptEndsTheWaitForAnAnswer(Way way) throws Exception {
    asked = new CountDownLatch(1);
    Interruptible<List<GenlMessage>> waiting = startInterruptible(() -> way.ask(genl, ask(1)));
    asked.await();
    waiting.thread().interrupt();
    assertThatThrownBy(() -> await(waiting.future(), AT_ONCE))
        .isInstanceOf(RequestInterruptedException.class);

    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
    for (Way next : Way.values()) {
      assertThat(next.ask(genl, ask(5))).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T10 close at any moment of a request: its answer, or closed, and nothing is left")
  void closeAtAnyMoment(Way way) throws Exception {
    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
    for (int i = 0; i < 30; i++) {
      Genl other = kernel.open();
      CountDownLatch begun = new CountDownLatch(1);
      Future<Integer> asking =
          start(
              () -> {
                for (int n = 0; ; n++) {
                  assertThat(way.ask(other, ask(5))).hasSize(1);
                  begun.countDown();
                }
              });
      begun.await();
      other.close();
      assertThatThrownBy(() -> await(asking)).isInstanceOf(ClosedException.class);
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("T10 close of the instance ends the wait for events, in each way")
  void closeEndsTheWaitForEvents() throws Exception {
    GenlSubscription s = genl.subscribe(demo, "events");
    GenlConnection c = genl.connect();
    c.join(demo, "events");
    List<Interruptible<?>> waiting =
        List.of(
            startInterruptible(s::next),
            startInterruptible(c::next),
            startInterruptible(() -> genl.connect().next()));
    for (Interruptible<?> one : waiting) {
      awaitWaiting(one);
    }
    genl.close();
    for (Interruptible<?> one : waiting) {
      assertThatThrownBy(() -> await(one.future(), AT_ONCE)).isInstanceOf(ClosedException.class);
    }
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  @DisplayName("T10 close of the instance ends the wait for the controller")
  void closeEndsAResolution() throws Exception {
    CountDownLatch resolved = new CountDownLatch(2);
    kernel
        .controller()
        .onDo(
            GETFAMILY,
            (request, answer) -> {
              answer.unanswered();
              resolved.countDown();
            });
    Future<?> family = start(() -> genl.family("other"));
    Future<?> subscription = start(() -> genl.subscribe(demo, "events"));
    resolved.await();
    genl.close();
    for (Future<?> one : List.of(family, subscription)) {
      assertThatThrownBy(() -> await(one, AT_ONCE)).isInstanceOf(ClosedException.class);
    }
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  @DisplayName("T10 close of the instance ends the wait of 33 threads, one of them for a socket")
  void closeEndsTheWaitForASocket() throws Exception {
    asked = new CountDownLatch(THREADS - 1);
    List<Interruptible<GenlMessage>> all = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      all.add(startInterruptible(() -> genl.request(ask(1), GenlMessage::copy)));
    }
    asked.await();
    for (Interruptible<?> one : all) {
      awaitWaiting(one);
    }
    assertThat(family.requests()).hasSize(THREADS - 1);
    genl.close();
    for (Interruptible<?> one : all) {
      assertThatThrownBy(() -> await(one.future(), AT_ONCE)).isInstanceOf(ClosedException.class);
    }
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  @DisplayName("T26 all 32 sockets in use: a timeout says so, an interrupt ends it, a dump goes on")
  void allSocketsInUse() throws Exception {
    genl.request(answered(), GenlMessage::copy);
    asked = new CountDownLatch(THREADS - 1);
    List<Interruptible<GenlMessage>> all = new ArrayList<>();
    for (int t = 0; t < THREADS - 1; t++) {
      all.add(startInterruptible(() -> genl.request(ask(1), GenlMessage::copy)));
    }
    asked.await();
    assertThatThrownBy(
            () -> genl.request(ask(1).withTimeout(Duration.ofMillis(50)), GenlMessage::copy))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("50 ms");
    Interruptible<?> another = startInterruptible(() -> genl.request(ask(1), GenlMessage::copy));
    awaitWaiting(another);
    another.thread().interrupt();
    assertThatThrownBy(() -> await(another.future(), AT_ONCE))
        .isInstanceOf(RequestInterruptedException.class);
    assertThat(genl.families()).hasSize(2);

    // One that ends lets another in.
    family.onDo(COMMAND, Scripted::echo);
    Future<Long> next = start(() -> genl.request(ask(7), Scripted::number));
    all.get(0).thread().interrupt();
    assertThat(await(next)).isEqualTo(7);
    all.forEach(one -> one.thread().interrupt());
    for (Interruptible<?> one : all) {
      assertThatThrownBy(() -> await(one.future(), AT_ONCE))
          .isInstanceOf(RequestInterruptedException.class);
    }
    assertThat(genl.<Long>request(ask(8), Scripted::number)).isEqualTo(8);
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(3);
  }

  private GenlRequest answered() {
    family.onDo(COMMAND + 1, Scripted::echo);
    return GenlRequest.of(demo, COMMAND + 1, a -> a.putU32(NUMBER, 1));
  }

  /** Waits until a thread waits, for which it has 5 seconds. */
  private static void awaitWaiting(Interruptible<?> one) {
    long start = System.nanoTime();
    while (one.thread().getState() != Thread.State.WAITING
        && one.thread().getState() != Thread.State.TIMED_WAITING) {
      assertThat(System.nanoTime() - start).as("time without a wait").isLessThan(SOON.toNanos());
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("T14 EBUSY of a second dump on one socket is a refusal like any other")
  void secondDumpOnOneSocket() throws Exception {
    family.onDump(COMMAND, (request, answer) -> answer.refuse(EBUSY));
    for (Way way : List.of(Way.DUMP, Way.OWNED_DUMP, Way.LIST)) {
      assertThatThrownBy(() -> way.ask(genl, ask(1)))
          .isInstanceOfSatisfying(
              KernelException.class,
              e -> {
                assertThat(e.errno()).isEqualTo(EBUSY);
                assertThat(e.error()).isEqualTo(Errno.EBUSY);
              });
    }
    family.onDump(COMMAND, Scripted::echo);
    for (Way way : List.of(Way.DUMP, Way.OWNED_DUMP, Way.LIST)) {
      assertThat(way.ask(genl, ask(5))).hasSize(1);
    }
  }

  @Test
  @DisplayName("T14 many dumps at once, each closed half way: none hinders another")
  void manyDumpsAtOnce() throws Exception {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          for (int i = 0; i < 10; i++) {
            echo(request, answer);
          }
        });
    List<Dump<GenlMessage>> open = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Dump<GenlMessage> dump = genl.dump(ask(i));
      assertThat(number(dump.next())).isEqualTo(i);
      open.add(dump);
    }
    for (int i = 0; i < 50; i += 2) {
      open.get(i).close();
    }
    for (int i = 1; i < 50; i += 2) {
      assertThat(open.get(i).toList())
          .hasSize(9)
          .extracting(Scripted::number)
          .containsOnly((long) i);
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(33);
    open.forEach(Dump::close);
  }

  @Test
  @DisplayName("T26 64 threads that ask in every way on one instance get their own answers")
  void manyThreadsInEveryWay() throws Exception {
    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
    List<Future<Boolean>> all = new ArrayList<>();
    for (int t = 0; t < 64; t++) {
      int thread = t;
      all.add(
          start(
              () -> {
                for (int i = 0; i < 20; i++) {
                  long number = 100L * thread + i;
                  Way way = Way.values()[(thread + i) % Way.values().length];
                  assertThat(way.ask(genl, ask(number)))
                      .extracting(Scripted::number)
                      .containsExactly(number);
                }
                return true;
              }));
    }
    for (Future<Boolean> one : all) {
      assertThat(await(one, Duration.ofSeconds(20))).isTrue();
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(33);
  }

  @Test
  @DisplayName("T26 1,000 sockets at once, and none when the instance is closed")
  void thousandSockets() throws Exception {
    List<AutoCloseable> open = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      open.add(genl.connect());
      open.add(genl.subscribe(demo, "events"));
    }
    assertThat(kernel.openSockets()).isGreaterThanOrEqualTo(1000);
    notify("events", 1);
    assertThat(show(((GenlSubscription) open.get(999)).next())).isEqualTo("event 1");
    genl.close();
    assertThat(kernel.openSockets()).isZero();
  }
}
