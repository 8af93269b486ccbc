package dev.jgenl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  private static final Outcome<Integer> ONE = new Outcome.Success<>(1);
  private static final Outcome<Integer> TWO = new Outcome.Success<>(2);
  private final NetlinkException refused = new KernelException("test", 22);
  private final NetlinkException notDone = new NotDoneException("not done", refused);

  private static Outcome<Integer> failed(Exception cause) {
    return new Outcome.Failure<>(cause);
  }

  @Test
  void valuesAreInTheOrderOfTheRequests() throws Exception {
    assertThat(Outcome.values(List.of(TWO, ONE))).containsExactly(2, 1);
    assertThat(Outcome.values(List.<Outcome<Integer>>of())).isEmpty();
  }

  @Test
  void oneFailureIsThatOfTheWhole() {
    IllegalStateException reader = new IllegalStateException("reader");

    assertThatThrownBy(() -> Outcome.values(List.of(ONE, failed(refused)))).isSameAs(refused);
    assertThatThrownBy(() -> Outcome.values(List.of(failed(reader), TWO))).isSameAs(reader);
  }

  @Test
  void ofATransactionTheRequestThatWasRefusedIsTold() {
    assertThatThrownBy(() -> Outcome.values(List.of(failed(notDone), failed(refused))))
        .isSameAs(refused);
    assertThatThrownBy(() -> Outcome.values(List.of(ONE, failed(notDone)))).isSameAs(notDone);
  }
}
