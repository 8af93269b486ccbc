package dev.jgenl.capture;

import static dev.jgenl.capture.Recordings.message;
import static dev.jgenl.capture.Recordings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapTest {

  private static final Instant TIME = Instant.ofEpochSecond(1_795_786_439, 123_456_789);

  private static ByteOrder order(boolean big) {
    return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static CapturedDatagram datagram(ByteBuffer bytes) {
    return CapturedDatagram.of(16, Direction.TO_KERNEL, bytes).withTime(TIME);
  }

  private static byte[] written(ByteOrder order, CapturedDatagram... datagrams) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PcapWriter writer = PcapWriter.open(file, order)) {
      for (CapturedDatagram datagram : datagrams) {
        writer.write(datagram);
      }
    }
    return file.toByteArray();
  }

  /** The file as tcpdump.org describes it, with a packet of nlmon, in microseconds. */
  private static byte[] ofNlmon(ByteOrder order, int packetType, int linkType, ByteBuffer message) {
    ByteBuffer file = ByteBuffer.allocate(24 + 16 + 16 + message.remaining()).order(order);
    file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
    file.putInt(0).putInt(0).putInt(65535).putInt(linkType);
    file.putInt(1_795_786_439).putInt(123_456);
    file.putInt(16 + message.remaining()).putInt(16 + message.remaining());
    file.order(ByteOrder.BIG_ENDIAN);
    file.putShort((short) packetType).putShort((short) 824).putShort((short) 0).putLong(0);
    file.putShort((short) 12);
    return file.put(message.duplicate()).array();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWrittenIsRead(boolean big) throws IOException {
    CapturedDatagram sent = datagram(message(order(big), 16, 1, 7));
    CapturedDatagram cut =
        CapturedDatagram.of(0, Direction.FROM_KERNEL, message(order(big), 24, 0x600, 0))
            .withTime(TIME.plusSeconds(1))
            .withWhole(false);

    List<CapturedDatagram> read = read(written(order(big), sent, cut));

    assertThat(read).containsExactly(sent, cut);
    assertThat(read.get(0).bytes().order()).isEqualTo(order(big));
    assertThat(read.get(0).bytes().getInt(8)).isEqualTo(7);
    assertThat(read.get(1).protocolName()).isEqualTo("route");
  }

  /** Wireshark needs no more than these. */
  @Test
  void headerIsThatOfNetlink() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(written(ByteOrder.BIG_ENDIAN));

    assertThat(file.getInt(0)).isEqualTo(0xa1b23c4d);
    assertThat(file.getInt(4)).isEqualTo(0x00020004);
    assertThat(file.getInt(20)).isEqualTo(253);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filesOfNlmonAreRead(boolean big) throws IOException {
    ByteBuffer request = message(order(big), 16, 1, 7);

    CapturedDatagram read = read(ofNlmon(order(big), 4, 253, request)).get(0);

    assertThat(read.protocolName()).isEqualTo("netfilter");
    assertThat(read.bytes()).isEqualTo(request);
    assertThat(read.time()).contains(Instant.ofEpochSecond(1_795_786_439, 123_456_000));
    assertThat(read.direction()).isEqualTo(Direction.TO_KERNEL);
  }

  @Test
  void directionIsThatOfTheFileWhereItTells() throws IOException {
    ByteBuffer request = message(ByteOrder.LITTLE_ENDIAN, 16, 1, 7);

    assertThat(read(ofNlmon(ByteOrder.LITTLE_ENDIAN, 6, 253, request)).get(0).direction())
        .isEqualTo(Direction.FROM_KERNEL);
  }

  @Test
  void otherDevicesAreNoneOfNetlink() {
    ByteBuffer message = message(ByteOrder.BIG_ENDIAN, 16, 1, 7);

    assertThatThrownBy(() -> read(ofNlmon(ByteOrder.BIG_ENDIAN, 4, 1, message)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("link type 1");
  }

  @Test
  void whatStandsBeforeACutIsRead() throws IOException {
    CapturedDatagram sent = datagram(message(ByteOrder.nativeOrder(), 16, 1, 7));
    byte[] file = written(ByteOrder.nativeOrder(), sent, sent);

    try (CaptureReader reader =
        CaptureReader.open(new ByteArrayInputStream(Arrays.copyOf(file, file.length - 1)))) {
      assertThat(reader.next()).isEqualTo(sent);
      assertThatThrownBy(reader::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ends within");
    }
  }

  @Test
  void aLengthBeyondReasonTakesNoMemory() throws IOException {
    byte[] file = written(ByteOrder.BIG_ENDIAN, datagram(message(ByteOrder.BIG_ENDIAN, 16, 1, 7)));
    ByteBuffer.wrap(file).putInt(24 + 8, -1);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4294967295 bytes");
  }

  @Test
  void whatNoReaderTakesIsCut() throws IOException {
    ByteBuffer large = ByteBuffer.allocate(300_000).order(ByteOrder.nativeOrder());

    CapturedDatagram read = read(written(ByteOrder.nativeOrder(), datagram(large))).get(0);

    assertThat(read.isWhole()).isFalse();
    assertThat(read.bytes().remaining()).isEqualTo(262_144 - 16);
  }

  @Test
  void aFileHasOneByteOrder() {
    assertThatThrownBy(
            () ->
                written(ByteOrder.LITTLE_ENDIAN, datagram(message(ByteOrder.BIG_ENDIAN, 16, 1, 7))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
