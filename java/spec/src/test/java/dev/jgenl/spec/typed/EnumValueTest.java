package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers, bits and bytes with what is known of them. */
class EnumValueTest {

  /** Two names of one number, and one that is no bit. */
  private enum Odd implements EnumNumber {
    FIRST(1),
    SECOND(1),
    NEGATIVE(-5);

    private final long number;

    Odd(long number) {
      this.number = number;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public String specName() {
      return name();
    }
  }

  @Test
  void numberHasItsNameOrNone() {
    EnumValue<State> known = EnumValue.of(State.ENABLED);
    EnumValue<State> unknown = EnumValue.of(State.class, 200);

    assertThat(known.known()).hasValue(State.ENABLED);
    assertThat(known.is(State.ENABLED)).isTrue();
    assertThat(known.is(State.DISABLED)).isFalse();
    assertThat(known).hasToString("enabled").isEqualTo(EnumValue.of(State.class, 2));
    assertThat(unknown.known()).isEmpty();
    assertThat(unknown.number()).isEqualTo(200);
    assertThat(unknown.is(State.ENABLED)).isFalse();
    assertThat(unknown).hasToString("200").isEqualTo(EnumValue.of(State.class, 200));
  }

  @Test
  void valuesOfDifferentEnumsDiffer() {
    assertThat(EnumValue.of(State.class, 1)).isNotEqualTo(EnumValue.of(Odd.class, 1));
    assertThat(Flags.ofBits(Option.class, 1)).isNotEqualTo(Flags.ofBits(Odd.class, 1));
  }

  @Test
  void ofTwoNamesOfANumberTheFirstCounts() {
    assertThat(EnumValue.of(Odd.SECOND)).isEqualTo(EnumValue.of(Odd.FIRST)).hasToString("FIRST");
    assertThat(EnumValue.of(Odd.SECOND).known()).hasValue(Odd.FIRST);
    assertThat(EnumValue.of(Odd.SECOND).is(Odd.SECOND)).isTrue();
    assertThat(EnumValue.of(Odd.NEGATIVE)).hasToString("NEGATIVE");
    assertThat(EnumValue.of(Odd.class, -6)).hasToString("-6");
  }

  @Test
  void nameOrDigitsAreRead() {
    assertThat(EnumValue.parse(State.class, "enabled")).isEqualTo(EnumValue.of(State.ENABLED));
    assertThat(EnumValue.parse(State.class, "200").number()).isEqualTo(200);
    assertThatIllegalArgumentException().isThrownBy(() -> EnumValue.parse(State.class, "ENABLED"));
  }

  @Test
  void bitsHaveTheirNamesAndKeepThoseWithout() {
    Flags<Option> flags = Flags.ofBits(Option.class, 1 | 4 | 1L << 63);

    assertThat(flags.known()).containsExactly(Option.COMPACT_BITSETS, Option.STATS);
    assertThat(flags.unknownBits()).isEqualTo(1L << 63);
    assertThat(flags.has(Option.STATS)).isTrue();
    assertThat(flags.has(Option.OMIT_REPLY)).isFalse();
    assertThat(flags).hasToString("compact-bitsets,stats,9223372036854775808");
    assertThat(Flags.of(Option.STATS, Option.COMPACT_BITSETS))
        .isEqualTo(Flags.ofBits(Option.class, 5))
        .hasSameHashCodeAs(Flags.ofBits(Option.class, 5));
  }

  @Test
  void bitsAreReadByTheirNamesAndThoseWithoutAsDigits() {
    Flags<Option> flags = Flags.ofBits(Option.class, 1 | 4 | 1L << 63);

    assertThat(Flags.parse(Option.class, flags.toString())).isEqualTo(flags);
    assertThat(Flags.parse(Option.class, "stats,stats")).isEqualTo(Flags.of(Option.STATS));
    assertThat(Flags.parse(Option.class, "").bits()).isZero();
    assertThat(Flags.parse(State.class, "enabled")).isEqualTo(Flags.of(State.ENABLED));
    for (String wrong : List.of("STATS", "stats,", ",", "stats compact-bitsets", "-1")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Flags.parse(Option.class, wrong));
    }
  }

  @Test
  void ofAnEnumerationThatIsUsedAsFlagsNumbersAreThoseOfBits() {
    Flags<State> flags = Flags.of(State.UNKNOWN, State.ENABLED);

    assertThat(flags.bits()).isEqualTo(1 | 4);
    assertThat(flags.has(State.DISABLED)).isFalse();
    assertThat(flags).hasToString("unknown,enabled");
    assertThat(Flags.ofBits(Odd.class, -1).has(Odd.NEGATIVE)).isFalse();
    assertThat(Flags.ofBits(Odd.class, 2).unknownBits()).isZero();
  }

  @Test
  void bitfieldsTurnOnAndOff() {
    Bitfield<Option> on = Bitfield.on(Option.STATS);
    Bitfield<Option> off = Bitfield.off(Option.STATS);

    assertThat(on.isOn(Option.STATS)).isTrue();
    assertThat(off.isOff(Option.STATS)).isTrue();
    assertThat(on).isNotEqualTo(off).isEqualTo(Bitfield.of(on.value(), on.selector()));
    assertThat(on).hasSameHashCodeAs(Bitfield.on(Option.STATS));
    assertThat(off).hasToString("[] of [stats]");
    assertThat(off.toValue().toJson()).isEqualTo("{\"value\":[],\"selector\":[\"stats\"]}");
  }

  @Test
  void bytesAreBase64() {
    Bytes key = Bytes.of((byte) 0xfb, (byte) 0xff, (byte) 1, (byte) 2);

    assertThat(key.toBase64()).isEqualTo("+/8BAg==");
    assertThat(Bytes.ofBase64(key.toBase64())).isEqualTo(key);
    assertThat(Bytes.ofBase64("").length()).isZero();
    for (String wrong : List.of("-_8BAg==", "+/8BAg==\n", "+")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofBase64(wrong));
    }
  }

  @Test
  void bytesCannotBeChanged() {
    byte[] array = {1, (byte) 0xfe};
    Bytes bytes = Bytes.of(array);
    array[0] = 9;
    bytes.toArray()[0] = 9;

    assertThat(bytes).hasToString("01fe").isEqualTo(Bytes.of((byte) 1, (byte) -2));
    assertThat(bytes).hasSameHashCodeAs(Bytes.of((byte) 1, (byte) -2));
    assertThat(bytes.length()).isEqualTo(2);
    assertThat(bytes.toValue().asText()).isEqualTo("01fe");
  }
}
