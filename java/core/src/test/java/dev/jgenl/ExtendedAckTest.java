package dev.jgenl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.wire.Memory;
import dev.jgenl.wire.NetlinkConstants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
final class ExtendedAckTest {

  /** The kernel's numbers: message 1, offset 2, cookie 3, policy 4, missing type 5, nest 6. */
  private static final String EVERYTHING =
      """
      | len  type  payload                       |
      | 000c 0001  'no good' 00                  |
      | 0008 0002  00000014                      |
      | 0007 0003  01 ff 00 00                   |
      | 0008 0005  00000009                      |
      | 0008 0006  00000020                      |
      """;

  private final Memory memory;
  private final RefusedRequest request;

  ExtendedAckTest(Memory memory) {
    this.memory = memory;
    request =
        RefusedRequest.of(
            memory,
            """
            @16 | 01 01 0000                            |
            @20 | 0009 0001  'text' 00 00 00 00         |
            @32 | 000c 8002                             |
            @36 |            0008 0003  0000002a        |
            """);
  }

  @Test
  @DisplayName("T16 an error that echoes the whole request")
  void errorWithTheWholeRequestIsRead() {
    assertEverythingIsRead(request.error(EVERYTHING));
  }

  @Test
  @DisplayName("T16 an error capped to the header of the request")
  void cappedErrorIsRead() {
    assertEverythingIsRead(request.cappedError(EVERYTHING));
  }

  @Test
  @DisplayName("T13 the end of a dump, whose layout is another")
  void doneIsRead() {
    assertEverythingIsRead(request.done(EVERYTHING));
  }

  @Test
  @DisplayName("T16 an error that echoes a request whose end is not padded")
  void paddingBehindTheEchoedRequestIsSkipped() {
    byte[] echoed =
        RefusedRequest.message(memory, 0x1c, 5, memory.bytes("01 01 0000 | 0005 0001 07"));
    byte[] answer = request.errorMessage(NetlinkConstants.NLM_F_ACK_TLVS, echoed, EVERYTHING);

    assertEverythingIsRead(request.read(answer, 0));
  }

  @Test
  @DisplayName("T16 attributes are not looked for where the kernel did not announce them")
  void nothingIsReadWithoutTheFlag() {
    byte[] answer = request.errorMessage(0, request.request(), EVERYTHING);

    assertThat(request.read(answer, 0)).isEqualTo(ExtendedAck.NONE);
  }

  @Test
  @DisplayName("T16 an error without attributes though they are announced")
  void nothingIsReadWhereNothingIs() {
    assertThat(request.error("")).isEqualTo(ExtendedAck.NONE);
    assertThat(request.cappedError("")).isEqualTo(ExtendedAck.NONE);
    assertThat(request.done("")).isEqualTo(ExtendedAck.NONE);
  }

  @Test
  @DisplayName("T16 attributes of kernels to come are skipped")
  void unknownAttributesAreSkipped() {
    ExtendedAck ack =
        request.cappedError(
            """
            | 0004 0000              |
            | 0008 0007  0000002a    |
            | 0006 3fff  'x' 00 0000 |
            | 0007 0001  'no' 00 00  |
            """);

    assertThat(ack.message()).contains("no");
  }

  @Test
  @DisplayName("T16 a missing attribute and the nest that lacks it")
  void missingAttributeIsNamedWithItsNest() {
    ExtendedAck ack = request.cappedError("0008 0005 00000009 | 0008 0006 00000020");

    assertThat(ack.missingType()).hasValue(9);
    assertThat(ack.missingNest()).hasValue(32);
    assertThat(ack.path()).containsExactly(2);
    assertThat(explanation(ack)).isEqualTo("; attribute 2.9 is missing");
  }

  @Test
  @DisplayName("T16 an attribute missing at the top level has no nest")
  void attributeMissingAtTheTopLevelHasNoNest() {
    ExtendedAck ack = request.cappedError("0008 0005 00000009");

    assertThat(ack.missingNest()).isEmpty();
    assertThat(ack.path()).isEmpty();
    assertThat(explanation(ack)).isEqualTo("; attribute 9 is missing");
  }

  @Test
  @DisplayName("T16 an empty cookie")
  void cookieMayBeEmpty() {
    assertThat(request.cappedError("0004 0003").cookie()).isEmpty();
  }

  @Test
  @DisplayName("T16 a message without its NUL")
  void messageNeedsNoNul() {
    assertThat(request.cappedError("0006 0001 'no'").message()).contains("no");
  }

  @Test
  @DisplayName("T16 the explanation is the message and the path of the attribute")
  void explanationIsMessageAndPath() {
    ExtendedAck ack = request.cappedError("0007 0001 'no' 00 00 | 0008 0002 00000024");

    assertThat(explanation(ack)).isEqualTo(": no; attribute 2.3");
  }

  @Test
  @DisplayName("T16 the explanation is safe on a terminal, the message is as the kernel sent it")
  void explanationIsEscaped() {
    ExtendedAck ack = request.cappedError("0008 0001 'a' 1b 0a 00");

    assertThat(explanation(ack)).isEqualTo(": a\\u001b\\n");
    assertThat(ack.message()).contains("a\033\n");
  }

  @Test
  void nothingNeedsNoExplanation() {
    assertThat(explanation(ExtendedAck.NONE)).isEmpty();
  }

  private static void assertEverythingIsRead(ExtendedAck ack) {
    assertThat(ack.message()).contains("no good");
    assertThat(ack.offset()).hasValue(20);
    assertThat(ack.path()).containsExactly(1);
    assertThat(ack.cookie()).containsExactly((byte) 1, (byte) -1, (byte) 0);
    assertThat(ack.missingType()).hasValue(9);
    assertThat(ack.missingNest()).hasValue(32);
  }

  @Test
  void explanationHasTheNamesThatTheClientKnows() {
    ExtendedAck ack = ExtendedAck.builder().path(List.of(2)).missingType(9).build();
    RequestNames names =
        new RequestNames() {
          @Override
          public Optional<String> attribute(List<Integer> path) {
            return path.equals(List.of(2, 9)) ? Optional.of("inner") : Optional.empty();
          }
        };

    assertThat(ack.explanation(names)).isEqualTo("; attribute 2.inner (2.9) is missing");
  }

  private static String explanation(ExtendedAck ack) {
    return ack.explanation(RequestNames.NONE);
  }
}
