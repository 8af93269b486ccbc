package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record MessageReaderTest(Memory memory) {

  private static final String THREE_MESSAGES =
      """
      | length   type flags sequence port ID                   |
      | 0000001c 001c 0002  00000007 00000064                  |
      |   01 01 0000 | 0005 0001 09 00 00 00                   |
      | 00000024 0002 0100  00000008 00000064                  |
      |   ffffffea | 0000001c 001c 0005 00000008 00000000      |
      | 00000017 001c 0002  00000009 00000064                  |
      |   02 01 0000 | 'end'                                   |
      """;

  @Test
  void accessorsReadTheHeader() {
    MessageReader reader = first("00000010 001c 0302 00000007 00000064");

    assertThat(reader.type()).isEqualTo(0x1c);
    assertThat(reader.flags()).isEqualTo(0x302);
    assertThat(reader.sequence()).isEqualTo(7);
    assertThat(reader.portId()).isEqualTo(100);
  }

  @Test
  @DisplayName("T23 fields of the header above the sign bit")
  void accessorsReadAllBits() {
    MessageReader reader = first("00000010 fffe fffd fffffffc fffffffb");

    assertThat(reader.type()).isEqualTo(0xfffe);
    assertThat(reader.flags()).isEqualTo(0xfffd);
    assertThat(reader.sequence()).isEqualTo(0xfffffffc);
    assertThat(reader.portId()).isEqualTo(0xfffffffb);
  }

  @Test
  @DisplayName("T06 all messages of a datagram are read, also behind an error")
  void allMessagesAreRead() {
    MessageReader reader = over(memory.of(THREE_MESSAGES));

    assertThat(sequences(reader)).containsExactly(7, 8, 9);
  }

  @Test
  @DisplayName("T06 the last message needs no padding")
  void lastMessageNeedsNoPadding() {
    MessageReader reader = over(memory.of("00000012 001c 0000 00000007 00000000 | 0102"));

    assertThat(sequences(reader)).containsExactly(7);
  }

  @Test
  @DisplayName("T06 a message that is not the last one is padded")
  void paddingBetweenMessagesIsSkipped() {
    MessageReader reader =
        over(
            memory.of(
                """
                | 00000011 001c 0000 00000007 00000000 | 01 ee eeee |
                | 00000010 001c 0000 00000008 00000000 |
                """));

    assertThat(sequences(reader)).containsExactly(7, 8);
  }

  @Test
  @DisplayName("T06 the last message may be padded")
  void lastMessageMayBePadded() {
    MessageReader reader = over(memory.of("00000011 001c 0000 00000007 00000000 | 01 ee eeee"));

    assertThat(sequences(reader)).containsExactly(7);
  }

  @Test
  void startAndEndEncloseTheMessageWithoutPadding() {
    ByteBuffer buffer = memory.of("eeeeeeee | 00000011 001c 0000 00000007 00000000 | 01 ee eeee");
    MessageReader reader = new MessageReader().read(buffer, 4, 20);

    reader.next();

    assertThat(reader.start()).isEqualTo(4);
    assertThat(reader.end()).isEqualTo(21);
    assertThat(reader.buffer()).isSameAs(buffer);
  }

  @Test
  void emptyDatagramHoldsNoMessage() {
    assertThat(over(memory.allocate(0)).next()).isFalse();
  }

  @Test
  void newCursorStandsOverNothing() {
    assertThat(new MessageReader().next()).isFalse();
  }

  @Test
  void endOfDatagramIsToldAgain() {
    MessageReader reader = first("00000010 001c 0000 00000007 00000000");

    assertThat(reader.next()).isFalse();
    assertThat(reader.next()).isFalse();
  }

  @Test
  void cursorServesTheNextDatagram() {
    MessageReader reader = over(memory.of(THREE_MESSAGES));
    reader.next();

    reader.read(memory.of("00000010 001c 0000 0000002a 00000000"), 0, 16);

    assertThat(sequences(reader)).containsExactly(42);
  }

  @Test
  @DisplayName("T07 what lies behind a datagram in its slot is not read")
  void datagramEndsWhereItsLengthSays() {
    ByteBuffer slot = memory.of(THREE_MESSAGES);

    MessageReader reader = new MessageReader().read(slot, 0, 28);

    assertThat(sequences(reader)).containsExactly(7);
  }

  @Test
  void datagramIsReadAtAnyIndex() {
    byte[] datagram = memory.bytes(THREE_MESSAGES);
    ByteBuffer slots = memory.used(datagram.length + 200).put(101, datagram);

    MessageReader reader = new MessageReader().read(slots, 101, datagram.length);

    assertThat(sequences(reader)).containsExactly(7, 8, 9);
  }

  @Test
  void positionOfTheBufferPlaysNoPart() {
    ByteBuffer buffer = memory.of(THREE_MESSAGES).position(20);

    MessageReader reader = over(buffer);

    assertThat(sequences(reader)).containsExactly(7, 8, 9);
    assertThat(buffer.position()).isEqualTo(20);
  }

  @ParameterizedTest(name = "T13 the number in a message of type {0} with a payload is read")
  @CsvSource({"2", "3"})
  void errorIsTheNumberThatThePayloadStartsWith(String type) {
    MessageReader reader = first("00000014 000" + type + " 0000 00000007 00000000 | ffffffea");

    assertThat(reader.error()).isEqualTo(-22);
  }

  @Test
  @DisplayName("T13 an empty NLMSG_DONE is one without error")
  void emptyDoneHasNoError() {
    MessageReader reader = first("00000010 0003 0002 00000007 00000000");

    assertThat(reader.error()).isZero();
  }

  @ParameterizedTest(name = "bytes {0} to {0} + {1} of 8 are refused")
  @CsvSource({"-1, 4", "0, -1", "0, 9", "5, 4", "9, 0", "2147483647, 1", "1, 2147483647"})
  void datagramOutsideTheBufferIsRefused(int from, int length) {
    ByteBuffer buffer = memory.allocate(16).limit(8);

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new MessageReader().read(buffer, from, length));
  }

  private MessageReader first(String drawing) {
    MessageReader reader = over(memory.of(drawing));
    assertThat(reader.next()).isTrue();
    return reader;
  }

  private static MessageReader over(ByteBuffer datagram) {
    return new MessageReader().read(datagram, 0, datagram.limit());
  }

  private static List<Integer> sequences(MessageReader reader) {
    List<Integer> sequences = new ArrayList<>();
    while (reader.next()) {
      sequences.add(reader.sequence());
    }
    return sequences;
  }
}
