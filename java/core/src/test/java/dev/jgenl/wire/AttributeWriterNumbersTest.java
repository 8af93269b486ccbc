package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeWriterNumbersTest(Memory memory) {

  /** Byte by byte, once for each order: little-endian, then big-endian. */
  static Stream<Arguments> numbers() {
    return Stream.of(
        //                                   | len | type | payload               | padding |
        number(
            "u8 of 0",
            a -> a.putU8(1, 0),
            /*                                */ "05 00 01 00 00                      00 00 00",
            /*                                */ "00 05 00 01 00                      00 00 00"),
        number(
            "u8 of 255",
            a -> a.putU8(1, 255),
            /*                                */ "05 00 01 00 ff                      00 00 00",
            /*                                */ "00 05 00 01 ff                      00 00 00"),
        number(
            "s8 of -128",
            a -> a.putS8(2, (byte) -128),
            /*                                */ "05 00 02 00 80                      00 00 00",
            /*                                */ "00 05 00 02 80                      00 00 00"),
        number(
            "u16 of 258",
            a -> a.putU16(3, 0x0102),
            /*                                */ "06 00 03 00 02 01                      00 00",
            /*                                */ "00 06 00 03 01 02                      00 00"),
        number(
            "u16 of 65535",
            a -> a.putU16(3, 65535),
            /*                                */ "06 00 03 00 ff ff                      00 00",
            /*                                */ "00 06 00 03 ff ff                      00 00"),
        number(
            "s16 of -2",
            a -> a.putS16(4, (short) -2),
            /*                                */ "06 00 04 00 fe ff                      00 00",
            /*                                */ "00 06 00 04 ff fe                      00 00"),
        number(
            "u32 of 42",
            a -> a.putU32(5, 42),
            /*                                */ "08 00 05 00 2a 00 00 00",
            /*                                */ "00 08 00 05 00 00 00 2a"),
        number(
            "u32 above the sign bit",
            a -> a.putU32(5, 0xfedcba98L),
            /*                                */ "08 00 05 00 98 ba dc fe",
            /*                                */ "00 08 00 05 fe dc ba 98"),
        number(
            "s32 of -2",
            a -> a.putS32(6, -2),
            /*                                */ "08 00 06 00 fe ff ff ff",
            /*                                */ "00 08 00 06 ff ff ff fe"),
        number(
            "u64 above the sign bit",
            a -> a.putU64(7, 0xfedcba9876543210L),
            /*                                */ "0c 00 07 00 10 32 54 76 98 ba dc fe",
            /*                                */ "00 0c 00 07 fe dc ba 98 76 54 32 10"),
        number(
            "s64 of -2",
            a -> a.putS64(8, -2),
            /*                                */ "0c 00 08 00 fe ff ff ff ff ff ff ff",
            /*                                */ "00 0c 00 08 ff ff ff ff ff ff ff fe"),
        number(
            "bitfield32, value before selector",
            a -> a.putBitfield32(9, new Bitfield32(0x01020304, 0xf5f6f7f8)),
            /*                                */ "0c 00 09 00 04 03 02 01 f8 f7 f6 f5",
            /*                                */ "00 0c 00 09 01 02 03 04 f5 f6 f7 f8"),
        number(
            "big-endian u16",
            a -> a.putU16Be(10, 0xfe02),
            /*                                */ "06 00 0a 00 fe 02                      00 00",
            /*                                */ "00 06 00 0a fe 02                      00 00"),
        number(
            "big-endian u32",
            a -> a.putU32Be(11, 0xfedcba98L),
            /*                                */ "08 00 0b 00 fe dc ba 98",
            /*                                */ "00 08 00 0b fe dc ba 98"),
        number(
            "big-endian u64",
            a -> a.putU64Be(12, 0xfedcba9876543210L),
            /*                                */ "0c 00 0c 00 fe dc ba 98 76 54 32 10",
            /*                                */ "00 0c 00 0c fe dc ba 98 76 54 32 10"),
        number(
            "big-endian u16 that says so in its type",
            a -> a.putU16Be(NetlinkConstants.NLA_F_NET_BYTEORDER | 13, 0x0102),
            /*                                */ "06 00 0d 40 01 02                      00 00",
            /*                                */ "00 06 40 0d 01 02                      00 00"));
  }

  @ParameterizedTest(name = "T23 {0}")
  @MethodSource("numbers")
  void numberHasTheBytesOfItsOrder(
      String what, UnaryOperator<AttributeWriter> put, String littleEndian, String bigEndian) {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(64));
    AttributeWriter writer = new AttributeWriter(out);

    AttributeWriter returned = put.apply(writer);

    byte[] expected = memory.bytes(memory.isBigEndian() ? bigEndian : littleEndian);
    assertThat(returned).isSameAs(writer);
    assertThat(written(out)).as(what).isEqualTo(expected);
  }

  static Stream<Arguments> widths() {
    return Stream.of(
        width("uint of 0", a -> a.putUint(1, 0), "0008 0001 00000000"),
        width("uint of 2^32 - 1", a -> a.putUint(1, 0xffffffffL), "0008 0001 ffffffff"),
        width("uint of 2^32", a -> a.putUint(1, 0x100000000L), "000c 0001 0000000100000000"),
        width("uint of 2^63", a -> a.putUint(1, Long.MIN_VALUE), "000c 0001 8000000000000000"),
        width("uint of 2^64 - 1", a -> a.putUint(1, -1), "000c 0001 ffffffffffffffff"),
        width("sint of -1", a -> a.putSint(1, -1), "0008 0001 ffffffff"),
        width("sint of 2^31 - 1", a -> a.putSint(1, 0x7fffffffL), "0008 0001 7fffffff"),
        width("sint of 2^31", a -> a.putSint(1, 0x80000000L), "000c 0001 0000000080000000"),
        width("sint of -2^31", a -> a.putSint(1, -0x80000000L), "0008 0001 80000000"),
        width("sint of -2^31 - 1", a -> a.putSint(1, -0x80000001L), "000c 0001 ffffffff7fffffff"));
  }

  @ParameterizedTest(name = "T23 {0}")
  @MethodSource("widths")
  void uintAndSintTakeFourBytesWhereTheySuffice(
      String what, UnaryOperator<AttributeWriter> put, String drawing) {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(64));
    AttributeWriter writer = new AttributeWriter(out);

    AttributeWriter returned = put.apply(writer);

    assertThat(returned).isSameAs(writer);
    assertThat(written(out)).as(what).isEqualTo(memory.bytes(drawing));
  }

  private static Arguments number(
      String what, UnaryOperator<AttributeWriter> put, String littleEndian, String bigEndian) {
    return arguments(what, put, littleEndian, bigEndian);
  }

  private static Arguments width(String what, UnaryOperator<AttributeWriter> put, String drawing) {
    return arguments(what, put, drawing);
  }

  private static byte[] written(GrowingBuffer out) {
    return Memory.copy(out.buffer(), 0, out.end());
  }
}
