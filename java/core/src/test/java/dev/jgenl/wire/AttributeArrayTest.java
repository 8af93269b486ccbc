package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
record AttributeArrayTest(Memory memory) {

  private record Getter(int size, Function<Attribute, Object> get) {}

  private static final Map<String, Getter> GETTERS =
      Map.of(
          "u16s", new Getter(2, Attribute::u16s),
          "s16s", new Getter(2, Attribute::s16s),
          "u32s", new Getter(4, Attribute::u32s),
          "s32s", new Getter(4, Attribute::s32s),
          "u64s", new Getter(8, Attribute::u64s));

  /** Byte by byte, once for each order: little-endian, then big-endian. */
  static Stream<Arguments> arrays() {
    return Stream.of(
        //                                    | len | type | payload               | padding |
        array(
            "u16s",
            new int[] {0x0102, 65535, 0},
            a -> a.putU16s(1, 0x0102, 65535, 0),
            /*                                 */ "0a 00 01 00 02 01 ff ff 00 00         00 00",
            /*                                 */ "00 0a 00 01 01 02 ff ff 00 00         00 00"),
        array(
            "s16s",
            new short[] {-2, 258},
            a -> a.putS16s(1, (short) -2, (short) 258),
            /*                                 */ "08 00 01 00 fe ff 02 01",
            /*                                 */ "00 08 00 01 ff fe 01 02"),
        array(
            "u32s",
            new long[] {0xfedcba98L, 1},
            a -> a.putU32s(1, 0xfedcba98L, 1),
            /*                                 */ "0c 00 01 00 98 ba dc fe 01 00 00 00",
            /*                                 */ "00 0c 00 01 fe dc ba 98 00 00 00 01"),
        array(
            "s32s",
            new int[] {-2, 0x01020304},
            a -> a.putS32s(1, -2, 0x01020304),
            /*                                 */ "0c 00 01 00 fe ff ff ff 04 03 02 01",
            /*                                 */ "00 0c 00 01 ff ff ff fe 01 02 03 04"),
        array(
            "u64s",
            new long[] {0xfedcba9876543210L},
            a -> a.putU64s(1, 0xfedcba9876543210L),
            /*                                 */ "0c 00 01 00 10 32 54 76 98 ba dc fe",
            /*                                 */ "00 0c 00 01 fe dc ba 98 76 54 32 10"),
        array("u16s", new int[0], a -> a.putU16s(1), "04 00 01 00", "00 04 00 01"),
        array("s16s", new short[0], a -> a.putS16s(1), "04 00 01 00", "00 04 00 01"),
        array("u32s", new long[0], a -> a.putU32s(1), "04 00 01 00", "00 04 00 01"),
        array("s32s", new int[0], a -> a.putS32s(1), "04 00 01 00", "00 04 00 01"),
        array("u64s", new long[0], a -> a.putU64s(1), "04 00 01 00", "00 04 00 01"));
  }

  @ParameterizedTest(name = "T23 {0} of {1}")
  @MethodSource("arrays")
  void arrayIsReadInTheOrderOfTheMessage(
      String getter,
      Object expected,
      UnaryOperator<AttributeWriter> put,
      String littleEndian,
      String bigEndian) {
    Attribute attribute = only(memory.of(memory.isBigEndian() ? bigEndian : littleEndian));

    assertThat(GETTERS.get(getter).get().apply(attribute)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "T23 {0} of {1}")
  @MethodSource("arrays")
  void arrayIsWrittenInTheOrderOfTheMessage(
      String getter,
      Object values,
      UnaryOperator<AttributeWriter> put,
      String littleEndian,
      String bigEndian) {
    GrowingBuffer out = new GrowingBuffer(memory.used(8));
    AttributeWriter writer = new AttributeWriter(out);

    AttributeWriter returned = put.apply(writer);

    assertThat(returned).isSameAs(writer);
    assertThat(Memory.copy(out.buffer(), 0, out.end()))
        .as("%s of %s", getter, values)
        .isEqualTo(memory.bytes(memory.isBigEndian() ? bigEndian : littleEndian));
  }

  static Stream<Arguments> wrongLengths() {
    return GETTERS.keySet().stream()
        .sorted()
        .flatMap(
            getter ->
                IntStream.of(1, 2, 3, 4, 6, 7, 9, 12, 20, 65531)
                    .filter(length -> length % GETTERS.get(getter).size() != 0)
                    .mapToObj(length -> arguments(getter, length)));
  }

  @ParameterizedTest(name = "T21 {0} refuses a payload of {1} bytes")
  @MethodSource("wrongLengths")
  void arrayWithPartOfAnElementIsRefused(String getter, int length) {
    Attribute attribute =
        only(memory.allocate(4 + length).putShort(0, (short) (4 + length)).putShort(2, (short) 7));
    int size = GETTERS.get(getter).size();

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> GETTERS.get(getter).get().apply(attribute))
        .withMessage(
            "attribute 7 has a payload of " + length + " bytes, not of a multiple of " + size);
  }

  @Test
  @DisplayName("T21 padding is no part of an array")
  void paddingIsNoElement() {
    ByteBuffer buffer = memory.of("0006 0001 1234 eeee | 000a 0002 0001 0002 0003 eeee");
    Attributes attributes = Attributes.of(buffer, 0, buffer.limit());

    assertThat(attributes.get(1).u16s()).containsExactly(0x1234);
    assertThat(attributes.get(2).s16s()).containsExactly(1, 2, 3);
  }

  @Test
  void arrayIsACopy() {
    ByteBuffer buffer = memory.of("0008 0001 0000002a");
    long[] values = only(buffer).u32s();

    buffer.putInt(4, 9);

    assertThat(values).containsExactly(42);
  }

  private static Arguments array(
      String getter,
      Object values,
      UnaryOperator<AttributeWriter> put,
      String littleEndian,
      String bigEndian) {
    return arguments(getter, values, put, littleEndian, bigEndian);
  }

  private static Attribute only(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit()).iterator().next();
  }
}
