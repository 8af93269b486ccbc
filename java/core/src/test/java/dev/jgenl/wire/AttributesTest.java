package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributesTest(Memory memory) {

  private static final String REPEATED =
      """
      | len  type  payload     |
      | 0005 0003  01 00 00 00 |
      | 0004 0001              |
      | 0005 0003  02 00 00 00 |
      | 0004 3fff              |
      | 0005 0003  03 00 00 00 |
      """;

  @Test
  @DisplayName("T25 repeated and unknown attributes are kept in their order")
  void orderIsKept() {
    Attributes attributes = all(memory.of(REPEATED));

    assertThat(attributes).extracting(Attribute::type).containsExactly(3, 1, 3, 0x3fff, 3);
  }

  @Test
  @DisplayName("T25 find gives the first of repeated attributes")
  void findGivesTheFirst() {
    Attributes attributes = all(memory.of(REPEATED));

    assertThat(attributes.find(3).map(Attribute::u8)).contains(1);
  }

  @Test
  @DisplayName("T25 get gives the first of repeated attributes")
  void getGivesTheFirst() {
    Attributes attributes = all(memory.of(REPEATED));

    assertThat(attributes.get(3).u8()).isEqualTo(1);
  }

  @Test
  @DisplayName("T25 a stream has all of repeated attributes")
  void streamHasAll() {
    Attributes attributes = all(memory.of(REPEATED));

    assertThat(attributes.stream().filter(a -> a.type() == 3).map(Attribute::u8))
        .containsExactly(1, 2, 3);
  }

  @Test
  void attributesCanBeReadAgain() {
    Attributes attributes = all(memory.of(REPEATED));

    assertThat(attributes).hasSize(5);
    assertThat(attributes).hasSize(5);
  }

  @Test
  void findGivesNothingWhereNothingIs() {
    assertThat(all(memory.of(REPEATED)).find(2)).isEmpty();
  }

  @Test
  void getRefusesWhatIsNotThere() {
    Attributes attributes = all(memory.of(REPEATED));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> attributes.get(2))
        .withMessage("attribute 2 is missing");
  }

  @Test
  void presenceOfFlagIsItsValue() {
    Attributes attributes = all(memory.of(REPEATED));

    assertThat(attributes.has(1)).isTrue();
    assertThat(attributes.has(2)).isFalse();
  }

  @Test
  void lastAttributeIsFound() {
    assertThat(all(memory.of(REPEATED)).has(0x3fff)).isTrue();
  }

  @Test
  @DisplayName("T06 the last attribute needs no padding")
  void lastAttributeNeedsNoPadding() {
    Attributes attributes = all(memory.of("0005 0001 01 00 00 00 | 0005 0002 02"));

    assertThat(attributes.get(2).u8()).isEqualTo(2);
    assertThat(attributes).hasSize(2);
  }

  @ParameterizedTest(name = "T21 {0} bytes behind the last attribute are ignored")
  @CsvSource({"1, ff", "2, ff ff", "3, ff ff ff"})
  void trailingBytesAreIgnored(int count, String trailing) {
    Attributes attributes = all(memory.of("0008 0001 0000002a " + trailing));

    assertThat(attributes).hasSize(1);
    assertThat(attributes.has(2)).as("behind %d bytes", count).isFalse();
  }

  @Test
  void nothingHoldsNoAttributes() {
    Attributes attributes = all(memory.allocate(0));

    assertThat(attributes.isEmpty()).isTrue();
    assertThat(attributes).isEmpty();
    assertThat(attributes.has(0)).isFalse();
  }

  @ParameterizedTest(name = "T21 {0} bytes hold no attribute")
  @CsvSource({"1", "2", "3"})
  void lessThanHeaderHoldsNoAttributes(int length) {
    Attributes attributes = all(memory.used(length));

    assertThat(attributes.isEmpty()).isTrue();
    assertThat(attributes).isEmpty();
  }

  @Test
  @DisplayName("T21 an attribute without payload is one")
  void attributeWithoutPayloadIsOne() {
    Attributes attributes = all(memory.of("0004 0001"));

    assertThat(attributes.isEmpty()).isFalse();
    assertThat(attributes).hasSize(1);
  }

  @Test
  void iteratorEndsAsIteratorsDo() {
    Iterator<Attribute> iterator = all(memory.of("0004 0001")).iterator();
    iterator.next();

    assertThat(iterator.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
  }

  @Test
  @DisplayName("T25 30 nests within each other are read")
  void nestsAreReadThirtyDeep() {
    StringBuilder drawing = new StringBuilder();
    for (int depth = 0; depth < 30; depth++) {
      drawing.append(String.format("%04x 8001 ", (30 - depth) * 4 + 8));
    }
    Attributes attributes = all(memory.of(drawing + "0008 0063 0000002a"));

    for (int depth = 0; depth < 30; depth++) {
      attributes = attributes.get(1).nested();
    }

    assertThat(attributes.get(99).u32()).isEqualTo(42);
  }

  @Test
  @DisplayName("T25 an array of nests")
  void arrayOfNestsIsRead() {
    Attributes attributes =
        all(
            memory.of(
                """
                | 001c 8003                                       |
                |            000c 8000                            |
                |                       0005 0001  07 00 00 00    |
                |            000c 8001                            |
                |                       0005 0001  08 00 00 00    |
                """));

    assertThat(attributes.get(3).nested().stream().map(entry -> entry.nested().get(1).u8()))
        .containsExactly(7, 8);
  }

  @Test
  void positionOfTheBufferPlaysNoPart() {
    ByteBuffer buffer = memory.of("0008 0001 0000002a").position(7);

    assertThat(all(buffer).get(1).u32()).isEqualTo(42);
  }

  @Test
  void readingLeavesThePositionAlone() {
    ByteBuffer buffer = memory.of(REPEATED).position(3);

    all(buffer).forEach(Attribute::bytes);

    assertThat(buffer.position()).isEqualTo(3);
  }

  @ParameterizedTest(name = "bytes {0} to {1} of 8 are refused")
  @CsvSource({"-1, 4", "5, 4", "0, 9", "9, 9", "-4, -4", "0, 2147483647", "-2147483648, 8"})
  void partOutsideTheBufferIsRefused(int start, int end) {
    ByteBuffer buffer = memory.allocate(16).limit(8);

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Attributes.of(buffer, start, end));
  }

  private static Attributes all(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit());
  }
}
