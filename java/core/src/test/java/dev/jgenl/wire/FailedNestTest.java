package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
record FailedNestTest(Memory memory) {

  static Stream<Arguments> failures() {
    return Stream.of(
        row("content that throws", n -> fail()),
        row("content that throws behind attributes", n -> fail(n.putU32(1, 42).putString(2, "x"))),
        row("a number out of range", n -> n.putU8(1, 2).putU8(2, 256)),
        row("a type out of range", n -> n.putFlag(0x8001)),
        row("a string with a NUL", n -> n.putString(1, "a\0b")),
        row("bytes too many", n -> n.putU8(1, 2).putBytes(2, new byte[65532])),
        row("content too long", n -> n.putBytes(1, new byte[40000]).putBytes(2, new byte[40000])),
        row("an inner nest that throws", n -> n.putU8(1, 2).putNested(2, i -> fail(i.putFlag(3)))),
        row("content behind growth", n -> fail(n.putBytes(1, new byte[1000]))));
  }

  @ParameterizedTest(
      name = "T57 {0} leaves the writer as before the nest",
      quoteTextArguments = false)
  @MethodSource("failures")
  void failedNestLeavesNothing(String what, Consumer<AttributeWriter> content) {
    GrowingBuffer out = new GrowingBuffer(memory.used(32));
    AttributeWriter writer = new AttributeWriter(out);
    writer.putU8(3, 9);

    assertThatIllegalArgumentException().as(what).isThrownBy(() -> writer.putNested(5, content));

    assertThat(written(out)).isEqualTo(memory.bytes("0005 0003 09 00 00 00"));
  }

  @ParameterizedTest(
      name = "T57 what follows {0} takes the place of the nest",
      quoteTextArguments = false)
  @MethodSource("failures")
  void attributeBehindFailedNestTakesItsPlace(String what, Consumer<AttributeWriter> content) {
    GrowingBuffer out = new GrowingBuffer(memory.used(32));
    AttributeWriter writer = new AttributeWriter(out);
    assertThatIllegalArgumentException().as(what).isThrownBy(() -> writer.putNested(5, content));

    writer.putNested(6, n -> n.putU8(1, 7)).putU16(2, 8);

    assertThat(written(out))
        .isEqualTo(
            memory.bytes(
                """
                | len  type                         |
                | 000c 8006                         |
                |            0005 0001  07 00 00 00 |
                | 0006 0002  0008 0000              |
                """));
  }

  @Test
  @DisplayName("T57 an outer nest goes on behind an inner one that has failed")
  void outerNestGoesOn() {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putNested(
        5,
        n -> {
          n.putU8(1, 9);
          assertThatIllegalArgumentException()
              .isThrownBy(() -> n.putNested(2, inner -> fail(inner.putU32(3, 42))));
          n.putU8(4, 8);
        });

    assertThat(written(out))
        .isEqualTo(
            memory.bytes(
                """
                | len  type                         |
                | 0014 8005                         |
                |            0005 0001  09 00 00 00 |
                |            0005 0004  08 00 00 00 |
                """));
  }

  @Test
  @DisplayName("T57 an error in a nest leaves the writer as before")
  void errorInNestLeavesNothing() {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> writer.putFlag(1).putNested(5, FailedNestTest::withoutEnd));

    assertThat(written(out)).isEqualTo(memory.bytes("0004 0001"));
  }

  @Test
  @DisplayName("T49 the buffer cannot grow at any place: the message is as before the attribute")
  void buffersThatCannotGrowLeaveWholeAttributes() {
    String drawing = "0008 0001 0000002a | 0010 8002 0005 0003 09 00 00 00 0004 0004 | 0004 0005";
    for (int capacity = 0; capacity < 28; capacity++) {
      AtomicInteger refused = new AtomicInteger();
      GrowingBuffer out =
          new GrowingBuffer(
              memory.used(capacity),
              size -> {
                refused.incrementAndGet();
                throw new OutOfMemoryError("no " + size + " bytes");
              });
      AttributeWriter writer = new AttributeWriter(out);

      assertThatExceptionOfType(OutOfMemoryError.class)
          .isThrownBy(
              () -> writer.putU32(1, 42).putNested(2, n -> n.putU8(3, 9).putFlag(4)).putFlag(5));

      int whole = capacity < 8 ? 0 : capacity < 24 ? 8 : 24;
      assertThat(refused).hasValue(1);
      assertThat(written(out)).isEqualTo(Memory.copy(memory.of(drawing), 0, whole));
    }
  }

  private static void withoutEnd(AttributeWriter writer) {
    writer.putNested(5, FailedNestTest::withoutEnd);
  }

  private static void fail(AttributeWriter... ignored) {
    throw new IllegalArgumentException("the content fails");
  }

  private static Arguments row(String what, Consumer<AttributeWriter> content) {
    return arguments(what, content);
  }

  private static byte[] written(GrowingBuffer out) {
    return Memory.copy(out.buffer(), 0, out.end());
  }
}
