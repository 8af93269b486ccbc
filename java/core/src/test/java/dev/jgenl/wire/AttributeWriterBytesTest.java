package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeWriterBytesTest(Memory memory) {

  static Stream<Arguments> drawings() {
    return Stream.of(
        //                                    | len  type  payload        padding |
        row("T21 a flag", a -> a.putFlag(1), "0004 0001"),
        row("T24 an empty string", a -> a.putString(1, ""), "0005 0001  00    00 00 00"),
        row("T24 a string of 3", a -> a.putString(1, "abc"), "0008 0001  'abc' 00"),
        row("T24 a string of 4", a -> a.putString(1, "abcd"), "0009 0001  'abcd' 00 00 00 00"),
        row(
            "T24 the first that is no ASCII",
            a -> a.putString(1, "\u0080"),
            "0007 0001  c2 80 00  00"),
        row("T24 UTF-8", a -> a.putString(1, "é😀"), "000b 0001 c3 a9 f0 9f 98 80 00 00"),
        row("T21 no bytes", a -> a.putBytes(1, bytes()), "0004 0001"),
        row("T21 1 byte", a -> a.putBytes(1, bytes(9)), "0005 0001  09         00 00 00"),
        row("T21 2 bytes", a -> a.putBytes(1, bytes(9, 8)), "0006 0001  09 08         00 00"),
        row("T21 3 bytes", a -> a.putBytes(1, bytes(9, 8, 7)), "0007 0001  09 08 07    00"),
        row("T21 4 bytes", a -> a.putBytes(1, bytes(9, 8, 7, 6)), "0008 0001  09 08 07 06"),
        row("T24 NULs in bytes", a -> a.putBytes(1, bytes(0, 1, 0)), "0007 0001  00 01 00  00"),
        row(
            "T21 bytes of a buffer",
            a -> a.putBytes(1, ByteBuffer.wrap(bytes(9))),
            "0005 0001  09         00 00 00"),
        row("T22 highest type", a -> a.putFlag(0x3fff), "0004 3fff"),
        row("T25 type 0, of an array", a -> a.putFlag(0), "0004 0000"),
        row("T22 byte order flag", a -> a.putFlag(0x4001), "0004 4001"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drawings")
  void attributeIsWrittenAsDrawn(String what, UnaryOperator<AttributeWriter> put, String drawing) {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(64));
    AttributeWriter writer = new AttributeWriter(out);

    AttributeWriter returned = put.apply(writer);

    assertThat(returned).isSameAs(writer);
    assertThat(written(out)).as(what).isEqualTo(memory.bytes(drawing));
  }

  @ParameterizedTest(name = "T21 padding is zero in a used buffer: {0}")
  @MethodSource("drawings")
  void paddingIsZeroInUsedBuffer(String what, UnaryOperator<AttributeWriter> put, String drawing) {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    AttributeWriter returned = put.apply(writer);

    assertThat(returned).isSameAs(writer);
    assertThat(written(out)).as(what).isEqualTo(memory.bytes(drawing));
  }

  @ParameterizedTest(name = "T24 a string of {0} characters, ASCII or not")
  @ValueSource(ints = {1, 15, 16, 127, 128, 255, 256, 257, 4096})
  void stringOfAnyLengthIsInUtf8(int length) {
    String ascii = "x".repeat(length);
    String mixed = "x".repeat(length - 1) + "\u00e9";
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putString(1, ascii).putString(2, mixed);

    Attributes written = Attributes.of(out.buffer(), 0, out.end());
    assertThat(written.get(1).bytes()).isEqualTo((ascii + "\0").getBytes(StandardCharsets.UTF_8));
    assertThat(written.get(2).bytes()).isEqualTo((mixed + "\0").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("T25 attributes follow each other in the order in which they are put")
  void attributesKeepTheirOrder() {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putU8(3, 1).putString(1, "x").putFlag(3);

    assertThat(written(out))
        .isEqualTo(
            memory.bytes(
                """
                | len  type  payload     |
                | 0005 0003  01 00 00 00 |
                | 0006 0001  'x' 00 0000 |
                | 0004 0003              |
                """));
  }

  @Test
  void onlyBytesBetweenPositionAndLimitAreWritten() {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(64));
    AttributeWriter writer = new AttributeWriter(out);
    ByteBuffer value = ByteBuffer.wrap(bytes(1, 2, 3, 4, 5)).position(1).limit(4);

    writer.putBytes(1, value);

    assertThat(written(out)).isEqualTo(memory.bytes("0007 0001 02 03 04 00"));
  }

  @Test
  void positionAndLimitOfWrittenBytesStay() {
    AttributeWriter writer = new AttributeWriter(new GrowingBuffer(memory.allocate(64)));
    ByteBuffer value = ByteBuffer.wrap(bytes(1, 2, 3, 4, 5)).position(1).limit(4);

    writer.putBytes(1, value);

    assertThat(value.position()).isEqualTo(1);
    assertThat(value.limit()).isEqualTo(4);
  }

  @Test
  void bytesMayComeFromReadOnlyDirectMemory() {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(64));
    AttributeWriter writer = new AttributeWriter(out);
    ByteBuffer value = ByteBuffer.allocateDirect(2).put(0, bytes(7, 8)).asReadOnlyBuffer();

    writer.putBytes(1, value);

    assertThat(written(out)).isEqualTo(memory.bytes("0006 0001 07 08 0000"));
  }

  @Test
  void nothingIsWrittenBehindTheLastPadding() {
    ByteBuffer buffer = memory.used(64);
    GrowingBuffer out = new GrowingBuffer(buffer);
    AttributeWriter writer = new AttributeWriter(out);

    writer.putU8(1, 2).putString(3, "four");

    assertThat(Memory.copy(buffer, out.end(), 64)).containsOnly(0xee);
  }

  private static Arguments row(String what, UnaryOperator<AttributeWriter> put, String drawing) {
    return arguments(what, put, drawing);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] written(GrowingBuffer out) {
    return Memory.copy(out.buffer(), 0, out.end());
  }
}
