package dev.jgenl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadlineTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  /** Begins where the numbers end, as {@link System#nanoTime()} may. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

  static Stream<Arguments> durations() {
    return Stream.of(
        Arguments.of("zero", Duration.ZERO, 0),
        Arguments.of("a nanosecond", Duration.ofNanos(1), 1),
        Arguments.of("a second", Duration.ofSeconds(1), 1_000_000_000),
        Arguments.of("a negative nanosecond", Duration.ofNanos(-1), 0),
        Arguments.of("minus 293 years", Duration.ofDays(-293 * 365), 0),
        Arguments.of("the shortest duration", Duration.ofSeconds(Long.MIN_VALUE), 0),
        Arguments.of("292 years", Duration.ofDays(292 * 365), 292L * 365 * 24 * HOUR),
        Arguments.of("293 years", Duration.ofDays(293 * 365), Deadline.FOREVER),
        Arguments.of(
            "one nanosecond less than Long.MAX_VALUE",
            Duration.ofNanos(Long.MAX_VALUE - 1),
            Long.MAX_VALUE - 1),
        Arguments.of(
            "Long.MAX_VALUE nanoseconds", Duration.ofNanos(Long.MAX_VALUE), Deadline.FOREVER),
        Arguments.of(
            "one nanosecond more", Duration.ofNanos(Long.MAX_VALUE).plusNanos(1), Deadline.FOREVER),
        Arguments.of(
            "the longest duration",
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Deadline.FOREVER),
        Arguments.of("FOREVER of java.time", ChronoUnit.FOREVER.getDuration(), Deadline.FOREVER));
  }

  @ParameterizedTest(name = "T51 {0}", quoteTextArguments = false)
  @MethodSource("durations")
  void durationIsCounted(String what, Duration limit, long nanos) {
    assertThat(Deadline.nanos(limit)).as(what).isEqualTo(nanos);
  }

  @ParameterizedTest(name = "T51 {0} nanoseconds are over at once", quoteTextArguments = false)
  @ValueSource(longs = {0, -1, -1_000_000_000})
  void nothingIsLeftOfNoTime(long limit) {
    Deadline deadline = Deadline.after(limit, clock::get);

    assertThat(deadline.left()).isZero();
    assertThat(deadline.isOver()).isTrue();
  }

  @Test
  @DisplayName("T51 FOREVER never gets shorter")
  void foreverNeverGetsShorter() {
    Deadline deadline = Deadline.after(Deadline.FOREVER, clock::get);

    clock.addAndGet(2);

    assertThat(deadline.left()).isEqualTo(Deadline.FOREVER);
    assertThat(deadline.isOver()).isFalse();
  }

  @Test
  @DisplayName("T51 the longest time that is counted is not over")
  void longestTimeIsNotOver() {
    Deadline deadline = Deadline.after(Long.MAX_VALUE - 1, clock::get);

    clock.addAndGet(2);

    assertThat(deadline.left()).isEqualTo(Long.MAX_VALUE - 3);
    assertThat(deadline.isOver()).isFalse();
  }

  @Test
  void whatIsLeftGetsShorter() {
    Deadline deadline = Deadline.after(HOUR, clock::get);
    assertThat(deadline.left()).isEqualTo(HOUR);

    clock.addAndGet(2);

    assertThat(deadline.left()).isEqualTo(HOUR - 2);
  }

  @Test
  void nothingIsLeftWhenItIsOver() {
    Deadline deadline = Deadline.after(1, clock::get);

    clock.addAndGet(2);

    assertThat(deadline.left()).isZero();
    assertThat(deadline.isOver()).isTrue();
  }

  @ParameterizedTest(name = "T51 a limit of {0} nanoseconds is told", quoteTextArguments = false)
  @ValueSource(longs = {0, 1, 1_000_000_000, Long.MAX_VALUE - 1, Deadline.FOREVER})
  void limitIsTold(long limit) {
    assertThat(Deadline.after(limit, clock::get).limit()).isEqualTo(limit);
  }

  /** Another thread does not know the clock: it is looked at again and again. */
  @Test
  void waitForAnotherThreadIsShort() {
    assertThat(Deadline.after(HOUR, clock::get).untilLook()).isBetween(1L, HOUR / 1000);
    assertThat(Deadline.after(Deadline.FOREVER, clock::get).untilLook()).isLessThan(HOUR / 1000);
    assertThat(Deadline.after(2, clock::get).untilLook()).isEqualTo(2);
  }
}
