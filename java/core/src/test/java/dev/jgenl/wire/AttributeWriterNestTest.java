package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeWriterNestTest(Memory memory) {

  @Test
  @DisplayName("T22 a nest is marked as one and counts what it holds")
  void nestIsMarked() {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putNested(5, n -> n.putU32(1, 42).putU8(2, 7)).putFlag(6);

    assertThat(written(out))
        .isEqualTo(
            memory.bytes(
                """
                | len  type                           |
                | 0014 8005                           |
                |            0008 0001  0000002a      |
                |            0005 0002  07 00 00 00   |
                | 0004 0006                           |
                """));
  }

  @Test
  @DisplayName("T22 a nest without content is marked too")
  void emptyNestIsMarked() {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putNested(5, n -> {});

    assertThat(written(out)).isEqualTo(memory.bytes("0004 8005"));
  }

  @Test
  @DisplayName("T22 both flags of a nest are kept")
  void nestKeepsByteOrderFlag() {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putNested(NetlinkConstants.NLA_F_NET_BYTEORDER | 5, n -> n.putU16Be(1, 0x0102));

    assertThat(written(out)).isEqualTo(memory.bytes("000c c005 | 0006 0001 01 02 0000"));
  }

  @Test
  @DisplayName("T25 an array of nests")
  void arrayOfNests() {
    GrowingBuffer out = new GrowingBuffer(memory.used(64));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putNested(
        3,
        array -> {
          for (int i = 0; i < 3; i++) {
            int number = i;
            array.putNested(i, entry -> entry.putU8(1, number));
          }
        });

    assertThat(written(out))
        .isEqualTo(
            memory.bytes(
                """
                | 0028 8003                                       |
                |            000c 8000                            |
                |                       0005 0001  00 00 00 00    |
                |            000c 8001                            |
                |                       0005 0001  01 00 00 00    |
                |            000c 8002                            |
                |                       0005 0001  02 00 00 00    |
                """));
  }

  @Test
  @DisplayName("T25 30 nests within each other have falling lengths")
  void nestsGoThirtyDeep() {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(16));
    AttributeWriter writer = new AttributeWriter(out);
    StringBuilder drawing = new StringBuilder();
    for (int depth = 0; depth < 30; depth++) {
      drawing.append(String.format("%04x %04x ", (30 - depth) * 4 + 8, 0x8001 + depth));
    }

    nest(writer, 1, 30);

    assertThat(written(out)).isEqualTo(memory.bytes(drawing + "0008 0063 0000002a"));
  }

  @Test
  @DisplayName("T21 the longest nest")
  void longestNestFits() {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(16));
    AttributeWriter writer = new AttributeWriter(out);

    writer.putNested(5, n -> n.putBytes(1, new byte[65524]));

    assertThat(written(out)).startsWith(memory.bytes("fffc 8005 | fff8 0001"));
  }

  @Test
  @DisplayName("T21 a nest whose length does not fit 16 bits is refused, not wrapped")
  void nestThatIsTooLongIsRefused() {
    AttributeWriter writer = new AttributeWriter(new GrowingBuffer(memory.allocate(16)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.putNested(5, n -> n.putBytes(1, new byte[65525])))
        .withMessageContaining("attribute 5");
  }

  @Test
  @DisplayName("T21 a nest that grows too long by many small attributes is refused")
  void nestOfManyAttributesThatIsTooLongIsRefused() {
    AttributeWriter writer = new AttributeWriter(new GrowingBuffer(memory.allocate(16)));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                writer.putNested(
                    5,
                    n -> {
                      for (int i = 0; i < 16384; i++) {
                        n.putFlag(1);
                      }
                    }));
  }

  private static void nest(AttributeWriter writer, int type, int levels) {
    if (levels == 0) {
      writer.putU32(99, 42);
    } else {
      writer.putNested(type, inner -> nest(inner, type + 1, levels - 1));
    }
  }

  private static byte[] written(GrowingBuffer out) {
    return Memory.copy(out.buffer(), 0, out.end());
  }
}
