package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.DynamicSubscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of the family ethtool. */
@Timeout(240)
class EthtoolIT {

  private static final String FEATURE = "tx-tcp-segmentation";

  /** Twisted pair, which is what veth says, of {@code linux/ethtool.h}. */
  private static final int PORT_TP = 0;

  private Class<?> program;

  @BeforeEach
  void requireFamily() throws Exception {
    Prerequisite.requireFamily("ethtool");
    program = Prerequisite.requireTypedExample("Features");
  }

  @Test
  void loopbackHasALinkButTellsNothingOfIt() throws Exception {
    assertThat(lines("lo")).contains("link: yes", "port: not told");
  }

  @Test
  void featuresAreThoseThatTheEthtoolProgramPrints() throws Exception {
    Prerequisite.requireProgram("ethtool", "ethtool");
    Map<String, String> features =
        lines("lo").stream()
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));

    int compared = 0;
    // "	tx-checksum-ipv4: off [fixed]"; a few are printed under older names.
    Pattern line = Pattern.compile("\\s*(\\S+): ((?:on|off)(?: \\[fixed])?).*");
    for (var match : Command.succeed("ethtool", "-k", "lo").lines().map(line::matcher).toList()) {
      if (match.matches() && features.containsKey(match.group(1))) {
        assertThat(features.get(match.group(1)).replace(" [wanted otherwise]", ""))
            .as(match.group())
            .isEqualTo(match.group(2));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  @Test
  void deviceThatIsNotThereIsRefusedAndTheAttributeNamed() throws Exception {
    Command refused = Command.java(program, "no-such-device");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).contains("ENODEV", "attribute header.dev-name (1.2)");
  }

  private List<String> lines(String device) throws Exception {
    Command shown = Command.java(program, device);
    assertThat(shown.status()).as(shown.output()).isZero();
    return shown.output().lines().toList();
  }

  @Test
  void switchedFeatureIsNotified() throws Exception {
    Class<?> watch = Prerequisite.requireTypedExample("FeatureWatch");
    try (NetworkNamespace namespace = NetworkNamespace.open();
        RunningProgram monitor = namespace.start(watch, "1")) {
      monitor.awaitLine("watching");

      Command off = namespace.java(program, "lo", FEATURE, "off");

      assertThat(off.output().lines()).contains(FEATURE + ": off");
      assertThat(monitor.awaitLine("lo:")).isEqualTo("lo: features");
      assertThat(monitor.awaitEnd()).isZero();
    }
  }

  @Test
  void featureThatIsNotThereIsRefusedAndTheBitNamed() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command ended = namespace.java(program, "lo", "no-such-feature", "on");

      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.output()).contains("(3.3.1.2)");
    }
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Command ended =
        Command.run(
            Command.join(
                Prerequisite.withoutNetAdmin(), Command.javaWords(program, "lo", FEATURE, "on")));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  /** A pair of devices, each of which has a link while the other is up. */
  @Nested
  @Tag("vm")
  class WithVeth {

    @Test
    void linkIsWhatSysfsSays() throws Exception {
      Command.succeed("ip", "link", "add", "veth0", "up", "type", "veth", "peer", "veth1");
      try {
        assertThat(lines("veth0")).contains("link: no");

        Command.succeed("ip", "link", "set", "veth1", "up");

        assertThat(lines("veth0")).contains("link: yes");
        assertThat(sysfs("veth0", "carrier")).isEqualTo("1");
        assertThat(lines("veth0")).contains("port: " + PORT_TP);
      } finally {
        Command.succeed("ip", "link", "del", "veth0");
      }
    }

    @Test
    void eachSwitchOfAFeatureIsNotifiedOnce() throws Exception {
      Command.succeed("ip", "link", "add", "veth0", "up", "type", "veth", "peer", "veth1");
      try (DynamicClient client =
              DynamicClient.open(NetlinkOptions.DEFAULTS, Prerequisite.requireSpecs());
          DynamicSubscription changes = client.family("ethtool").subscribe("monitor")) {
        for (String wish : List.of("off", "on", "off")) {
          Command done = Command.java(program, "veth0", FEATURE, wish);
          assertThat(done.output().lines()).contains(FEATURE + ": " + wish);
        }

        List<String> seen = new ArrayList<>();
        for (var event = changes.poll(Duration.ofSeconds(2));
            event.isPresent();
            event = changes.poll(Duration.ofSeconds(2))) {
          assertThat(event.get()).isInstanceOf(Event.Notification.class);
          DynamicMessage told = ((Event.Notification<DynamicMessage>) event.get()).message();
          if (told.value().at("header").at("dev-name").asText().equals("veth0")) {
            seen.add(told.operation());
          }
        }

        assertThat(seen).hasSize(3).containsOnly("features-ntf");
      } finally {
        Command.succeed("ip", "link", "del", "veth0");
      }
    }

    private String sysfs(String device, String file) throws Exception {
      return Files.readString(Path.of("/sys/class/net", device, file)).strip();
    }
  }
}
