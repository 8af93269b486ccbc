package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Hint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressesTest {

  private static final BytesCodec CODEC = new BytesCodec(Hint.SOCKET_ADDRESS, OptionalInt.empty());

  private static byte[] bytes(String text) {
    return CODEC.bytes(Value.of(text));
  }

  private static String shown(byte[] struct) {
    return CODEC.value(struct).asText();
  }

  @ParameterizedTest
  @CsvSource({
    // family (host's order), port, address, filling
    "0200ca6cc0000201 0000000000000000, 192.0.2.1:51820",
    "0002ca6cc0000201 0000000000000000, 192.0.2.1:51820",
    // family, port, flow, address, scope (host's order)
    "0a00005000000000 20010db8000000000000000000000001 00000000, [2001:db8::1]:80",
    "0a00005000000000 fe800000000000000000000000000001 03000000, [fe80::1%3]:80",
    "000a005000000000 fe800000000000000000000000000001 00000003, [fe80::1%3]:80",
    "0a00005000000000 00000000000000000000ffffc0000201 00000000, [::ffff:c000:201]:80",
    // of another family, or too short
    "0100ca6cc0000201 0000000000000000, 0100ca6cc00002010000000000000000",
    "0a00ca6cc0000201 0000000000000000, 0a00ca6cc00002010000000000000000",
    "0200ca6c, 0200ca6c"
  })
  void structIsShown(String struct, String text) {
    assertThat(shown(HexFormat.of().parseHex(struct.replace(" ", "")))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1:51820",
        "0.0.0.0:0",
        "255.255.255.255:65535",
        "[2001:db8::1]:80",
        "[fe80::1%3]:80",
        "[::]:1"
      })
  void textBecomesAStructOfThisMachine(String text) {
    assertThat(shown(bytes(text))).isEqualTo(text);
    assertThat(bytes(text)).hasSize(text.startsWith("[") ? 28 : 16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1:65536",
        "192.0.2.256:1",
        "192.0.2:1",
        "2001:db8::1:80",
        "[192.0.2.1]:1",
        "[fe80::1%eth0]:1",
        "localhost:1",
        ":1"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> bytes(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("no address with a port");
  }

  @Test
  void whatIsBehindTheStructIsLeftOut() {
    assertThat(shown(Arrays.copyOf(bytes("192.0.2.1:1"), 128))).isEqualTo("192.0.2.1:1");
  }

  @Test
  void addressesOfJavaComeBack() throws Exception {
    InetAddress local = Inet6Address.getByAddress(null, bytes(3), 7);
    for (InetAddress ip : new InetAddress[] {InetAddress.getByName("192.0.2.1"), local}) {
      InetSocketAddress address = new InetSocketAddress(ip, 443);
      assertThat(((BytesValue) Value.of(address)).toSocketAddress()).hasValue(address);
    }
    assertThat(((BytesValue) Value.of(new byte[3])).toSocketAddress()).isEmpty();
  }

  private static byte[] bytes(int last) {
    byte[] ip = new byte[16];
    ip[0] = (byte) 0xfe;
    ip[1] = (byte) 0x80;
    ip[15] = (byte) last;
    return ip;
  }

  @Test
  void nameThatWasNotResolvedIsRefused() {
    assertThatThrownBy(() -> Value.of(InetSocketAddress.createUnresolved("example.com", 80)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
