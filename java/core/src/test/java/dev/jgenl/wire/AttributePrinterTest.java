package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributePrinterTest(Memory memory) {

  @Test
  @DisplayName("T25 attributes are shown in their order, nests indented")
  void nestsAreIndented() {
    String text =
        print(
            """
            | 0007 0001  'Hi' 00 00                          |
            | 0014 8002                                      |
            |            0006 0003  ab cd 0000               |
            |            0008 8004                           |
            |                       0004 0005                |
            | 0005 4001  07 00 00 00                         |
            """);

    assertThat(text)
        .isEqualTo(
            """
            1: 3 bytes "Hi"
            2: nested
              3: 2 bytes ab cd
              4: nested
                5: 0 bytes
            1: 1 byte 07
            """);
  }

  @Test
  void nothingIsShownOfNothing() {
    assertThat(print("")).isEmpty();
  }

  @Test
  void stringMayBeOfSeveralWords() {
    assertThat(print("0008 0001 'a b' 00")).isEqualTo("1: 4 bytes \"a b\"\n");
  }

  @Test
  @DisplayName("T24 a string cannot command the terminal")
  void stringIsEscaped() {
    assertThat(print("000b 0001 'a' c2 9b '31m' 00")).isEqualTo("1: 7 bytes \"a\\u009b31m\"\n");
  }

  @ParameterizedTest(name = "T24 no string: {0}")
  @ValueSource(strings = {"'abc'", "'a' 00", "'ab' 0a 00", "'a' 00 'c' 00", "1b 'ab' 00"})
  void whatIsNoStringIsShownInHexadecimal(String payload) {
    int length = 4 + memory.bytes(payload).length;

    assertThat(print(String.format("%04x 0001 ", length) + payload)).doesNotContain("\"");
  }

  @Test
  void manyBytesAreCut() {
    assertThat(print("0025 0001" + " 01".repeat(33)))
        .isEqualTo("1: 33 bytes" + " 01".repeat(32) + " ...\n");
  }

  @Test
  @DisplayName("T21 what is malformed is shown as such, after what is not")
  void malformedAttributeIsShownAsSuch() {
    assertThat(print("000c 8001 | 0003 0002 00000000 | 0004 0003"))
        .isEqualTo(
            """
            1: nested
              malformed: attribute 2 of 3 bytes where 8 bytes are left
            3: 0 bytes
            """);
  }

  @Test
  @DisplayName("T25 nests 30 deep are shown")
  void nestsThirtyDeepAreShown() {
    assertThat(Attributes.of(nests(30), 0, 120).toString())
        .hasLineCount(30)
        .endsWith("\n" + "  ".repeat(29) + "1: nested\n");
  }

  @Test
  @DisplayName("T25 nests as deep as an attribute is long exhaust neither stack nor memory")
  void nestsThatFillAnAttributeAreShown() {
    int depth = 16_383;

    String text = Attributes.of(nests(depth), 0, depth * 4).toString();

    assertThat(text).startsWith("1: nested\n  1: nested\n").hasSizeLessThan(100_000);
    assertThat(text.lines()).hasSize(65).last().asString().contains("bytes");
  }

  private ByteBuffer nests(int depth) {
    ByteBuffer nests = memory.allocate(depth * 4);
    for (int i = 0; i < depth; i++) {
      nests.putShort((short) ((depth - i) * 4)).putShort((short) 0x8001);
    }
    return nests;
  }

  private String print(String drawing) {
    ByteBuffer buffer = memory.of(drawing);
    return Attributes.of(buffer, 0, buffer.limit()).toString();
  }
}
