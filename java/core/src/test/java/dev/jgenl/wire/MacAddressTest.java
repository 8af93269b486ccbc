package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

  private static final String QUARTER = "00:11:22:33:44:55:66:77";
  private static final String LONGEST = QUARTER + ":" + QUARTER + ":" + QUARTER + ":" + QUARTER;

  @Test
  void textIsThatOfItsBytes() {
    MacAddress address = MacAddress.parse("02:00:5e:00:53:AF");

    assertThat(address.bytes()).containsExactly(0x02, 0x00, 0x5e, 0x00, 0x53, 0xaf);
    assertThat(address.length()).isEqualTo(6);
    assertThat(address).hasToString("02:00:5e:00:53:af");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"00", "ff", "7f:00:00:01", "00:00:00:00:00:00", LONGEST})
  void addressOfAnyLinkIsReadAsItIsWritten(String text) {
    MacAddress address = MacAddress.parse(text);

    assertThat(address).hasToString(text);
    assertThat(MacAddress.of(address.bytes())).isEqualTo(address);
  }

  @ParameterizedTest(name = "''{0}'' is none")
  @ValueSource(
      strings = {
        "",
        "0",
        ":",
        "0:0",
        "000",
        "00:",
        ":00",
        "00:0",
        "00::00",
        "00-00",
        "0000",
        "00:00:",
        "0g",
        "00:00:00:00:00:+1",
        " 00",
        "00\n",
        "\u0660\u0660",
        LONGEST + ":00"
      })
  void textThatIsNoneIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse(text));
  }

  @Test
  void refusalShowsTheTextSafely() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.parse("\u001b[2J"))
        .withMessage("'\\u001b[2J' is not an address such as 02:00:00:00:00:2a");
  }

  @Test
  void refusalOfLongTextIsShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.parse("0".repeat(100_000)))
        .withMessage("an address of 100000 characters, not of 2 to 95");
  }

  @ParameterizedTest(name = "{0} bytes are none")
  @ValueSource(ints = {0, 33, 65531})
  void bytesOfAnotherLengthAreRefused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MacAddress.of(new byte[length]))
        .withMessageContainingAll("of " + length + " bytes", "1 to 32");
  }

  @Test
  void addressKeepsItsBytes() {
    byte[] given = {1, 2, 3};
    MacAddress address = MacAddress.of(given);

    given[0] = 9;
    address.bytes()[1] = 9;

    assertThat(address).hasToString("01:02:03");
  }

  @Test
  void addressesOfTheSameBytesAreEqual() {
    MacAddress address = MacAddress.parse("aa:bb:cc");

    assertThat(address)
        .isEqualTo(MacAddress.parse("AA:BB:CC"))
        .hasSameHashCodeAs(MacAddress.parse("AA:BB:CC"))
        .isNotEqualTo(MacAddress.parse("aa:bb:cd"))
        .isNotEqualTo(MacAddress.parse("aa:bb:cc:00"))
        .isNotEqualTo("aa:bb:cc");
  }

  @Test
  void addressesSpreadInATable() {
    assertThat(MacAddress.parse("aa:bb:cc"))
        .doesNotHaveSameHashCodeAs(MacAddress.parse("aa:bb:cd"));
  }
}
