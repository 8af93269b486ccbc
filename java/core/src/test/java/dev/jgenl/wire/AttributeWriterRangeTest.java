package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeWriterRangeTest {

  private final GrowingBuffer out =
      new GrowingBuffer(ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()));
  private final AttributeWriter writer = new AttributeWriter(out);

  static Stream<Arguments> values() {
    return Stream.of(
        refused("T23 u8 of 256", a -> a.putU8(1, 256)),
        refused("T23 u8 of -1", a -> a.putU8(1, -1)),
        refused("T23 u8 of 2^31 - 1", a -> a.putU8(1, Integer.MAX_VALUE)),
        refused("T23 u8 of -2^31", a -> a.putU8(1, Integer.MIN_VALUE)),
        refused("T23 u16 of 65536", a -> a.putU16(1, 65536)),
        refused("T23 u16 of -1", a -> a.putU16(1, -1)),
        refused("T23 big-endian u16 of 65536", a -> a.putU16Be(1, 65536)),
        refused("T23 big-endian u16 of -1", a -> a.putU16Be(1, -1)),
        refused("T23 u32 of 2^32", a -> a.putU32(1, 1L << 32)),
        refused("T23 u32 of -1", a -> a.putU32(1, -1)),
        refused("T23 u32 of -2^63", a -> a.putU32(1, Long.MIN_VALUE)),
        refused("T23 big-endian u32 of 2^32", a -> a.putU32Be(1, 1L << 32)),
        refused("T23 big-endian u32 of -1", a -> a.putU32Be(1, -1)),
        refused("T24 a string with a NUL", a -> a.putString(1, "a\0b")),
        refused("T24 a string with a NUL at its start", a -> a.putString(1, "\0a")),
        refused("T24 a string with a NUL at its end", a -> a.putString(1, "a\0")),
        refused("T24 a string of 65531", a -> a.putString(1, "x".repeat(65531))),
        refused("T24 a string of 65532 bytes in UTF-8", a -> a.putString(1, "é".repeat(32766))),
        refused("T21 65532 bytes", a -> a.putBytes(1, new byte[65532])),
        refused("T21 65536 bytes", a -> a.putBytes(1, new byte[65536])),
        refused("T21 a buffer of 65532 bytes", a -> a.putBytes(1, ByteBuffer.allocate(65532))),
        refused("T23 u16s with 65536", a -> a.putU16s(1, 1, 65536)),
        refused("T23 u16s with -1", a -> a.putU16s(1, -1, 1)),
        refused("T23 u32s with 2^32", a -> a.putU32s(1, 1, 1L << 32)),
        refused("T23 u32s with -1", a -> a.putU32s(1, -1, 1)),
        refused("T21 32766 u16s", a -> a.putU16s(1, new int[32766])),
        refused("T21 32766 s16s", a -> a.putS16s(1, new short[32766])),
        refused("T21 16383 u32s", a -> a.putU32s(1, new long[16383])),
        refused("T21 16383 s32s", a -> a.putS32s(1, new int[16383])),
        refused("T21 8192 u64s", a -> a.putU64s(1, new long[8192])),
        refused("T22 type -1 of an array", a -> a.putS32s(-1, 1)),
        refused("T22 type -1", a -> a.putFlag(-1)),
        refused("T22 type 0x10000", a -> a.putFlag(0x10000)),
        refused(
            "T22 the flag of a nest on a value",
            a -> a.putU32(NetlinkConstants.NLA_F_NESTED | 1, 0)),
        refused(
            "T22 type 0x8000 of a nest", a -> a.putNested(NetlinkConstants.NLA_F_NESTED, n -> {})));
  }

  @ParameterizedTest(name = "{0} is refused")
  @MethodSource("values")
  void valueOutOfRangeIsRefused(String what, Consumer<AttributeWriter> put) {
    assertThatIllegalArgumentException().as(what).isThrownBy(() -> put.accept(writer));
  }

  @ParameterizedTest(name = "{0} leaves no trace")
  @MethodSource("values")
  void refusedValueLeavesNoTrace(String what, Consumer<AttributeWriter> put) {
    writer.putU32(7, 42);

    assertThatIllegalArgumentException().isThrownBy(() -> put.accept(writer));

    assertThat(out.end()).as(what).isEqualTo(8);
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        arguments("T21 65531 bytes", put(a -> a.putBytes(1, new byte[65531]))),
        arguments("T21 a buffer of 65531 bytes", put(a -> a.putBytes(1, direct(65531)))),
        arguments("T24 a string of 65530", put(a -> a.putString(1, "x".repeat(65530)))),
        arguments("T24 a string of 65530 in UTF-8", put(a -> a.putString(1, "é".repeat(32765)))));
  }

  @ParameterizedTest(name = "{0} fit")
  @MethodSource("limits")
  void longestPayloadHasTheHighestLength(String what, Consumer<AttributeWriter> put) {
    put.accept(writer);

    assertThat(out.buffer().getShort(0)).as(what).isEqualTo((short) 0xffff);
    assertThat(out.end()).isEqualTo(65536);
  }

  @ParameterizedTest(name = "{0}: what is refused is named")
  @MethodSource("values")
  void refusalNamesTheAttribute(String what, Consumer<AttributeWriter> put) {
    assertThatCode(() -> put.accept(writer)).as(what).hasMessageStartingWith("attribute ");
  }

  private static Arguments refused(String what, Consumer<AttributeWriter> put) {
    return arguments(what, put);
  }

  private static Consumer<AttributeWriter> put(Consumer<AttributeWriter> put) {
    return put;
  }

  private static ByteBuffer direct(int capacity) {
    return ByteBuffer.allocateDirect(capacity);
  }
}
