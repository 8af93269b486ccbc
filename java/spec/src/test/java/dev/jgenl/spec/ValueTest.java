package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.wire.MacAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {header: {dev-name: eth0}}       | {"header":{"dev-name":"eth0"}}
          {"header": {"dev-name": "eth0"}} | {"header":{"dev-name":"eth0"}}
          {a: [1, 2, {b: c}]}              | {"a":["1","2",{"b":"c"}]}
          {a: 00:11:22:33:44:55, b: '::1'} | {"a":"00:11:22:33:44:55","b":"::1"}
          {a: true, b: null, c: 0x10}      | {"a":"true","b":"null","c":"0x10"}
          {a: , b}                         | {"a":"","b":""}
          [a, b]                           | ["a","b"]
          a                                | "a"
          {}                               | {}
          """)
  void readsJsonAndItsShortForm(String text, String json) {
    assertThat(Value.parse(text).toJson()).isEqualTo(json);
    assertThat(Value.parse(json)).isEqualTo(Value.parse(text));
  }

  /** A space in front makes the reader of YAML read it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[[], {}, [{}]]",
        "{\"a\": [1, -2.50, 1e3, \"\"], \"\": {\"b\": \"c\"}}",
        "{\"a\": \"\\u00e9 \\n\\t\\\\ \\/ \\\" \\ud83d\\ude00 é\"}",
        "{ \"a\":\n18446744073709551616 }\n",
      })
  void jsonIsReadAsTheReaderOfItsShortFormWould(String json) {
    assertThat(JsonReader.read(json)).isEqualTo(Value.parse(" " + json)).isNotNull();
    assertThat(Value.parse(json)).isEqualTo(JsonReader.read(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a: 1}", "{\"a\": 1, \"a\": 2}", "[1, 2", "[1] 2", "[1,]", "{\"a\""})
  void whatIsNoJsonIsLeftToTheReaderOfItsShortForm(String text) {
    assertThat(JsonReader.read(text)).isNull();
  }

  @Test
  void trueAndFalseOfJsonAreThoseOfAFlagAndTextInTheShorterForm() {
    assertThat(Value.parse("{\"a\": true, \"b\": [false]}"))
        .isEqualTo(Value.of(Map.of("a", true, "b", List.of(false))));
    assertThat(Value.parse("{a: true}")).isEqualTo(Value.of(Map.of("a", "true")));
  }

  @Test
  void nullOfJsonIsNoText() {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> Value.parse("{\"a\": {\"b\": [1, null]}}"))
        .withMessageStartingWith("a.b: null is no value");
    assertThat(Value.parse("{\"a\": \"null\"}")).isEqualTo(Value.parse("{a: null}"));
  }

  @Test
  void emptyTextHasNoNames() {
    assertThat(Value.parse(" ")).isEqualTo(Value.parse("{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a: 1",
        "{a: 1}}",
        "[1, 2",
        "{a: 1, a: 2}",
        "{[a]: 1}",
        "{{a: 1}: 2}",
        "&x {a: *x}",
        "{a: &x 1, b: *x}",
        "!!java.net.URL [x]",
        "!tag {a: 1}",
        "{a: 1}\n---\n{b: 2}",
        "\u0007",
        "*x"
      })
  void whatIsNeitherIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Value.parse(text));
  }

  @Test
  void saysWhereItIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.parse("{a: 1,\n a: 2}"))
        .withMessage("line 2, column 2: 'a' is there twice");
  }

  @Test
  void depthIsBounded() {
    assertThat(Value.parse("[".repeat(100) + "]".repeat(100))).isInstanceOf(ListValue.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.parse("[".repeat(101) + "]".repeat(101)))
        .withMessageContaining("nested deeper than 100");
    assertThatIllegalArgumentException().isThrownBy(() -> Value.parse("[".repeat(1_000_000)));
    assertThatIllegalArgumentException().isThrownBy(() -> Value.parse("{a: ".repeat(1_000_000)));
  }

  @Test
  void makesValuesOfObjects() throws Exception {
    Value value =
        Value.of(
            Map.of(
                "all",
                List.of(
                    1,
                    (short) -2,
                    4_294_967_296L,
                    BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
                    "text",
                    true,
                    new byte[] {1, (byte) 0xff},
                    InetAddress.getByName("10.0.0.1"),
                    MacAddress.of((byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1),
                    new UUID(1, 2),
                    Map.of("a", Value.of(5)))));

    assertThat(value.toJson())
        .isEqualTo(
            "{\"all\":[1,-2,4294967296,18446744073709551615,\"text\",true,\"01ff\",\"10.0.0.1\","
                + "\"02:00:00:00:00:01\",\"00000000-0000-0001-0000-000000000002\",{\"a\":5}]}");
  }

  @Test
  void whatBecomesNoValueIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(new Object()));
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(BigInteger.TWO.pow(64)));
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(Map.of(1, "a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Value.of(Path.of("a/b")))
        .withMessage("nested deeper than 100");
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatIllegalArgumentException().isThrownBy(() -> Value.of(itself));
  }

  @Test
  void getters() {
    Value value = Value.parse("{a: {b: [5, 0xff]}, c: text}");

    assertThat(value.at("a").at("b").at(1).asLong()).isEqualTo(255);
    assertThat(value.at("c").asText()).isEqualTo("text");
    assertThat(value.find("d")).isEmpty();
    assertThat(value.names()).containsExactly("a", "c");
    assertThatThrownBy(() -> value.at("d"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no 'd' in {a, c}");
    assertThatThrownBy(() -> value.at("a").at("b").at(2))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no element 2 in a list of 2");
    assertThatThrownBy(() -> value.at("c").asLong())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("\"text\" is no number");
    assertThatThrownBy(() -> value.at("c").asBytes()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(value::asText).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void jsonIsSafeToPrint() {
    assertThat(Value.of(Map.of("a\u001b[2J\u007f", "\u009b1m\u202e\ud800é")).toJson())
        .isEqualTo("{\"a\\u001B[2J\\u007F\":\"\\u009B1m\\u202E\\uD800\\u00E9\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "1:0:0:0:0:0:0:1, 1::1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:0:0:3:4, 1::2:0:0:3:4",
    "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
    "fe80:0:0:0:0:0:0:0, fe80::"
  })
  void addressesOfIpv6AreAsShortAsTheyMayBe(String address, String shown) throws Exception {
    assertThat(Value.of(InetAddress.getByName(address)).asText()).isEqualTo(shown);
  }
}
