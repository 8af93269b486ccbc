package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Bitfield32Test {

  @ParameterizedTest(name = "{2} in {0} of {1}")
  @CsvSource({
    // value, selector, flags, selected, on, off
    "0x1, 0x5, 0x1, true,  true,  false",
    "0x1, 0x5, 0x4, true,  false, true",
    "0x1, 0x5, 0x5, true,  false, false",
    "0x1, 0x5, 0x2, false, false, false",
    "0x1, 0x5, 0x3, false, false, false",
    "0x5, 0x5, 0x5, true,  true,  false",
    "0x0, 0x5, 0x5, true,  false, true",
    "0x2, 0x1, 0x2, false, false, false",
    "-1,  -1,  -1,  true,  true,  false",
    "-1,  -1,  -2147483648, true, true, false",
  })
  void flagIsOnOrOffWhereItIsSelected(
      String value, String selector, String flags, boolean selected, boolean on, boolean off) {
    Bitfield32 field = new Bitfield32(Integer.decode(value), Integer.decode(selector));
    int asked = Integer.decode(flags);

    assertThat(field.isSelected(asked)).isEqualTo(selected);
    assertThat(field.isOn(asked)).isEqualTo(on);
    assertThat(field.isOff(asked)).isEqualTo(off);
  }

  @Test
  void flagsAreTurnedOnAndOff() {
    assertThat(Bitfield32.on(6)).isEqualTo(new Bitfield32(6, 6));
    assertThat(Bitfield32.off(6)).isEqualTo(new Bitfield32(0, 6));
  }

  static Stream<Consumer<Bitfield32>> questions() {
    return Stream.of(
        b -> b.isSelected(0),
        b -> b.isOn(0),
        b -> b.isOff(0),
        b -> Bitfield32.on(0),
        b -> Bitfield32.off(0));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void noFlagIsNeitherOnNorOff(Consumer<Bitfield32> question) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> question.accept(new Bitfield32(1, 1)))
        .withMessage("no flag");
  }

  @Test
  void textIsHexadecimal() {
    assertThat(new Bitfield32(1, 0x80000005)).hasToString("0x1 of 0x80000005");
  }
}
