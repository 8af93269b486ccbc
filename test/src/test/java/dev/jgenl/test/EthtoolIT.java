package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Event;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.examples.Ethtool;
import dev.jgenl.transport.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family ethtool. */
@Timeout(240)
class EthtoolIT {

  private static final String FEATURE = "tx-tcp-segmentation";

  @BeforeEach
  void requireFamily() throws NetlinkException {
    Prerequisite.requireFamily("ethtool");
  }

  @Test
  void loopbackHasALinkButTellsNothingOfIt() throws Exception {
    try (Ethtool client = Ethtool.open()) {
      assertThat(client.hasLink("lo")).contains(true);
      assertThat(client.linkInfo("lo")).isEmpty();
    }
  }

  @Test
  void featuresAreThoseThatTheEthtoolProgramPrints() throws Exception {
    Prerequisite.requireProgram("ethtool", "ethtool");
    try (Ethtool client = Ethtool.open()) {
      Map<String, Ethtool.Feature> features =
          client.features("lo").stream()
              .collect(Collectors.toMap(Ethtool.Feature::name, Function.identity()));

      int compared = 0;
      // "	tx-checksum-ipv4: off [fixed]"; a few are printed under older names.
      Pattern line = Pattern.compile("\\s*(\\S+): (on|off)( \\[fixed])?.*");
      for (var match : Command.succeed("ethtool", "-k", "lo").lines().map(line::matcher).toList()) {
        if (match.matches() && features.containsKey(match.group(1))) {
          Ethtool.Feature feature = features.get(match.group(1));
          assertThat(feature.active()).as(match.group()).isEqualTo(match.group(2).equals("on"));
          assertThat(feature.fixed()).as(match.group()).isEqualTo(match.group(3) != null);
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(30);
    }
  }

  @Test
  void deviceThatIsNotThereIsRefusedAndTheAttributeNamed() throws Exception {
    try (Ethtool client = Ethtool.open()) {
      KernelException e =
          catchThrowableOfType(KernelException.class, () -> client.features("no-such-device"));

      assertThat(e.error()).isEqualTo(Errno.ENODEV);
      assertThat(e.extendedAck().path()).containsExactly(1, 2);
    }
  }

  @Test
  void switchedFeatureIsNotified() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open();
        RunningProgram monitor = namespace.start(Ethtool.class, "--monitor", "1")) {
      monitor.awaitLine("watching");

      Command off = namespace.java(Ethtool.class, "lo", FEATURE, "off");

      assertThat(off.output().lines()).contains(FEATURE + ": off");
      assertThat(monitor.awaitLine("lo:")).isEqualTo("lo: features");
      assertThat(monitor.awaitEnd()).isZero();
    }
  }

  @Test
  void featureThatIsNotThereIsRefusedAndTheBitNamed() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command program = namespace.java(Ethtool.class, "lo", "no-such-feature", "on");

      assertThat(program.status()).isEqualTo(1);
      assertThat(program.output()).contains("attribute 3.3.1.2");
    }
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Command program =
        Command.run(
            Command.join(
                Prerequisite.withoutNetAdmin(),
                Command.javaWords(Ethtool.class, "lo", FEATURE, "on")));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  /** A pair of devices, each of which has a link while the other is up. */
  @Nested
  @Tag("vm")
  class WithVeth {

    @Test
    void linkIsWhatSysfsSays() throws Exception {
      Command.succeed("ip", "link", "add", "veth0", "up", "type", "veth", "peer", "veth1");
      try (Ethtool client = Ethtool.open()) {
        assertThat(client.hasLink("veth0")).contains(false);

        Command.succeed("ip", "link", "set", "veth1", "up");

        assertThat(client.hasLink("veth0")).contains(true);
        assertThat(sysfs("veth0", "carrier")).isEqualTo("1");
        Ethtool.LinkInfo info = client.linkInfo("veth0").orElseThrow();
        assertThat(info.device()).isEqualTo("veth0");
        assertThat(info.index()).isEqualTo(Long.parseLong(sysfs("veth0", "ifindex")));
      } finally {
        Command.succeed("ip", "link", "del", "veth0");
      }
    }

    @Test
    void eachSwitchOfAFeatureIsNotifiedOnce() throws Exception {
      Command.succeed("ip", "link", "add", "veth0", "up", "type", "veth", "peer", "veth1");
      try (Ethtool client = Ethtool.open();
          GenlSubscription changes = client.watch()) {
        List<Boolean> active = new ArrayList<>();
        for (boolean on : new boolean[] {false, true, false}) {
          client.setFeature("veth0", FEATURE, on);
          active.add(isActive(client.features("veth0")));
        }

        List<Ethtool.Change> seen = new ArrayList<>();
        for (var event = changes.poll(Duration.ofSeconds(2));
            event.isPresent();
            event = changes.poll(Duration.ofSeconds(2))) {
          assertThat(event.get()).isInstanceOf(Event.Notification.class);
          seen.add(Ethtool.changeOf(((Event.Notification<GenlMessage>) event.get()).message()));
        }

        assertThat(active).containsExactly(false, true, false);
        assertThat(seen)
            .filteredOn(change -> change.device().equals("veth0"))
            .hasSize(3)
            .containsOnly(new Ethtool.Change("veth0", "features"));
      } finally {
        Command.succeed("ip", "link", "del", "veth0");
      }
    }

    private boolean isActive(List<Ethtool.Feature> features) {
      return features.stream().anyMatch(f -> f.name().equals(FEATURE) && f.active());
    }

    private String sysfs(String device, String file) throws Exception {
      return Files.readString(Path.of("/sys/class/net", device, file)).strip();
    }
  }
}
