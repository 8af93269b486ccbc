package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeTest(Memory memory) {

  @ParameterizedTest(name = "T22 {0} on the wire is attribute {1}")
  @CsvSource({
    // on wire, type, nested, net byte order
    "0001, 1,     false, false",
    "8001, 1,     true,  false",
    "4001, 1,     false, true",
    "c001, 1,     true,  true",
    "3fff, 16383, false, false",
    "ffff, 16383, true,  true",
    "8000, 0,     true,  false",
  })
  void flagBitsAreMasked(String onWire, int type, boolean nested, boolean netByteOrder) {
    Attribute attribute = only(memory.of("0004 " + onWire));

    assertThat(attribute.type()).isEqualTo(type);
    assertThat(attribute.isNested()).isEqualTo(nested);
    assertThat(attribute.isNetByteOrder()).isEqualTo(netByteOrder);
  }

  @Test
  @DisplayName("T22 flag bits are no obstacle to finding an attribute")
  void markedAttributeIsFound() {
    ByteBuffer buffer = memory.of("0004 8001 | 0006 4002 01 02 0000 | 0004 c003");

    Attributes attributes = Attributes.of(buffer, 0, buffer.limit());

    assertThat(attributes.has(1)).isTrue();
    assertThat(attributes.get(2).u16Be()).isEqualTo(0x0102);
    assertThat(attributes.find(3)).isPresent();
  }

  @Test
  @DisplayName("T22 the mark of a nest is not asked for")
  void unmarkedNestIsRead() {
    Attribute attribute = only(memory.of("000c 0001 | 0008 0002 0000002a"));

    assertThat(attribute.nested().get(2).u32()).isEqualTo(42);
  }

  @ParameterizedTest(name = "T21 nla_len {0} is a payload of {1} bytes")
  @CsvSource({"4, 0", "5, 1", "7, 3", "8, 4", "32768, 32764", "65535, 65531"})
  void lengthIsThatOfThePayload(int onWire, int length) {
    Attribute attribute = only(memory.allocate(65535).putShort(0, (short) onWire));

    assertThat(attribute.length()).isEqualTo(length);
    assertThat(attribute.bytes()).hasSize(length);
  }

  @Test
  @DisplayName("T21 bytes are the payload without padding")
  void bytesAreThePayloadWithoutPadding() {
    Attribute attribute = only(memory.of("0007 0001 01 02 03 ee"));

    assertThat(attribute.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void bytesAreACopy() {
    ByteBuffer buffer = memory.of("0006 0001 01 02 0000");
    byte[] bytes = only(buffer).bytes();

    buffer.put(4, (byte) 9);

    assertThat(bytes).containsExactly(1, 2);
  }

  @Test
  void payloadIsThePayloadInTheOrderOfTheMessage() {
    ByteBuffer payload = only(memory.of("0009 0001 12345678 9a eeee ee")).payload();

    assertThat(payload.remaining()).isEqualTo(5);
    assertThat(payload.getInt()).isEqualTo(0x12345678);
    assertThat(payload.get()).isEqualTo((byte) 0x9a);
  }

  @Test
  void payloadIsAView() {
    ByteBuffer buffer = memory.of("0008 0001 00000001");
    ByteBuffer payload = only(buffer).payload();

    buffer.putInt(4, 2);

    assertThat(payload.getInt()).isEqualTo(2);
  }

  @Test
  void payloadCannotBeWritten() {
    ByteBuffer payload = only(memory.of("0008 0001 00000001")).payload();

    assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> payload.put(0, (byte) 1));
  }

  @Test
  void attributesWithinAreThoseOfThePayload() {
    Attribute attribute =
        only(
            memory.of(
                """
                | 0011 8001                            |
                |            0005 0002  07 00 00 00    |
                |            0005 0003  08             |
                | 0004 0004                            |
                """));

    assertThat(attribute.nested().stream().map(Attribute::type)).containsExactly(2, 3);
    assertThat(attribute.nested().get(3).u8()).isEqualTo(8);
  }

  @Test
  @DisplayName("T25 an attribute without payload holds no attributes")
  void emptyNestHoldsNothing() {
    Attribute attribute = only(memory.of("0004 8001 | 0004 0002"));

    assertThat(attribute.nested().isEmpty()).isTrue();
    assertThat(attribute.nested()).isEmpty();
  }

  @Test
  void textNamesTypeAndLength() {
    assertThat(only(memory.of("0006 c00d 0102"))).hasToString("attribute 13, 2 bytes");
  }

  private static Attribute only(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit()).iterator().next();
  }
}
