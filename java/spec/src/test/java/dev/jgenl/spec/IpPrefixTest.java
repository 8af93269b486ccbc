package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1/32, 2",
    "192.0.2.1/24, 192.0.2.1/24, 2",
    "0.0.0.0/0, 0.0.0.0/0, 2",
    "2001:db8::1, 2001:db8::1/128, 10",
    "2001:DB8:0:0:0:0:0:0/32, 2001:db8::/32, 10",
    "::/0, ::/0, 10",
  })
  void whatIsReadIsWrittenShort(String text, String written, int family) {
    IpPrefix prefix = IpPrefix.parse(text);

    assertThat(prefix).hasToString(written).isEqualTo(IpPrefix.parse(written));
    assertThat(prefix.family()).isEqualTo(family);
    assertThat(prefix.hostAddress()).isEqualTo(written.replaceAll("/.*", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "192.0.2.1/",
        "192.0.2.256",
        "192.0.2",
        "c0000201",
        "localhost",
        "example.com/24",
        "192.0.2.1/24/1",
        "192.0.2.1/x",
        "2001:db8::1::",
        "192.0.2.1 ",
        "192.0.2.1\u001b[2J"
      })
  void whatIsNoneIsRefusedAndShownEscaped(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpPrefix.parse(text))
        .withMessageStartingWith("'" + text.replace("\u001b", "\\u001b") + "' is not an address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1/33", "2001:db8::1/129", "192.0.2.1/-1"})
  void addressHasNotMoreBitsThanItHas(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpPrefix.parse(text))
        .withMessageMatching("an address of (32|128) bits, not of .*");
  }

  @Test
  void ofAnAddressAloneAllBitsCount() throws Exception {
    InetAddress four = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    InetAddress six = InetAddress.getByAddress(new byte[16]);

    assertThat(IpPrefix.of(four)).isEqualTo(new IpPrefix(four, 32)).hasToString("192.0.2.1/32");
    assertThat(IpPrefix.of(six)).isEqualTo(new IpPrefix(six, 128)).hasToString("::/128");
  }
}
