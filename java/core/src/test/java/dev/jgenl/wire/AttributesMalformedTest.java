package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Iterator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributesMalformedTest(Memory memory) {

  @ParameterizedTest(name = "T21 nla_len {0} is malformed: iterator")
  @ValueSource(ints = {0, 1, 2, 3, 9, 12, 0x7fff, 0x8000, 0xfffe, 0xffff})
  void iteratorRefusesLength(int length) {
    Attributes attributes = all(lengthed(length));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> attributes.iterator().next())
        .withMessage("attribute 1 of " + length + " bytes where 8 bytes are left");
  }

  @ParameterizedTest(name = "T21 nla_len {0} is malformed: find, get and has")
  @ValueSource(ints = {0, 1, 2, 3, 9, 12, 0x7fff, 0x8000, 0xfffe, 0xffff})
  void searchRefusesLength(int length) {
    Attributes attributes = all(lengthed(length));

    assertMalformed(() -> attributes.find(1));
    assertMalformed(() -> attributes.get(1));
    assertMalformed(() -> attributes.has(1));
  }

  @ParameterizedTest(name = "T21 nla_len {0} is malformed: stream")
  @ValueSource(ints = {0, 1, 2, 3, 9, 12, 0x7fff, 0x8000, 0xfffe, 0xffff})
  void streamRefusesLength(int length) {
    Attributes attributes = all(lengthed(length));

    assertMalformed(() -> attributes.stream().count());
  }

  @Test
  @DisplayName("T25 a zero length does not loop: the iterator refuses it each time")
  void iteratorStaysWhereItIsMalformed() {
    Iterator<Attribute> iterator = all(memory.of("0004 0001 | 0000 0002")).iterator();
    iterator.next();

    assertMalformed(iterator::next);
    assertMalformed(iterator::next);
  }

  @Test
  @DisplayName("T25 a message of zeros does not loop")
  void zerosAreMalformed() {
    Attributes attributes = all(memory.allocate(4096));

    assertMalformed(() -> attributes.forEach(a -> {}));
  }

  @Test
  @DisplayName("T21 what comes before a malformed attribute is read")
  void attributesBeforeMalformedOneAreRead() {
    Attributes attributes = all(memory.of("0005 0001 07 00 00 00 | ffff 0002"));

    assertThat(attributes.get(1).u8()).isEqualTo(7);
  }

  @Test
  @DisplayName("T21 a search that has to pass a malformed attribute fails")
  void searchDoesNotPassMalformedAttribute() {
    Attributes attributes = all(memory.of("0003 0001 | 0005 0002 07"));

    assertMalformed(() -> attributes.has(2));
  }

  @Test
  @DisplayName("T21 a nested attribute that ends behind its nest is malformed")
  void nestedAttributeEndsWithItsNest() {
    Attributes nested =
        all(memory.of(
                """
                | 000c 8001                            |
                |            0009 0002  0000002a       |
                | 0008 0003  00000000                  |
                """))
            .get(1)
            .nested();

    assertMalformed(() -> nested.get(2));
  }

  @Test
  @DisplayName("T21 an attribute that ends behind its message, but within the buffer, is malformed")
  void attributeEndsWithItsMessage() {
    ByteBuffer datagrams = memory.of("0009 0001 0000002a | 0008 0002 0000002b");

    Attributes attributes = Attributes.of(datagrams, 0, 8);

    assertMalformed(() -> attributes.get(1));
  }

  @Test
  @DisplayName("T21 attributes are those of their part of the buffer")
  void attributesOutsideThePartAreNotSeen() {
    ByteBuffer buffer = memory.of("0004 0001 | 0004 0002 | 0004 0003");

    Attributes attributes = Attributes.of(buffer, 4, 8);

    assertThat(attributes).extracting(Attribute::type).containsExactly(2);
  }

  @ParameterizedTest(name = "T21 what lies around the attributes plays no part: {0}")
  @ValueSource(ints = {0x00, 0x04, 0xff})
  void surroundingsPlayNoPart(int filling) {
    byte[] message = memory.bytes("0005 0001 07 00 00 00 | 0007 0002 'abc'");
    ByteBuffer buffer = memory.allocate(message.length + 64);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (byte) filling);
    }
    buffer.put(32, message);

    Attributes attributes = Attributes.of(buffer, 32, 32 + message.length);

    assertThat(attributes).hasSize(2);
    assertThat(attributes.get(1).u8()).isEqualTo(7);
    assertThat(attributes.get(2).string()).isEqualTo("abc");
    assertThat(attributes.get(2).bytes()).containsExactly('a', 'b', 'c');
    assertThat(attributes.get(2).payload().remaining()).isEqualTo(3);
  }

  @Test
  @DisplayName("T21 nothing behind the limit of a buffer is read")
  void nothingBehindTheLimitIsRead() {
    ByteBuffer buffer = memory.of("0005 0001 07 00 00 00 | 0004 0002").limit(5);

    Attributes attributes = all(buffer);

    assertThat(attributes).hasSize(1);
    assertThat(attributes.get(1).u8()).isEqualTo(7);
    assertThat(attributes.has(2)).isFalse();
  }

  @Test
  @DisplayName("T21 a slice that starts within a larger buffer is read from its own start")
  void sliceIsReadFromItsStart() {
    ByteBuffer outer = memory.of("ffff ffff ffff | 0007 0001 'abc' | ff ff ff");

    Attributes attributes = all(outer.slice(6, 7).order(outer.order()));

    assertThat(attributes).hasSize(1);
    assertThat(attributes.get(1).bytes()).containsExactly('a', 'b', 'c');
  }

  /** An attribute of type 1 whose length is wrong: 8 bytes are there. */
  private ByteBuffer lengthed(int length) {
    return memory.of(String.format("%04x 0001 00000000", length));
  }

  private static Attributes all(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit());
  }

  private static void assertMalformed(Runnable read) {
    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(read::run);
  }
}
