package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandParserTest {

  private static Parsed parse(String... words) {
    Syntax syntax = new Syntax();
    syntax.addOption(Options.flag("json", "-j"));
    syntax.addOption(Options.flag("verbose", "-v", "--verbose"));
    syntax.addOption(Options.value("FORMAT", "format", "-o", "--output"));
    syntax.addOption(Options.flag("help", "-h", "--help"));
    syntax.addPositional(Options.parameter("FAMILY", "a family"));
    syntax.addPositional(Options.optional("NAME", "a name"));
    return CommandParser.parse(syntax, List.of(words));
  }

  @Test
  void valuesStandBehindABlankAnEqualsSignOrNothing() {
    for (String[] words :
        List.of(
            new String[] {"f", "-o", "x"},
            new String[] {"-ox", "f"},
            new String[] {"f", "-o=x"},
            new String[] {"--output", "x", "f"},
            new String[] {"f", "--output=x"},
            new String[] {"f", "-jvox"})) {
      Parsed parsed = parse(words);
      assertThat(Options.text(parsed, "-o")).isEqualTo("x");
      assertThat(Options.text(parsed, "--output")).isEqualTo("x");
      assertThat(parsed.parameters()).containsExactly("f");
    }
  }

  @Test
  void flagsMayStandTogether() {
    Parsed parsed = parse("-jv", "f");

    assertThat(Options.has(parsed, "-j")).isTrue();
    assertThat(Options.has(parsed, "--verbose")).isTrue();
    assertThat(Options.has(parsed, "-o")).isFalse();
  }

  @Test
  void theLastValueCounts() {
    assertThat(Options.text(parse("-o", "x", "f", "-o", "y"), "-o")).isEqualTo("y");
  }

  @Test
  void behindTwoHyphensNothingIsAnOption() {
    assertThat(parse("f", "--", "-j").parameters()).containsExactly("f", "-j");
    assertThat(parse("-", "--", "--").parameters()).containsExactly("-", "--");
  }

  @Test
  void aValueThatLooksAsAnOptionDoesStandsBehindAnEqualsSign() {
    assertThat(Options.text(parse("f", "-o=-j"), "-o")).isEqualTo("-j");
    assertThat(Options.text(parse("f", "--output=--verbose"), "-o")).isEqualTo("--verbose");
    assertFails("-o lacks its value", "f", "-o", "-j");
  }

  @Test
  void aValueMayBeginWithAHyphen() {
    for (String value : new String[] {"-1", "-", "-x", "--x"}) {
      assertThat(Options.text(parse("f", "-o", value), "-o")).isEqualTo(value);
    }
  }

  @Test
  void aValueIsTakenAsItIs() {
    for (String value : new String[] {"\"x\"", "", " ", "a=b"}) {
      assertThat(Options.text(parse("f", "--output", value), "-o")).isEqualTo(value);
      assertThat(Options.text(parse("f", "--output=" + value), "-o")).isEqualTo(value);
    }
  }

  @Test
  void whatStandsBehindTwoHyphensIsToldApart() {
    assertThat(parse("f").dashes()).isEqualTo(-1);
    assertThat(parse("--", "f").dashes()).isZero();
    assertThat(parse("f", "-j", "--").dashes()).isEqualTo(1);
    assertThat(parse("-o", "x", "f", "--", "--").dashes()).isEqualTo(1);
    assertFails("-o lacks its value", "f", "-o", "--");
  }

  @Test
  void helpNeedsNoParameters() {
    assertThat(Options.has(parse("--help"), "-h")).isTrue();
  }

  @Test
  void whatIsWrongIsSaid() {
    assertFails("FAMILY is missing");
    assertFails("'c' is one word too many", "a", "b", "c");
    assertFails("is it --verbose?", "f", "--verbos");
    assertFails("-o lacks its value", "f", "-o");
    assertFails("--verbose takes no value", "f", "--verbose=1");
    assertFails("-j takes no value", "f", "-j=1");
    assertFails("no such option: '-jx'", "f", "-jx");
    assertFails("no such option: '-1'", "-1");
    assertFails("no such option: '--verb'", "f", "--verb");
  }

  private static void assertFails(String text, String... words) {
    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(text);
  }
}
