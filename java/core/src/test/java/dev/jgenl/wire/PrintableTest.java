package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  static Stream<Arguments> controls() {
    return Stream.of(
        arguments("a newline", "a\nb", "a\\nb"),
        arguments("a tab", "a\tb", "a\\tb"),
        arguments("a carriage return", "a\rb", "a\\u000db"),
        arguments("a backslash", "a\\nb", "a\\\\nb"),
        arguments("NUL", "a\0b", "a\\u0000b"),
        arguments("BEL", "\007", "\\u0007"),
        arguments("ESC of a colour", "\033[31mred", "\\u001b[31mred"),
        arguments("DEL", "\177", "\\u007f"),
        arguments("the first of C1", "\u0080", "\\u0080"),
        arguments("CSI of C1", "\u009b31m", "\\u009b31m"),
        arguments("OSC of C1", "\u009d0;title", "\\u009d0;title"),
        arguments("the last of C1", "\u009f", "\\u009f"),
        arguments("a soft hyphen", "a\u00adb", "a\\u00adb"),
        arguments("right-to-left override", "a\u202eb", "a\\u202eb"),
        arguments("left-to-right override", "a\u202db", "a\\u202db"),
        arguments("left-to-right isolate", "a\u2066b", "a\\u2066b"),
        arguments("pop directional isolate", "a\u2069b", "a\\u2069b"),
        arguments("right-to-left mark", "a\u200fb", "a\\u200fb"),
        arguments("zero width space", "a\u200bb", "a\\u200bb"),
        arguments("byte order mark", "\ufeffa", "\\ufeffa"),
        arguments("line separator", "a\u2028b", "a\\u2028b"),
        arguments("paragraph separator", "a\u2029b", "a\\u2029b"),
        arguments("private use", "\ue000", "\\ue000"),
        arguments("a noncharacter", "\uffff", "\\uffff"),
        arguments("a tag character", "\udb40\udc41", "\\U000e0041"),
        arguments("a lone high surrogate", "a\ud83db", "a\\ud83db"),
        arguments("a lone low surrogate", "a\ude00b", "a\\ude00b"),
        arguments("surrogates in the wrong order", "\ude00\ud83d", "\\ude00\\ud83d"));
  }

  @ParameterizedTest(name = "{0} is escaped")
  @MethodSource("controls")
  void whatIsNotPrintableIsEscaped(String what, String text, String escaped) {
    assertThat(Printable.escape(text)).as(what).isEqualTo(escaped);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hello, kernel!",
        "~ !\"#$%&'()*+,-./",
        "Grüße",
        "日本語",
        "שלום",
        "é",
        "😀",
        "a😀b",
        "😀😀",
        "❤️",
        "\u00a0",
        "\ufffd"
      })
  void printableTextStaysAsItIs(String text) {
    assertThat(Printable.escape(text)).isEqualTo(text);
  }
}
