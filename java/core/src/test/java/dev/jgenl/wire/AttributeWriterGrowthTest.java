package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeWriterGrowthTest(Memory memory) {

  private static final String DRAWING =
      """
      | 0005 0001  ff 00 00 00                       |
      | 0020 8002                                    |
      |            000a 0003  'hello' 00 00 00       |
      |            0010 8004                         |
      |                       000c 0005              |
      |                         1122334455667788     |
      | 0007 0006  01 02 03 00                       |
      """;

  /** A buffer that ends at, before and behind every byte of the message. */
  static IntStream capacities() {
    return IntStream.rangeClosed(0, 52);
  }

  @ParameterizedTest(name = "T25 growth from {0} bytes keeps what was written")
  @MethodSource("capacities")
  void growthKeepsContent(int capacity) {
    GrowingBuffer out = new GrowingBuffer(memory.used(capacity));
    AttributeWriter writer = new AttributeWriter(out);

    write(writer);

    assertThat(Memory.copy(out.buffer(), 0, out.end())).isEqualTo(memory.bytes(DRAWING));
  }

  @Test
  void fullBufferIsReplacedByOneOfItsKind() {
    ByteBuffer first = memory.allocate(4);
    GrowingBuffer out = new GrowingBuffer(first);
    AttributeWriter writer = new AttributeWriter(out);

    write(writer);

    assertThat(out.buffer()).isNotSameAs(first);
    assertThat(out.buffer().isDirect()).isEqualTo(first.isDirect());
    assertThat(out.buffer().order()).isEqualTo(first.order());
  }

  @Test
  void bufferThatIsJustLargeEnoughIsKept() {
    ByteBuffer first = memory.allocate(8);
    GrowingBuffer out = new GrowingBuffer(first);
    AttributeWriter writer = new AttributeWriter(out);

    writer.putU32(1, 2);

    assertThat(out.buffer()).isSameAs(first);
  }

  @Test
  void roomAtLeastDoubles() {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(64));
    AttributeWriter writer = new AttributeWriter(out);
    writer.putBytes(1, new byte[60]);

    writer.putFlag(2);

    assertThat(out.buffer().capacity()).isGreaterThanOrEqualTo(128);
  }

  @Test
  void roomBehindTheLimitIsNotUsed() {
    ByteBuffer first = memory.used(64).limit(16);
    GrowingBuffer out = new GrowingBuffer(first);
    AttributeWriter writer = new AttributeWriter(out);

    write(writer);

    assertThat(Memory.copy(out.buffer(), 0, out.end())).isEqualTo(memory.bytes(DRAWING));
    assertThat(Memory.copy(first.clear(), 16, 64)).containsOnly(0xee);
  }

  @Test
  @DisplayName("T21 65,536 attributes grow a buffer from nothing")
  void manyAttributesGrowABufferFromNothing() {
    GrowingBuffer out = new GrowingBuffer(memory.allocate(0));
    AttributeWriter writer = new AttributeWriter(out);

    IntStream.range(0, 65_536).forEach(i -> writer.putU16(1, i));

    assertThat(Attributes.of(out.buffer(), 0, out.end()).stream().mapToInt(Attribute::u16))
        .hasSize(65_536)
        .isSorted();
  }

  private static void write(AttributeWriter writer) {
    writer
        .putU8(1, 255)
        .putNested(
            2, n -> n.putString(3, "hello").putNested(4, m -> m.putU64(5, 0x1122334455667788L)))
        .putBytes(6, new byte[] {1, 2, 3});
  }
}
