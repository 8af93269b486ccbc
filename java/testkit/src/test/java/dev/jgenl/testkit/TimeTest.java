package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.RequestTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No time is too long or too short, wherever one is taken. */
class TimeTest extends Scripted {

  private static final Duration DELAY = Duration.ofMillis(20);

  static Stream<Duration> longTimes() {
    return Stream.of(
        ChronoUnit.FOREVER.getDuration(),
        Duration.ofSeconds(Long.MAX_VALUE),
        Duration.ofDays(293 * 365L),
        Duration.ofDays(292 * 365L),
        Duration.ofNanos(Long.MAX_VALUE),
        Duration.ofNanos(Long.MAX_VALUE - 1));
  }

  static Stream<Duration> past() {
    return Stream.of(
        Duration.ZERO,
        Duration.ofNanos(-1),
        Duration.ofNanos(Long.MIN_VALUE),
        Duration.ofSeconds(Long.MIN_VALUE),
        Duration.ofDays(-293 * 365L));
  }

  static Stream<Arguments> longWays() {
    return longTimes().flatMap(t -> Stream.of(Way.values()).map(way -> Arguments.of(t, way)));
  }

  @ParameterizedTest
  @MethodSource("longWays")
  @DisplayName("T51 a long time for a request, or for all: the answer is waited for")
  void longTime(Duration time, Way way) throws Exception {
    FakeFamily.Script late = (request, answer) -> echo(request, answer.delay(DELAY));
    family.onDo(COMMAND, late).onDump(COMMAND, late);

    assertThat(way.ask(genl, ask(5).withTimeout(time))).hasSize(1);
    try (Genl patient = kernel.open(NetlinkOptions.DEFAULTS.withTimeout(time))) {
      assertThat(way.ask(patient, ask(5))).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  @DisplayName("T51 a long time to resolve, to join and to wait for one of 32 sockets")
  void longTimeToResolve(Duration time) throws Exception {
    try (Genl patient = kernel.open(NetlinkOptions.DEFAULTS.withTimeout(time))) {
      kernel
          .controller()
          .onDo(GETFAMILY, (request, answer) -> answer.delay(DELAY).message(1, family::describe));
      assertThat(patient.family("demo").id()).isEqualTo(family.id());
      try (GenlSubscription s = patient.subscribe(demo, "events")) {
        notify("events", 1);
        assertThat(show(s.next())).isEqualTo("event 1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  @DisplayName("T51 poll for a long time waits until an event comes")
  void pollForLong(Duration time) throws Exception {
    try (GenlSubscription s = genl.subscribe(demo, "events");
        GenlSubscription list = genl.subscribe(ask(5), "events");
        GenlConnection c = genl.connect()) {
      c.join(demo, "events");
      assertThat(show(list.poll(time).orElseThrow())).isEqualTo("listed 5");
      assertThat(show(list.poll(time).orElseThrow())).isEqualTo("synchronized true");
      List<Interruptible<Event<GenlMessage>>> waiting =
          List.of(
              startInterruptible(() -> s.poll(time).orElseThrow()),
              startInterruptible(() -> list.poll(time).orElseThrow()),
              startInterruptible(() -> c.poll(time).orElseThrow()));
      for (Interruptible<?> one : waiting) {
        awaitWaiting(one.thread());
      }
      notify("events", 1);
      for (Interruptible<Event<GenlMessage>> one : waiting) {
        assertThat(show(await(one.future()))).isEqualTo("event 1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("past")
  @DisplayName("T51 poll for no time, or less, returns what is there, and does not wait")
  void pollForNoTime(Duration time) throws Exception {
    try (GenlSubscription s = genl.subscribe(demo, "events");
        GenlSubscription list = genl.subscribe(ask(5), "events");
        GenlConnection c = genl.connect()) {
      c.join(demo, "events");
      assertThat(show(pollUntilThere(list, time))).isEqualTo("listed 5");
      assertThat(show(pollUntilThere(list, time))).isEqualTo("synchronized true");
      assertThat(s.poll(time)).isEmpty();
      assertThat(list.poll(time)).isEmpty();
      assertThat(c.poll(time)).isEmpty();

      notify("events", 1);
      assertThat(show(s.poll(time).orElseThrow())).isEqualTo("event 1");
      assertThat(show(list.poll(time).orElseThrow())).isEqualTo("event 1");
      assertThat(show(c.poll(time).orElseThrow())).isEqualTo("event 1");
    }
  }

  /** Polls as often as it takes: a list may come in steps. */
  private static Event<GenlMessage> pollUntilThere(GenlSubscription s, Duration time)
      throws NetlinkException {
    long start = System.nanoTime();
    var event = s.poll(time);
    while (event.isEmpty() && System.nanoTime() - start < SOON.toNanos()) {
      event = s.poll(time);
    }
    return event.orElseThrow();
  }

  @Test
  @DisplayName("T45 poll for no time finds an event behind messages that are none for the user")
  void pollForNoTimeBehindOtherMessages() throws Exception {
    FakeFamily second = kernel.family("second").group("one").group("two");
    try (GenlSubscription s = genl.subscribe(demo, "events");
        GenlConnection c = genl.connect()) {
      c.join(demo, "events");
      // The controller tells six things of it.
      kernel.unregister(second);
      kernel.registerAgain(second);
      notify("events", 1);

      assertThat(s.poll(Duration.ZERO)).map(Scripted::show).contains("event 1");
      assertThat(c.poll(Duration.ZERO)).map(Scripted::show).contains("event 1");
    }
  }

  @Test
  @DisplayName("T51 poll for no time again and again: a reload is seen, its groups are rejoined")
  void pollForNoTimeSeesAReload() throws Exception {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      kernel.unregister(family);
      kernel.registerAgain(family);
      assertThat(show(pollUntilThere(s, Duration.ZERO))).isEqualTo("gap RELOADED");
    }
  }

  @ParameterizedTest
  @MethodSource("past")
  @DisplayName("T51 no time, or less, for an answer is refused where it is set")
  void noTimeForAnAnswer(Duration time) {
    assertThatThrownBy(() -> ask(1).withTimeout(time)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NetlinkOptions.DEFAULTS.withTimeout(time))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T51 a nanosecond for an answer: it is there, or it is a timeout; then all is right")
  void aNanosecond(Way way) throws Exception {
    family.onDo(COMMAND, (request, answer) -> answer.unanswered());
    family.onDump(COMMAND, (request, answer) -> answer.unanswered());
    assertThat(
            timeOf(
                () ->
                    assertThatThrownBy(() -> way.ask(genl, ask(1).withTimeout(Duration.ofNanos(1))))
                        .isInstanceOf(RequestTimeoutException.class)))
        .isLessThan(Duration.ofSeconds(2));

    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
    assertThat(way.ask(genl, ask(5))).hasSize(1);
  }

  @Test
  @DisplayName("T51 a request that is given a longer time than all have is waited for so long")
  void longerThanTheOthers() throws Exception {
    kernel.clock().skipWaits();
    family.onDo(COMMAND, (request, answer) -> echo(request, answer.delay(Duration.ofMillis(150))));
    try (Genl hasty = kernel.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(50)))) {
      assertThatThrownBy(() -> hasty.request(ask(1), GenlMessage::copy))
          .isInstanceOf(RequestTimeoutException.class);
      for (Way way : List.of(Way.REQUEST, Way.EXECUTE, Way.BATCH, Way.OWNED_REQUEST)) {
        assertThat(way.ask(hasty, ask(5).withTimeout(SOON))).hasSize(1);
      }
      Future<Integer> together =
          start(() -> hasty.batch(List.of(ask(1), ask(2).withTimeout(SOON))).size());
      assertThat(await(together)).isEqualTo(2);
    }
  }
}
