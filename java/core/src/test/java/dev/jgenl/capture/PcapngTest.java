package dev.jgenl.capture;

import static dev.jgenl.capture.Recordings.message;
import static dev.jgenl.capture.Recordings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngTest {

  private final ByteBuffer file = ByteBuffer.allocate(4096);

  private byte[] written() {
    return Arrays.copyOf(file.array(), file.position());
  }

  private void block(int type, Consumer<ByteBuffer> body) {
    int start = file.position();
    file.putInt(type).putInt(0);
    body.accept(file);
    file.position((file.position() + 3) & ~3);
    int length = file.position() + 4 - start;
    file.putInt(start + 4, length).putInt(length);
  }

  private void section(ByteOrder order) {
    file.order(order);
    block(
        0x0a0d0d0a, b -> b.putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1));
  }

  /** With a resolution of time, {@code if_tsresol}. */
  private void device(int linkType, int resolution) {
    block(
        1,
        b -> {
          b.putShort((short) linkType).putShort((short) 0).putInt(0);
          b.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
          b.putInt(0);
        });
  }

  private void packet(int device, long time, ByteBuffer message) {
    int length = 16 + message.remaining();
    block(
        6,
        b -> {
          b.putInt(device).putInt((int) (time >>> 32)).putInt((int) time);
          b.putInt(length).putInt(length);
          b.put(new byte[] {0, 4, 3, 0x38}).put(new byte[10]).put(new byte[] {0, 16});
          b.put(message.duplicate());
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void packetsOfNetlinkAreRead(boolean big) throws IOException {
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer message = message(order, 20, 0x301, 5);
    section(order);
    device(1, 6);
    device(253, 9);
    packet(0, 1, message);
    block(5, b -> b.putInt(1));
    packet(1, 1_795_786_439_000_000_001L, message);

    List<CapturedDatagram> read = read(written());

    assertThat(read).hasSize(1);
    assertThat(read.get(0).protocol()).isEqualTo(16);
    assertThat(read.get(0).bytes()).isEqualTo(message);
    assertThat(read.get(0).bytes().order()).isEqualTo(order);
    assertThat(read.get(0).time()).contains(Instant.ofEpochSecond(1_795_786_439, 1));
  }

  @Test
  void aSecondSectionMayHaveAnotherByteOrder() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      section(order);
      device(253, 0x80 | 10);
      packet(0, 3 * 1024 + 512, message(order, 20, 1, 5));
    }

    assertThat(read(written()))
        .allSatisfy(d -> assertThat(d.bytes().getInt(8)).isEqualTo(5))
        .allSatisfy(d -> assertThat(d.time()).contains(Instant.ofEpochSecond(3, 500_000_000)))
        .hasSize(2);
  }

  @Test
  void aTimeBeyondAllYearsIsNone() throws IOException {
    section(ByteOrder.BIG_ENDIAN);
    device(253, 0);
    packet(0, -1, message(ByteOrder.BIG_ENDIAN, 20, 1, 5));

    assertThat(read(written()).get(0).time()).isEmpty();
  }

  @Test
  void aPacketOfNoDeviceIsMalformed() {
    section(ByteOrder.BIG_ENDIAN);
    packet(0, 1, message(ByteOrder.BIG_ENDIAN, 20, 1, 5));

    assertThatThrownBy(() -> read(written()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no interface");
  }

  @Test
  void lengthsHaveToAgree() {
    section(ByteOrder.BIG_ENDIAN);
    byte[] bytes = written();
    bytes[bytes.length - 1]++;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("differ");
  }
}
