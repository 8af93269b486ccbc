package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Memory;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an answer holds, reading it ends, and throws nothing but what it declares. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
final class ExtendedAckMalformedTest {

  private static final String EVERYTHING =
      """
      | 000c 0001  'no good' 00                  |
      | 0008 0002  0000002c                      |
      | 0007 0003  01 ff 00 00                   |
      | 0008 0005  00000009                      |
      | 0008 0006  00000020                      |
      """;

  private final Memory memory;
  private final RefusedRequest request;

  ExtendedAckMalformedTest(Memory memory) {
    this.memory = memory;
    request =
        RefusedRequest.of(
            memory,
            """
            @16 | 01 01 0000                                   |
            @20 | 0009 0001  'text' 00 00 00 00                |
            @32 | 0018 8002                                    |
            @36 |            0014 8003                         |
            @40 |                       0008 0004  0000002a    |
            @48 |                       0008 0005  0000002b    |
            """);
  }

  @ParameterizedTest(name = "T16 an error with a payload of {0} bytes has no attributes")
  @ValueSource(ints = {0, 3, 4, 7, 8, 19})
  void errorTooShortForTheRequestHasNoAttributes(int payload) {
    byte[] uncapped = RefusedRequest.message(memory, 2, 0x200, new byte[payload]);
    byte[] capped = RefusedRequest.message(memory, 2, 0x300, new byte[payload]);

    assertThat(request.read(uncapped, 0)).isEqualTo(ExtendedAck.NONE);
    assertThat(request.read(capped, 0)).isEqualTo(ExtendedAck.NONE);
  }

  @ParameterizedTest(name = "T13 an end of a dump with a payload of {0} bytes has no attributes")
  @ValueSource(ints = {0, 3, 4, 7})
  void doneTooShortHasNoAttributes(int payload) {
    byte[] done = RefusedRequest.message(memory, 3, 0x200, new byte[payload]);

    assertThat(request.read(done, 0)).isEqualTo(ExtendedAck.NONE);
  }

  @ParameterizedTest(name = "T16 an echoed request that claims 0x{0} bytes ends behind its answer")
  @CsvSource({"00000100", "00010000", "7ffffffc", "7fffffff"})
  void echoedRequestThatEndsBehindItsAnswerHasNoAttributes(String length) {
    byte[] echoed = memory.bytes(length + " 001c 0005 00000007 00000000");

    ExtendedAck ack = request.read(request.errorMessage(0x200, echoed, EVERYTHING), 0);

    assertThat(ack).isEqualTo(ExtendedAck.NONE);
  }

  @ParameterizedTest(name = "T16 an echoed request that claims 0x{0} bytes does no harm")
  @CsvSource({"00000000", "00000001", "0000000f", "80000000", "80000001", "fffffffc", "ffffffff"})
  void echoedRequestWithSenselessLengthDoesNoHarm(String length) {
    byte[] echoed = memory.bytes(length + " 001c 0005 00000007 00000000");
    byte[] answer = request.errorMessage(0x200, echoed, EVERYTHING);

    assertThatCode(() -> readUnlessMalformed(answer)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "T21 nla_len 0x{0} in an extended ACK is malformed")
  @CsvSource({"0000", "0001", "0003", "000d", "8000", "ffff"})
  void attributeThatDoesNotFitIsMalformed(String length) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> request.cappedError(length + " 0001 'no good' 00"));
  }

  @ParameterizedTest(name = "T21 attribute {0} is not of 2 bytes")
  @ValueSource(strings = {"0002", "0005", "0006"})
  void numberOfAnotherLengthIsMalformed(String type) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> request.cappedError("0006 " + type + " 0014 0000"));
  }

  @ParameterizedTest(name = "T16 offset 0x{0} is no path")
  @CsvSource({"80000000", "fffffffc", "ffffffff"})
  void offsetAboveTheSignBitIsNoPath(String offset) {
    assertThat(request.cappedError("0008 0002 " + offset).path()).isEmpty();
    assertThat(request.cappedError("0008 0006 " + offset).path()).isEmpty();
  }

  @ParameterizedTest(name = "T25 nla_len 0x{0} within the request does not loop")
  @CsvSource({"0000", "0001", "0003", "0009", "8000", "fffc", "ffff"})
  void senselessLengthWithinTheRequestEnds(String length) {
    RefusedRequest senseless =
        RefusedRequest.of(
            memory,
            """
            @16 | 01 01 0000                                    |
            @20 | LENG 8001                                     |
            @24 |            LENG 8002                          |
            @28 |                       LENG 8003  00000000     |
            """
                .replace("LENG", length));

    for (int offset = 0; offset < 80; offset++) {
      ExtendedAck ack = senseless.cappedError(String.format("0008 0002 %08x", offset));

      assertThat(ack.path()).as("offset %d", offset).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  @DisplayName("T21 answers with a few wrong bytes are read or malformed")
  void damagedAnswersAreReadOrMalformed() {
    byte[] whole =
        request.errorMessage(NetlinkConstants.NLM_F_ACK_TLVS, request.request(), EVERYTHING);
    for (int seed = 0; seed < 1_000; seed++) {
      byte[] damaged = damaged(whole, new Random(seed), 6);

      readUnlessMalformed(damaged);
    }
  }

  @Test
  @DisplayName("T21 answers cut anywhere are read or malformed")
  void cutAnswersAreReadOrMalformed() {
    byte[] whole =
        request.errorMessage(NetlinkConstants.NLM_F_ACK_TLVS, request.request(), EVERYTHING);
    for (int length = 16; length < whole.length; length++) {
      ByteBuffer cut = memory.of(whole).putInt(0, length);

      readUnlessMalformed(Memory.copy(cut, 0, length));
    }
  }

  @Test
  @DisplayName("T21 requests with a few wrong bytes are searched to their end")
  void damagedRequestsAreSearchedToTheirEnd() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      byte[] damaged = damaged(request.request(), random, 0);
      String offset = String.format("0008 0002 %08x", random.nextInt(damaged.length + 8));

      ExtendedAck ack = new RefusedRequest(memory, damaged).cappedError(offset);

      assertThat(ack.path()).as("seed %d", seed).hasSizeLessThan(damaged.length / 4);
    }
  }

  /** Changes up to eight bytes behind the lengths that a reader has checked before. */
  private static byte[] damaged(byte[] message, Random random, int from) {
    byte[] damaged = message.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      damaged[from + random.nextInt(message.length - from)] = (byte) random.nextInt();
    }
    return damaged;
  }

  private void readUnlessMalformed(byte[] answer) {
    ByteBuffer buffer = memory.of(answer);
    MessageReader reader = new MessageReader().read(buffer, 0, answer.length);
    assertThat(reader.next()).isTrue();
    try {
      ExtendedAck.read(
          reader, memory.of(request.request()), 0, request.request().length, GENL_HDRLEN);
    } catch (MalformedMessageException e) {
      assertThat(e).hasMessageContaining("bytes");
    }
  }
}
