package dev.jgenl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Memory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an extended ACK says about the attribute that was refused. */
@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
final class AttributePolicyTest {

  private final RefusedRequest request;

  AttributePolicyTest(Memory memory) {
    request = RefusedRequest.of(memory, "01 01 0000 | 0005 0001 07 00 00 00");
  }

  @Test
  @DisplayName("T16 the range of an unsigned number, which the kernel sends in 64 bits")
  void rangeOfUnsignedNumber() {
    AttributePolicy policy =
        policy(
            """
            | 0024 8004                                       |
            |            0008 0001  00000004                  |
            |            000c 0004  0000000000000001          |
            |            000c 0005  ffffffffffffffff          |
            """);

    assertThat(policy.type()).isEqualTo(AttributePolicy.Type.U32);
    assertThat(policy.minUnsigned()).hasValue(1);
    assertThat(policy.maxUnsigned()).hasValue(-1);
    assertThat(policy).hasToString("U32 from 1 to 18446744073709551615");
  }

  @Test
  @DisplayName("T16 the range of a signed number")
  void rangeOfSignedNumber() {
    AttributePolicy policy =
        policy(
            """
            | 0024 8004                                       |
            |            0008 0001  00000008                  |
            |            000c 0002  fffffffffffffffe          |
            |            000c 0003  0000000000000005          |
            """);

    assertThat(policy.type()).isEqualTo(AttributePolicy.Type.S32);
    assertThat(policy.minSigned()).hasValue(-2);
    assertThat(policy.maxSigned()).hasValue(5);
    assertThat(policy).hasToString("S32 from -2 to 5");
  }

  @Test
  @DisplayName("T16 the length of bytes")
  void lengthOfBytes() {
    AttributePolicy policy =
        policy("001c 8004 | 0008 0001 0000000a | 0008 0006 00000002 | 0008 0007 00000010");

    assertThat(policy.type()).isEqualTo(AttributePolicy.Type.BINARY);
    assertThat(policy.minLength()).hasValue(2);
    assertThat(policy.maxLength()).hasValue(16);
  }

  @Test
  @DisplayName("T16 the mask of a number, in 64 bits")
  void maskOfNumber() {
    AttributePolicy policy = policy("0018 8004 | 0008 0001 00000003 | 000c 000c 00000000000000f0");

    assertThat(policy.type()).isEqualTo(AttributePolicy.Type.U16);
    assertThat(policy.mask()).hasValue(0xf0);
  }

  @Test
  @DisplayName("T16 the mask of a bitfield, in 32 bits")
  void maskOfBitfield() {
    AttributePolicy policy = policy("0014 8004 | 0008 0001 0000000f | 0008 000a 80000003");

    assertThat(policy.type()).isEqualTo(AttributePolicy.Type.BITFIELD32);
    assertThat(policy.mask()).hasValue(0x80000003L);
  }

  @ParameterizedTest(name = "T16 type {0} of the kernel is {1}")
  @CsvSource({
    "0, UNKNOWN",
    "1, FLAG",
    "2, U8",
    "3, U16",
    "4, U32",
    "5, U64",
    "6, S8",
    "7, S16",
    "8, S32",
    "9, S64",
    "10, BINARY",
    "11, STRING",
    "12, NUL_STRING",
    "13, NESTED",
    "14, NESTED_ARRAY",
    "15, BITFIELD32",
    "16, SINT",
    "17, UINT",
    "18, UNKNOWN",
    "-1, UNKNOWN"
  })
  void numberOfTypeHasItsName(int number, AttributePolicy.Type type) {
    AttributePolicy policy = policy(String.format("000c 8004 | 0008 0001 %08x", number));

    assertThat(policy.type()).isEqualTo(type);
  }

  @Test
  @DisplayName("T16 an empty policy says nothing")
  void emptyPolicySaysNothing() {
    AttributePolicy policy = policy("0004 8004");

    assertThat(policy.type()).isEqualTo(AttributePolicy.Type.UNKNOWN);
    assertThat(policy.maxLength()).isEmpty();
    assertThat(policy.mask()).isEmpty();
  }

  @Test
  @DisplayName("T21 a policy whose numbers have another length is malformed")
  void numberOfAnotherLengthIsMalformed() {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> policy("000c 8004 | 0006 0001 0004 0000"));
  }

  private AttributePolicy policy(String drawing) {
    return request.cappedError(drawing).policy().orElseThrow();
  }
}
