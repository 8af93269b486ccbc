package dev.jgenl.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void clientsThatHaveReadTheSameAgree() {
    assertThatCode(() -> Measurement.requireSame(Map.of("c-raw", "7", "java-jgenl", "7")))
        .doesNotThrowAnyException();
  }

  @Test
  void aClientThatHasReadOtherFieldsIsFound() {
    assertThatThrownBy(() -> Measurement.requireSame(Map.of("c-raw", "7", "java-jgenl", "8")))
        .hasMessageContaining("java-jgenl=8");
  }
}
