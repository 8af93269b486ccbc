package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record MessageReaderMalformedTest(Memory memory) {

  @ParameterizedTest(name = "T07 a header cut to {0} bytes is malformed")
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 15})
  void truncatedHeaderIsMalformed(int length) {
    ByteBuffer buffer = memory.of("00000010 001c 0000 00000007 00000000").limit(length);

    MessageReader reader = over(buffer);

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(reader::next)
        .withMessageContaining(length + " bytes");
  }

  @ParameterizedTest(name = "T21 nlmsg_len 0x{0} is malformed")
  @CsvSource({
    "00000000, 0",
    "00000001, 1",
    "0000000f, 15",
    "00000015, 21",
    "00010000, 65536",
    "7fffffff, 2147483647",
    "80000000, 2147483648",
    "80000010, 2147483664",
    "fffffff0, 4294967280",
    "ffffffff, 4294967295"
  })
  void lengthThatDoesNotFitIsMalformed(String length, String shown) {
    MessageReader reader = over(memory.of(length + " 001c 0000 00000007 00000000 | 00000000"));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(reader::next)
        .withMessageContaining("message of " + shown + " bytes where 20 are left");
  }

  @Test
  @DisplayName("T07 a message cut by the end of its datagram is malformed, though the slot goes on")
  void messageCutByTheEndOfItsDatagramIsMalformed() {
    ByteBuffer slot = memory.of("00000014 001c 0000 00000007 00000000 | 01 01 0000");

    MessageReader reader = new MessageReader().read(slot, 0, 19);

    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(reader::next);
  }

  @Test
  @DisplayName("T06 messages before a malformed one are read")
  void messagesBeforeMalformedOneAreRead() {
    MessageReader reader =
        over(
            memory.of(
                """
                | 00000010 001c 0000 00000007 00000000 |
                | 0000000f 001c 0000 00000008 00000000 |
                """));

    assertThat(reader.next()).isTrue();
    assertThat(reader.sequence()).isEqualTo(7);
    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(reader::next);
  }

  @Test
  @DisplayName("T06 one to three bytes behind the padding are no message")
  void bytesBehindTheLastMessageAreMalformed() {
    MessageReader reader = over(memory.of("00000010 001c 0000 00000007 00000000 | ff"));
    reader.next();

    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(reader::next);
  }

  @Test
  @DisplayName("T21 a zero length does not loop: the reader refuses it each time")
  void readerStaysWhereItIsMalformed() {
    MessageReader reader = over(memory.allocate(64));

    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(reader::next);
    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(reader::next);
  }

  @ParameterizedTest(name = "T04 NLMSG_ERROR with a payload of {0} bytes is malformed")
  @ValueSource(ints = {0, 1, 3})
  void shortErrorIsMalformed(int payload) {
    MessageReader reader = last(message(2, payload));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(reader::error)
        .withMessageContaining(16 + payload + " bytes");
  }

  @ParameterizedTest(name = "T13 NLMSG_DONE with a payload of {0} bytes has no error")
  @ValueSource(ints = {0, 1, 3})
  void shortDoneHasNoError(int payload) {
    MessageReader reader = last(message(3, payload));

    assertThat(reader.error()).isZero();
  }

  @ParameterizedTest(name = "a payload of {0} bytes holds no generic header")
  @ValueSource(ints = {0, 1, 3})
  void shortGenericHeaderIsMalformed(int payload) {
    MessageReader reader = last(message(0x1c, payload));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(reader::requireGenericHeader)
        .withMessageContaining(16 + payload + " bytes");
  }

  @Test
  void genericHeaderNeedsNothingBehindIt() {
    MessageReader reader = last(message(0x1c, 4));

    assertThatCode(reader::requireGenericHeader).doesNotThrowAnyException();
  }

  /** Behind another a message that ends with its buffer, so that a read too far is noticed. */
  private ByteBuffer message(int type, int payload) {
    String another = "00000010 001c 0000 00000007 00000000 |";
    String header = String.format("%08x %04x 0000 00000007 00000000", 16 + payload, type);
    return memory.of(another + header + "| eeeeeeee").limit(32 + payload);
  }

  private static MessageReader last(ByteBuffer datagram) {
    MessageReader reader = over(datagram);
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    return reader;
  }

  private static MessageReader over(ByteBuffer datagram) {
    return new MessageReader().read(datagram, 0, datagram.limit());
  }
}
