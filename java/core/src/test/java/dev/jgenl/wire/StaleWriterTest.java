package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
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
record StaleWriterTest(Memory memory) {

  static Stream<Arguments> puts() {
    return Stream.of(
        row("putFlag", a -> a.putFlag(1)),
        row("putU8", a -> a.putU8(1, 2)),
        row("putS8", a -> a.putS8(1, (byte) 2)),
        row("putU16", a -> a.putU16(1, 2)),
        row("putS16", a -> a.putS16(1, (short) 2)),
        row("putU16Be", a -> a.putU16Be(1, 2)),
        row("putU32", a -> a.putU32(1, 2)),
        row("putS32", a -> a.putS32(1, 2)),
        row("putU32Be", a -> a.putU32Be(1, 2)),
        row("putU64", a -> a.putU64(1, 2)),
        row("putS64", a -> a.putS64(1, 2)),
        row("putU64Be", a -> a.putU64Be(1, 2)),
        row("putUint", a -> a.putUint(1, 2)),
        row("putSint", a -> a.putSint(1, 2)),
        row("putBitfield32", a -> a.putBitfield32(1, new Bitfield32(1, 3))),
        row("putString", a -> a.putString(1, "two")),
        row("putString, not ASCII", a -> a.putString(1, "é")),
        row("putBytes", a -> a.putBytes(1, new byte[2])),
        row("putBytes of a buffer", a -> a.putBytes(1, ByteBuffer.allocate(2))),
        row("putNested", a -> a.putNested(1, n -> {})));
  }

  @ParameterizedTest(name = "T57 {0} behind the end of the message", quoteTextArguments = false)
  @MethodSource("puts")
  void writerOfEndedMessageThrows(String what, Consumer<AttributeWriter> put) {
    MessageWriter writer = new MessageWriter(memory.used(64));
    AttributeWriter kept = writer.begin(0x1c, 1, 7, 0, 1, 1);
    writer.end();

    assertThatIllegalStateException()
        .as(what)
        .isThrownBy(() -> put.accept(kept))
        .withMessageContaining("only for the length of the call");

    assertThat(written(writer))
        .isEqualTo(memory.bytes("00000014 001c 0001 00000007 00000000 | 01 01 0000"));
  }

  @ParameterizedTest(name = "T57 {0} while the next message is written", quoteTextArguments = false)
  @MethodSource("puts")
  void writerOfEarlierMessageThrows(String what, Consumer<AttributeWriter> put) {
    MessageWriter writer = new MessageWriter(memory.used(64));
    AttributeWriter kept = writer.begin(0x1c, 1, 7, 0, 1, 1);
    writer.end();
    writer.begin(0x1d, 1, 8, 0, 1, 1);

    assertThatIllegalStateException().as(what).isThrownBy(() -> put.accept(kept));

    writer.end();
    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 00000014 001c 0001 00000007 00000000 | 01 01 0000 |
                | 00000014 001d 0001 00000008 00000000 | 01 01 0000 |
                """));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        arguments("end", end(MessageWriter::end)),
        arguments("clear", end(MessageWriter::clear)),
        arguments("truncate", end(w -> w.truncate(0))),
        arguments("begin", end(w -> w.begin(0x1d, 1, 8, 0, 1, 1))),
        arguments("begin of another protocol", end(w -> w.begin(0x1d, 1, 8, 0, new byte[4]))));
  }

  @ParameterizedTest(name = "T57 a writer is not used behind {0}", quoteTextArguments = false)
  @MethodSource("ends")
  void writerIsNotUsedBehindTheEnd(String what, Consumer<MessageWriter> end) {
    MessageWriter writer = new MessageWriter(memory.used(64));
    AttributeWriter kept = writer.begin(0x1c, 1, 7, 0, 1, 1);

    end.accept(writer);

    int length = writer.length();
    assertThatIllegalStateException().as(what).isThrownBy(() -> kept.putFlag(1));
    assertThat(writer.length()).isEqualTo(length);
  }

  @ParameterizedTest(
      name = "T57 a nest whose content ends the message by {0} is refused",
      quoteTextArguments = false)
  @MethodSource("ends")
  void nestWhoseContentEndsTheMessageIsRefused(String what, Consumer<MessageWriter> end) {
    MessageWriter writer = new MessageWriter(memory.used(64));
    AttributeWriter attributes = writer.begin(0x1c, 1, 7, 0, 1, 1);

    assertThatIllegalStateException()
        .as(what)
        .isThrownBy(() -> attributes.putNested(5, n -> end.accept(writer)));
  }

  @Test
  @DisplayName("T57 a nest whose content ended its message and throws changes no other message")
  void nestOfEndedMessageChangesNoOther() {
    MessageWriter writer = new MessageWriter(memory.used(64));
    AttributeWriter attributes = writer.begin(0x1c, 1, 7, 0, 1, 1);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                attributes.putNested(
                    5,
                    n -> {
                      writer.clear();
                      writer.begin(0x1d, 1, 8, 0, 1, 1).putU32(1, 42);
                      writer.end();
                      n.putFlag(1);
                    }));

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes("0000001c 001d 0001 00000008 00000000 | 01 01 0000 | 0008 0001 0000002a"));
  }

  @Test
  @DisplayName("T57 each message has a writer of its own")
  void nextMessageHasItsOwnWriter() {
    MessageWriter writer = new MessageWriter(memory.used(64));
    writer.begin(0x1c, 1, 7, 0, 1, 1).putFlag(1);
    writer.end();

    writer.begin(0x1d, 1, 8, 0, 1, 1).putFlag(2);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 00000018 001c 0001 00000007 00000000 | 01 01 0000 | 0004 0001 |
                | 00000018 001d 0001 00000008 00000000 | 01 01 0000 | 0004 0002 |
                """));
  }

  private static Consumer<MessageWriter> end(Consumer<MessageWriter> end) {
    return end;
  }

  private static Arguments row(String what, Consumer<AttributeWriter> put) {
    return arguments(what, put);
  }

  private static byte[] written(MessageWriter writer) {
    return Memory.copy(writer.buffer(), 0, writer.length());
  }
}
