package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetlinkConstantsTest {

  @ParameterizedTest(name = "T21 {0} bytes take {1}")
  @CsvSource({"0, 0", "1, 4", "3, 4", "4, 4", "5, 8", "65531, 65532", "65535, 65536"})
  void alignGivesTheNextMultipleOfFour(int length, int padded) {
    assertThat(NetlinkConstants.align(length)).isEqualTo(padded);
  }
}
