package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Time that passes as the test says: no test here waits, and hours are counted. */
class ClockTest extends Scripted {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int SOCKETS = 32;

  private final FakeClock clock = kernel.clock();
  private CountDownLatch asked = new CountDownLatch(1);
  private long start;

  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(HOUR);
  }

  @BeforeEach
  void readClock() {
    start = clock.nanoTime();
  }

  /** From here on nobody answers. */
  private void answerNothing() {
    FakeFamily.Script script =
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        };
    family.onDo(COMMAND, script).onDump(COMMAND, script);
  }

  /** From here on answers come later. */
  private void delayAnswers(Duration delay) {
    FakeFamily.Script script = (request, answer) -> echo(request, answer.delay(delay));
    family.onDo(COMMAND, script).onDump(COMMAND, script);
  }

  private void skipWaits() {
    clock.skipWaits();
    start = clock.nanoTime();
  }

  private Duration passed() {
    return Duration.ofNanos(clock.nanoTime() - start);
  }

  @ParameterizedTest
  @EnumSource
  void timeLimitOfAnHourIsSkipped(Way way) {
    answerNothing();
    skipWaits();

    assertThatThrownBy(() -> way.ask(genl, ask(1)))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("3600000 ms");
    assertThat(passed()).isEqualTo(HOUR);
  }

  @ParameterizedTest
  @EnumSource
  void delayedAnswerComesInTime(Way way) throws NetlinkException {
    delayAnswers(HOUR.minusNanos(1));
    skipWaits();

    assertThat(way.ask(genl, ask(5))).hasSize(1);
    assertThat(passed()).isEqualTo(HOUR.minusNanos(1));
  }

  @ParameterizedTest
  @EnumSource
  void delayedAnswerComesTooLate(Way way) {
    delayAnswers(HOUR.plusNanos(1));
    skipWaits();

    assertThatThrownBy(() -> way.ask(genl, ask(5))).isInstanceOf(RequestTimeoutException.class);
    assertThat(passed()).isEqualTo(HOUR);
  }

  /** Each message begins the wait anew. */
  @Test
  void slowDumpIsReadToItsEnd() throws NetlinkException {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          for (int i = 1; i <= 10; i++) {
            echo(request, answer.delay(MINUTE.multipliedBy(50L * i)));
          }
        });
    skipWaits();

    assertThat(Way.DUMP.ask(genl, ask(1))).hasSize(10);
    assertThat(passed()).isEqualTo(MINUTE.multipliedBy(500));
  }

  @Test
  void controllerThatIsSilentIsSkipped() {
    kernel.controller().onDo(GETFAMILY, (request, answer) -> answer.unanswered());
    skipWaits();

    assertThatThrownBy(() -> genl.family("demo")).isInstanceOf(RequestTimeoutException.class);
    assertThatThrownBy(() -> genl.subscribe(demo, "events"))
        .isInstanceOf(RequestTimeoutException.class);
    assertThat(passed()).isEqualTo(HOUR.multipliedBy(2));
  }

  @Test
  void pollWithoutEventIsSkipped() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events");
        GenlSubscription list = genl.subscribe(ask(5), "events");
        GenlConnection c = genl.connect()) {
      c.join(demo, "events");
      assertThat(show(list.next())).isEqualTo("listed 5");
      assertThat(show(list.next())).isEqualTo("synchronized true");
      skipWaits();

      assertThat(s.poll(HOUR)).isEmpty();
      assertThat(list.poll(HOUR)).isEmpty();
      assertThat(c.poll(HOUR)).isEmpty();
      assertThat(passed()).isEqualTo(HOUR.multipliedBy(3));
    }
  }

  @Test
  void pollFindsAnEventThatIsDelayed() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      skipWaits();
      family.notify("events", n -> event(7).accept(n.delay(MINUTE)));

      assertThat(s.poll(MINUTE.minusNanos(1))).isEmpty();
      assertThat(s.poll(HOUR)).map(Scripted::show).contains("event 7");
      assertThat(passed()).isEqualTo(MINUTE);
    }
  }

  @Test
  void listThatIsSilentIsSkipped() throws NetlinkException {
    answerNothing();
    try (GenlSubscription s = genl.subscribe(ask(1), "events")) {
      skipWaits();

      assertThat(s.poll(MINUTE)).isEmpty();
      assertThatThrownBy(s::next).isInstanceOf(RequestTimeoutException.class);
      assertThat(passed()).isEqualTo(HOUR);
    }
  }

  @Test
  void waitWithoutLimitIsNotSkipped() throws Exception {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      skipWaits();
      var waiting = startInterruptible(s::next);
      awaitWaiting(waiting.thread());
      notify("events", 3);

      assertThat(show(await(waiting.future()))).isEqualTo("event 3");
      assertThat(passed()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptIsSeenBeforeAWaitIsSkipped(Way way) {
    answerNothing();
    skipWaits();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> way.ask(genl, ask(1))).isInstanceOf(RequestInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(passed()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void stoppedClockIsMovedByTheTest(Way way) throws Exception {
    answerNothing();
    clock.stop();
    var waiting = startInterruptible(() -> way.ask(genl, ask(1)));
    asked.await();
    awaitWaiting(waiting.thread());

    clock.advance(HOUR.minusNanos(1));
    Thread.sleep(20);
    assertThat(waiting.future()).isNotDone();

    clock.advance(Duration.ofNanos(1));
    assertThatThrownBy(() -> await(waiting.future())).isInstanceOf(RequestTimeoutException.class);
  }

  @Test
  void delayedAnswerComesWhenTheClockIsMoved() throws Exception {
    delayAnswers(MINUTE);
    clock.stop();
    var waiting = startInterruptible(() -> Way.REQUEST.ask(genl, ask(5)));
    awaitWaiting(waiting.thread());
    Thread.sleep(20);
    assertThat(waiting.future()).isNotDone();

    clock.advance(MINUTE);
    assertThat(await(waiting.future())).extracting(Scripted::number).containsExactly(5L);
  }

  @Test
  void runningClockCanBeMovedToo() throws Exception {
    answerNothing();
    var waiting = startInterruptible(() -> Way.REQUEST.ask(genl, ask(1)));
    asked.await();
    awaitWaiting(waiting.thread());
    clock.advance(HOUR);

    assertThatThrownBy(() -> await(waiting.future())).isInstanceOf(RequestTimeoutException.class);
  }

  @Test
  void waitThatHasBegunIsSkipped() throws Exception {
    answerNothing();
    var waiting = startInterruptible(() -> Way.DUMP.ask(genl, ask(1)));
    asked.await();
    awaitWaiting(waiting.thread());
    clock.skipWaits();

    assertThatThrownBy(() -> await(waiting.future())).isInstanceOf(RequestTimeoutException.class);
  }

  @Test
  void closeEndsAWaitWhileTheClockStands() throws Exception {
    answerNothing();
    clock.stop();
    var waiting = startInterruptible(() -> Way.REQUEST.ask(genl, ask(1)));
    asked.await();
    awaitWaiting(waiting.thread());
    genl.close();

    assertThatThrownBy(() -> await(waiting.future())).isInstanceOf(ClosedException.class);
  }

  @Test
  void waitForOneOfAllSocketsIsCountedByTheClock() throws Exception {
    asked = new CountDownLatch(SOCKETS);
    CountDownLatch end = new CountDownLatch(1);
    family.onDo(
        COMMAND,
        (request, answer) -> {
          asked.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          echo(request, answer);
        });
    List<Interruptible<GenlMessage>> all = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      all.add(startInterruptible(() -> genl.request(ask(1), GenlMessage::copy)));
    }
    asked.await();
    var waiting = startInterruptible(() -> genl.request(ask(2), GenlMessage::copy));
    awaitWaiting(waiting.thread());
    clock.advance(HOUR);

    assertThatThrownBy(() -> await(waiting.future()))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("socket");
    end.countDown();
    for (Interruptible<GenlMessage> one : all) {
      assertThat(number(await(one.future()))).isEqualTo(1);
    }
  }

  @Test
  void familyThatWasResolvedLongAgoIsAskedForAgain() throws Exception {
    clock.stop();
    genl.family("demo");
    kernel.forgetRequests();
    Way.REQUEST.ask(genl, ask(1));
    assertThat(kernel.controller().requests()).isEmpty();

    clock.advance(HOUR);
    Way.REQUEST.ask(genl, ask(1));
    assertThat(kernel.controller().requests()).isNotEmpty();
  }

  @Test
  void timeDoesNotGoBack() {
    assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> clock.advance(Duration.ofDays(293 * 365L)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void clockOfAnotherKernelGoesOn() throws Exception {
    FakeKernel other = new FakeKernel();
    other.family("demo").onDo(COMMAND, Scripted::echo);
    clock.stop();
    try (Genl second = other.open()) {
      second.family("demo");
      long before = other.clock().nanoTime();
      Thread.sleep(1);
      assertThat(other.clock().nanoTime()).isGreaterThan(before);
    }
  }
}
