package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.examples.Foobar;
import dev.jgenl.examples.LinkWatch;
import dev.jgenl.examples.TcpSockets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java examples as a user runs them: in a JVM of their own. */
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
  @Tag("vm")
  void clientThatWasMadeOfASpecShowsThemToo() throws Exception {
    Command example = Command.java(com.example.Main.class);

    assertThat(example.output().lines())
        .containsExactly(
            "[User-Typed] Kernel replied: 'Hello World from Java user program (using a spec)!'",
            "[User-Typed] Kernel listed: 'Message 1 of 3 of a dump by the kernel'",
            "[User-Typed] Kernel listed: 'Message 2 of 3 of a dump by the kernel'",
            "[User-Typed] Kernel listed: 'Message 3 of 3 of a dump by the kernel'",
            "[User-Typed] Kernel refused: gnl_foobar_xmpl reply-with-nlmsg-err: EINVAL (Invalid"
                + " argument): this command is always refused, as an example; attribute msg (1)");
    assertThat(example.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(classes = {Foobar.class, LinkWatch.class, TcpSockets.class})
  void exampleHasHelpAndRefusesWhatItDoesNotKnow(Class<?> example) throws Exception {
    assertHelp(example);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BlockList",
        "Families",
        "FeatureWatch",
        "Features",
        "Links",
        "MptcpEndpoints",
        "NetDevices",
        "ProcessExits",
        "TaskStats",
        "TcpHosts",
        "WifiRadios",
        "WifiScan",
        "WireGuard"
      })
  void typedExampleHasHelpAndRefusesWhatItDoesNotKnow(String example) throws Exception {
    assertHelp(Prerequisite.requireTypedExample(example));
  }

  private static void assertHelp(Class<?> example) throws Exception {
    Command help = Command.java(example, "--help");
    Command refused = Command.java(example, "--sing");

    assertThat(help.status()).isZero();
    assertThat(help.output()).startsWith("usage: " + example.getSimpleName());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.output()).contains("usage: " + example.getSimpleName());
  }

  @Test
  void familiesAreListedAndShown() throws Exception {
    Class<?> families = Prerequisite.requireTypedExample("Families");
    Command list = Command.java(families);
    Command shown = Command.java(families, "nlctrl", "nobody", "ethtool");

    assertThat(list.output()).contains(" 16 nlctrl ");
    assertThat(list.status()).isZero();
    assertThat(shown.output())
        .contains(
            "group 16 notify",
            "command 3: cmd-cap-do,cmd-cap-dump,cmd-cap-haspol",
            "attribute 2: nul-string",
            "nobody is not registered: nlctrl getfamily: ENOENT",
            " ethtool ");
    assertThat(shown.status()).isEqualTo(1);
  }

  @Test
  void exampleRefusesAnUnknownRole() throws Exception {
    Command refused = Command.java(Foobar.class, "sing");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.output()).contains("unknown role 'sing'");
  }
}
