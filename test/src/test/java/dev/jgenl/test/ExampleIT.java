package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.examples.Foobar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Java example as a user runs it: in a JVM of its own. */
class ExampleIT {

  @Test
  @Tag("vm")
  void exampleShowsEchoDumpAndError() throws Exception {
    Command example = Command.java(Foobar.class);

    assertThat(example.output().lines())
        .contains(
            "[User-Java] Kernel replied: 'Hello World from Java user program (using jgenl)!'",
            "[User-Java] Received NLMSG_DONE",
            "[User-Java] Kernel refused: EINVAL (Invalid argument)");
    assertThat(example.status()).isZero();
  }

  @Test
  void exampleHasHelp() throws Exception {
    Command help = Command.java(Foobar.class, "--help");

    assertThat(help.status()).isZero();
    assertThat(help.output()).startsWith("usage: ");
  }

  @Test
  void exampleRefusesAnUnknownRole() throws Exception {
    Command refused = Command.java(Foobar.class, "sing");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.output()).contains("unknown role 'sing'");
  }
}
