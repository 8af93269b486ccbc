package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family nl80211 on simulated radios, compared with sysfs. */
@Tag("vm")
@Timeout(240)
class WifiIT {

  private static final Path PHYS = Path.of("/sys/class/ieee80211");

  private Class<?> example;

  @BeforeAll
  static void requireRadios() throws Exception {
    Prerequisite.requireModule("mac80211_hwsim");
  }

  @BeforeEach
  void addRadios() throws Exception {
    example = Prerequisite.requireTypedExample("WifiRadios");
    Command.succeed("modprobe", "mac80211_hwsim", "radios=2");
  }

  @AfterEach
  void removeRadios() throws Exception {
    Command.succeed("modprobe", "-r", "mac80211_hwsim");
  }

  private String output() throws Exception {
    Command program = Command.java(example);
    assertThat(program.status()).as(program.output()).isZero();
    return program.output();
  }

  @Test
  void radiosAreThoseOfSysfs() throws Exception {
    List<String> expected = list(PHYS).map(WifiIT::radio).sorted().toList();

    assertThat(expected).hasSize(2);
    assertThat(output().lines().filter(l -> l.startsWith("radio "))).hasSameElementsAs(expected);
  }

  private static String radio(Path phy) {
    return "radio " + read(phy.resolve("index")) + " '" + read(phy.resolve("name")) + "'";
  }

  @Test
  void partsOfARadioAreOneAgain() throws Exception {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> parts =
            genl.dump(GenlRequest.of(genl.family("nl80211"), 1, a -> a.putFlag(174)))) {
      assertThat(parts.toList()).hasSizeGreaterThan(2);
    }
    String output = output();
    assertThat(output.lines().filter(l -> l.startsWith("  modes: ")))
        .hasSize(2)
        .allSatisfy(modes -> assertThat(modes).contains("station", "ap", "monitor"));
    // Each band has come in messages of its own.
    assertThat(output.lines().filter(l -> l.startsWith("  MHz: 2412 2417 "))).hasSize(2);
    assertThat(output.lines().filter(l -> l.startsWith("  MHz: "))).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void interfacesAreThoseOfSysfs() throws Exception {
    String device = "(?m)^radio (\\d+) .*\\n(?: .*\\n)*?  interface (\\S+): station, (\\S+)$";
    List<MatchResult> shown =
        Pattern.compile(device).matcher(output()).results().collect(Collectors.toList());

    assertThat(shown).hasSize(2);
    for (MatchResult i : shown) {
      Path known = Path.of("/sys/class/net", i.group(2));
      assertThat(i.group(1)).isEqualTo(read(known.resolve("phy80211/index")));
      assertThat(i.group(3)).isEqualTo(read(known.resolve("address")));
    }
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList().stream();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
