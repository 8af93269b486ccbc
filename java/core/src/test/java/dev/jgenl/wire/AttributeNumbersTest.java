package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeNumbersTest(Memory memory) {

  private record Getter(Set<Integer> lengths, Function<Attribute, Object> get) {}

  private static final Map<String, Getter> GETTERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("u8", new Getter(Set.of(1), Attribute::u8)),
              Map.entry("s8", new Getter(Set.of(1), Attribute::s8)),
              Map.entry("u16", new Getter(Set.of(2), Attribute::u16)),
              Map.entry("s16", new Getter(Set.of(2), Attribute::s16)),
              Map.entry("u16Be", new Getter(Set.of(2), Attribute::u16Be)),
              Map.entry("u32", new Getter(Set.of(4), Attribute::u32)),
              Map.entry("s32", new Getter(Set.of(4), Attribute::s32)),
              Map.entry("u32Be", new Getter(Set.of(4), Attribute::u32Be)),
              Map.entry("u64", new Getter(Set.of(8), Attribute::u64)),
              Map.entry("s64", new Getter(Set.of(8), Attribute::s64)),
              Map.entry("u64Be", new Getter(Set.of(8), Attribute::u64Be)),
              Map.entry("bitfield32", new Getter(Set.of(8), Attribute::bitfield32)),
              Map.entry("uint", new Getter(Set.of(4, 8), Attribute::uint)),
              Map.entry("sint", new Getter(Set.of(4, 8), Attribute::sint))));

  static Stream<Arguments> numbers() {
    return Stream.of(
        //                 | len  type  payload |
        row("u8", 0, /*   */ "0005 0001 00"),
        row("u8", 255, /* */ "0005 0001 ff"),
        row("s8", (byte) -128, "0005 0001 80"),
        row("u16", 0x0102, "0006 0001 0102"),
        row("u16", 65535, "0006 0001 ffff"),
        row("s16", (short) -2, "0006 0001 fffe"),
        row("u16Be", 0xfe02, "0006 0001 fe 02"),
        row("u32", 42L, "0008 0001 0000002a"),
        row("u32", 0xfedcba98L, "0008 0001 fedcba98"),
        row("s32", -2, "0008 0001 fffffffe"),
        row("u32Be", 0xfedcba98L, "0008 0001 fe dc ba 98"),
        row("u64", 0xfedcba9876543210L, "000c 0001 fedcba9876543210"),
        row("s64", -2L, "000c 0001 fffffffffffffffe"),
        row("u64Be", 0xfedcba9876543210L, "000c 0001 fe dc ba 98 76 54 32 10"),
        row("uint", 0xffffffffL, "0008 0001 ffffffff"),
        row("uint", 5L, "000c 0001 0000000000000005"),
        row("uint", -1L, "000c 0001 ffffffffffffffff"),
        row("sint", -1L, "0008 0001 ffffffff"),
        row("sint", -1L, "000c 0001 ffffffffffffffff"),
        row("sint", 0xffffffffL, "000c 0001 00000000ffffffff"),
        row("bitfield32", new Bitfield32(1, 0x80000003), "000c 0001 00000001 80000003"));
  }

  @ParameterizedTest(name = "T23 {0} of {1}")
  @MethodSource("numbers")
  void getterReadsTheNumber(String getter, Object expected, String drawing) {
    Attribute attribute = only(memory.of(drawing));

    Object number = GETTERS.get(getter).get().apply(attribute);

    assertThat(number).isEqualTo(expected);
  }

  static Stream<Arguments> wrongLengths() {
    return GETTERS.keySet().stream()
        .flatMap(
            getter ->
                IntStream.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 16)
                    .filter(length -> !GETTERS.get(getter).lengths().contains(length))
                    .mapToObj(length -> arguments(getter, length)));
  }

  @ParameterizedTest(name = "T21 {0} refuses a payload of {1} bytes")
  @MethodSource("wrongLengths")
  void getterRefusesPayloadOfAnotherLength(String getter, int length) {
    Attribute attribute = only(memory.allocate(4 + length).putShort(0, (short) (4 + length)));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> GETTERS.get(getter).get().apply(attribute))
        .withMessage(
            "attribute 0 has a payload of "
                + length
                + " bytes, not of "
                + GETTERS.get(getter).lengths().stream()
                    .sorted()
                    .map(String::valueOf)
                    .collect(Collectors.joining(" or ")));
  }

  @ParameterizedTest(name = "T23 u64 at offset {0}")
  @MethodSource("offsets")
  void numberOfSixtyFourBitsNeedsNoAlignment(int offset) {
    byte[] message = memory.bytes("000c 0001 fedcba9876543210");
    ByteBuffer buffer = memory.allocate(offset + message.length).put(offset, message);

    Attribute attribute = Attributes.of(buffer, offset, buffer.limit()).get(1);

    assertThat(attribute.u64()).isEqualTo(0xfedcba9876543210L);
  }

  static IntStream offsets() {
    return IntStream.of(4, 8, 12, 1, 3);
  }

  @Test
  @DisplayName("T23 a string says what an unsigned 64-bit number above the sign bit is")
  void unsignedNumberAboveTheSignBitCanBeShown() {
    Attribute attribute = only(memory.of("000c 0001 ffffffffffffffff"));

    assertThat(Long.toUnsignedString(attribute.u64())).isEqualTo("18446744073709551615");
  }

  @Test
  @DisplayName("T21 a number is read without its padding")
  void paddingIsNoPartOfTheNumber() {
    ByteBuffer buffer = memory.of("0006 0001 1234 eeee | 0005 0002 56 ee eeee");

    List<Object> numbers =
        List.of(
            Attributes.of(buffer, 0, 16).get(1).u16(), Attributes.of(buffer, 0, 16).get(2).u8());

    assertThat(numbers).containsExactly(0x1234, 0x56);
  }

  private static Attribute only(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit()).iterator().next();
  }

  private static Arguments row(String getter, Object expected, String drawing) {
    return arguments(getter, expected, drawing);
  }
}
