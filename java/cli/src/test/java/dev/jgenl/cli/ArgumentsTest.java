package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void commonOptionsMayStandBeforeTheVerb() {
    Arguments arguments = Arguments.of("-j", "-n", "blue", "do", "ethtool", "rings-get");

    assertThat(arguments.verb()).isEqualTo("do");
    assertThat(arguments.rest()).containsExactly("-j", "-n", "blue", "ethtool", "rings-get");
  }

  @Test
  void optionsAloneAreNoVerb() {
    assertThat(Arguments.of("--version").verb()).isEmpty();
  }
}
