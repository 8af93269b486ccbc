package dev.jgenl.capture;

import static dev.jgenl.capture.Recordings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "14000000",
        "14 00 00 00",
        "14:00:00:00",
        "0x14, 0x00, 0x00, 0x00",
        "\\x14\\x00\\x00\\x00",
        "# a comment\n\n1400\n0000\n"
      })
  void digitsAreBytesHoweverTheyStand(String text) throws IOException {
    assertThat(read(text)).hasSize(1);
    assertThat(read(text).get(0).bytes().remaining()).isEqualTo(4);
    assertThat(read(text).get(0).bytes().get(0)).isEqualTo((byte) 0x14);
  }

  @Test
  void aBlankLineIsBetweenDatagrams() throws IOException {
    assertThat(read("01\n\n\n0203\n\n"))
        .extracting(d -> d.bytes().remaining())
        .containsExactly(1, 2);
  }

  @Test
  void protocolIsThatOfTheCaller() throws IOException {
    byte[] text = "01".getBytes(StandardCharsets.ISO_8859_1);
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(text), 0)) {
      assertThat(reader.next()).extracting(CapturedDatagram::protocolName).isEqualTo("route");
    }
  }

  @Test
  void halfAByteIsNone() {
    assertThatThrownBy(() -> read("0102\n0x0")).hasMessageContaining("line 2");
  }

  @Test
  void nothingIsNoDatagram() throws IOException {
    assertThat(read("")).isEmpty();
  }
}
