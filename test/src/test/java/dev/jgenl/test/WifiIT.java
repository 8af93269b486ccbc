package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.examples.WifiRadios;
import dev.jgenl.examples.WifiRadios.Interface;
import dev.jgenl.examples.WifiRadios.Mode;
import dev.jgenl.examples.WifiRadios.Radio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family nl80211 on simulated radios, compared with sysfs. */
@Tag("vm")
@Timeout(240)
class WifiIT {

  private static final Path PHYS = Path.of("/sys/class/ieee80211");

  private WifiRadios client;

  @BeforeEach
  void addRadios() throws Exception {
    Command.succeed("modprobe", "mac80211_hwsim", "radios=2");
    client = WifiRadios.open();
  }

  @AfterEach
  void removeRadios() throws Exception {
    client.close();
    Command.succeed("modprobe", "-r", "mac80211_hwsim");
  }

  @Test
  void radiosAreThoseOfSysfs() throws Exception {
    Map<Long, String> expected = new TreeMap<>();
    for (Path phy : list(PHYS)) {
      expected.put(Long.parseLong(read(phy.resolve("index"))), read(phy.resolve("name")));
    }

    List<Radio> radios = client.radios();

    assertThat(radios).hasSize(2);
    assertThat(radios.stream().collect(Collectors.toMap(Radio::index, Radio::name)))
        .isEqualTo(expected);
  }

  @Test
  void partsOfARadioAreOneAgain() throws Exception {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> parts =
            genl.dump(GenlRequest.of(genl.family("nl80211"), 1, a -> a.putFlag(174)))) {
      assertThat(parts.toList()).hasSizeGreaterThan(2);
    }
    for (Radio radio : client.radios()) {
      assertThat(radio.modes()).contains(Mode.STATION, Mode.AP, Mode.MONITOR);
      // Channels of both bands, which come in messages of their own.
      assertThat(radio.frequencies()).contains(2412, 2437).hasSizeGreaterThan(11);
    }
  }

  @Test
  void interfacesAreThoseOfSysfs() throws Exception {
    List<Interface> interfaces = client.interfaces();

    assertThat(interfaces).hasSize(2);
    for (Interface i : interfaces) {
      Path device = Path.of("/sys/class/net", i.name().orElseThrow());
      assertThat(i.index()).hasValue(Long.parseLong(read(device.resolve("ifindex"))));
      assertThat(i.mac()).hasToString(read(device.resolve("address")));
      assertThat(i.radio()).isEqualTo(Long.parseLong(read(device.resolve("phy80211/index"))));
      assertThat(i.mode()).contains(Mode.STATION);
    }
  }

  @Test
  void programPrintsRadiosWithTheirInterfaces() throws Exception {
    Command program = Command.java(WifiRadios.class);

    assertThat(program.status()).as(program.output()).isZero();
    assertThat(program.output().lines().filter(l -> l.startsWith("radio "))).hasSize(2);
    assertThat(program.output().lines().filter(l -> l.startsWith("  interface "))).hasSize(2);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
