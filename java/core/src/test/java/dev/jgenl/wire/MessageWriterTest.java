package dev.jgenl.wire;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_ACK;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_DUMP;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record MessageWriterTest(Memory memory) {

  @Test
  void messageIsHeadersThenAttributes() {
    MessageWriter writer = new MessageWriter(memory.used(64));

    writer.begin(0x1c, NLM_F_REQUEST | NLM_F_ACK, 7, 0, 1, 2).putString(1, "Hi");
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | length   type flags sequence port ID  | nlmsghdr
                | 0000001c 001c 0005  00000007 00000000 |
                | cmd ver  zero                         | genlmsghdr
                | 01  02   0000                         |
                | len  type  payload    padding         | nlattr
                | 0007 0001  'Hi' 00    00              |
                """));
  }

  @Test
  void messageNeedsNoAttributes() {
    MessageWriter writer = new MessageWriter(memory.used(64));

    writer.begin(0x10, NLM_F_REQUEST | NLM_F_DUMP, 1, 2, 3, 1);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(memory.bytes("00000014 0010 0301 00000001 00000002 | 03 01 0000"));
  }

  @Test
  void headerOfTheFamilyIsPaddedAndStandsBeforeTheAttributes() {
    MessageWriter writer = new MessageWriter(memory.used(64));

    AttributeWriter attributes = writer.begin(0x1c, 1, 7, 0, 1, 1);
    writer.putFamilyHeader(new byte[] {1, 2, 3, 4, 5});
    attributes.putFlag(1);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 00000020 001c 0001 00000007 00000000 | 01 01 0000 |
                |   01 02 03 04 05 00 00 00            | 0004 0001  |
                """));
  }

  @Test
  void headerOfAnotherProtocolIsPaddedAndStandsBeforeTheAttributes() {
    MessageWriter writer = new MessageWriter(memory.used(64));

    writer.begin(0x10, 1, 7, 0, new byte[] {1, 2, 3, 4, 5}).putFlag(1);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 0000001c 0010 0001 00000007 00000000 |
                |   01 02 03 04 05 00 00 00            | 0004 0001  |
                """));
  }

  @ParameterizedTest(name = "nothing is written behind a header of {0} bytes")
  @ValueSource(ints = {0, 1, 3, 4})
  void nothingIsWrittenBehindTheHeader(int length) {
    MessageWriter writer = new MessageWriter(memory.used(64));

    writer.begin(0x10, 1, 7, 0, new byte[length]);
    writer.end();

    assertThat(Memory.copy(writer.buffer(), writer.length(), 64)).containsOnly(0xee);
  }

  @Test
  @DisplayName("T23 every field of the headers takes all of its bits")
  void fieldsOfTheHeadersTakeAllBits() {
    MessageWriter writer = new MessageWriter(memory.allocate(64));

    writer.begin(0xfffe, 0xfffd, 0xfffffffc, 0xfffffffb, 0xfa, 0xf9);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(memory.bytes("00000014 fffe fffd fffffffc fffffffb | fa f9 0000"));
  }

  @Test
  @DisplayName("T06 several messages follow each other")
  void messagesFollowEachOther() {
    MessageWriter writer = new MessageWriter(memory.used(64));

    writer.begin(0x1c, 1, 7, 0, 1, 1).putU8(1, 9);
    writer.end();
    writer.begin(0x1d, 1, 8, 0, 2, 1);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 0000001c 001c 0001 00000007 00000000 | 01 01 0000 | 0005 0001 09 00 00 00 |
                | 00000014 001d 0001 00000008 00000000 | 02 01 0000 |
                """));
  }

  /** A buffer that ends at, before and behind every byte of the messages. */
  static IntStream capacities() {
    return IntStream.rangeClosed(0, 60);
  }

  @ParameterizedTest(name = "growth from {0} bytes keeps what was written")
  @MethodSource("capacities")
  void growthKeepsMessages(int capacity) {
    MessageWriter writer = new MessageWriter(memory.used(capacity));

    writer.begin(0x1c, 1, 7, 0, 1, 1).putNested(2, n -> n.putU16(1, 9));
    writer.end();
    writer.begin(0x1d, 1, 8, 0, 2, 1).putU8(1, 255);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 00000020 001c 0001 00000007 00000000 | 01 01 0000 |
                |   000c 8002 | 0006 0001 0009 0000    |
                | 0000001c 001d 0001 00000008 00000000 | 02 01 0000 |
                |   0005 0001 ff 00 00 00              |
                """));
  }

  @Test
  void clearForgetsAllMessages() {
    MessageWriter writer = new MessageWriter(memory.used(64));
    writer.begin(0x1c, 1, 7, 0, 1, 1).putString(1, "an earlier message");
    writer.end();

    writer.clear();

    assertThat(writer.length()).isZero();
  }

  @Test
  @DisplayName("T21 nothing of a cleared message is left in the padding of the next")
  void clearedMessageLeavesNothingInPadding() {
    MessageWriter writer = new MessageWriter(memory.allocate(64));
    writer.begin(-1, -1, -1, -1, -1, -1).putBytes(1, memory.bytes("ffffffffffffffff"));
    writer.end();

    writer.clear();
    writer.begin(0x1c, 1, 7, 0, 1, 1).putU8(1, 9).putString(2, "");
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 00000024 001c 0001 00000007 00000000 | 01 01 0000 |
                |   0005 0001 09 00 00 00              |
                |   0005 0002 00 00 00 00              |
                """));
  }

  @Test
  void truncateForgetsTheMessageThatCouldNotBeCompleted() {
    MessageWriter writer = new MessageWriter(memory.allocate(64));
    writer.begin(0x1c, 1, 7, 0, 1, 1);
    writer.end();
    int complete = writer.length();
    writer.begin(0x1d, 1, 8, 0, 1, 1).putString(1, "half a message");

    writer.truncate(complete);

    assertThat(written(writer))
        .isEqualTo(memory.bytes("00000014 001c 0001 00000007 00000000 | 01 01 0000"));
  }

  @Test
  void messageAfterTruncateTakesThePlaceOfTheForgottenOne() {
    MessageWriter writer = new MessageWriter(memory.allocate(64));
    writer.begin(0x1c, 1, 7, 0, 1, 1);
    writer.end();
    int complete = writer.length();
    writer.begin(0x1d, 1, 8, 0, 1, 1).putString(1, "half a message");

    writer.truncate(complete);
    writer.begin(0x1e, 1, 9, 0, 1, 1);
    writer.end();

    assertThat(written(writer))
        .isEqualTo(
            memory.bytes(
                """
                | 00000014 001c 0001 00000007 00000000 | 01 01 0000 |
                | 00000014 001e 0001 00000009 00000000 | 01 01 0000 |
                """));
  }

  @Test
  void bufferIsTheGivenOneAsLongAsItSuffices() {
    ByteBuffer first = memory.allocate(20);
    MessageWriter writer = new MessageWriter(first);

    writer.begin(0x1c, 1, 7, 0, 1, 1);
    writer.end();

    assertThat(writer.buffer()).isSameAs(first);
  }

  private static byte[] written(MessageWriter writer) {
    return Memory.copy(writer.buffer(), 0, writer.length());
  }
}
