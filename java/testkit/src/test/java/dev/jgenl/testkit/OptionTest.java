package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.RequestTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An option that one way of asking honours, all honour, or refuse before anything is sent. */
class OptionTest extends Scripted {

  @ParameterizedTest
  @EnumSource
  @DisplayName("T39 the time limit of a request")
  void timeoutOfARequest(Way way) throws Exception {
    family.onDo(COMMAND, (request, answer) -> answer.unanswered());
    family.onDump(COMMAND, (request, answer) -> answer.unanswered());

    assertThat(
            timeOf(
                () ->
                    assertThatThrownBy(
                            () -> way.ask(genl, ask(1).withTimeout(Duration.ofMillis(100))))
                        .isInstanceOf(RequestTimeoutException.class)
                        .hasMessageContaining("100 ms")))
        .isBetween(Duration.ofMillis(99), Duration.ofSeconds(3));
  }
}
