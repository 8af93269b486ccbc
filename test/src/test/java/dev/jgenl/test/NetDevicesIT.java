package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family netdev. */
@Timeout(240)
class NetDevicesIT {

  private static final Pattern DEVICE = Pattern.compile("device (\\d+): XDP \\S+");

  private Class<?> program;

  @BeforeEach
  void requireFamily() throws Exception {
    Prerequisite.requireFamily("netdev");
    program = Prerequisite.requireTypedExample("NetDevices");
  }

  @Test
  void dumpListsTheDevicesOfSysfs() throws Exception {
    assertThat(devices().keySet()).containsExactlyInAnyOrderElementsOf(indices());
  }

  @Test
  void eachDeviceIsAsTheDumpSaysIt() throws Exception {
    for (Map.Entry<Long, String> listed : devices().entrySet()) {
      assertThat(Command.java(program, listed.getKey().toString()).output().strip())
          .isEqualTo(listed.getValue());
    }
  }

  @Test
  void deviceThatIsNotThereIsRefused() throws Exception {
    Command refused = Command.java(program, "999999999");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).contains("netdev dev-get: ENODEV");
  }

  @Test
  void newAndRemovedDevicesAreNotifiedBehindTheList() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      String[] add = {"ip", "link", "add", "veth0", "type", "veth", "peer", "veth1"};
      Command trial = namespace.run(add);
      Prerequisite.require(trial.status() == 0, "no veth device here: " + trial.output().strip());
      namespace.run("ip", "link", "del", "veth0");
      try (RunningProgram monitor = namespace.start(program, "--monitor")) {
        assertThat(monitor.awaitLine("device ")).startsWith("device 1: ");
        monitor.awaitLine("that is all");

        assertThat(namespace.run(add).status()).isZero();
        String first = monitor.awaitLine("added ");
        String second = monitor.awaitLine("added ");
        assertThat(namespace.run("ip", "link", "del", "veth0").status()).isZero();

        List<String> removed =
            List.of(monitor.awaitLine("removed "), monitor.awaitLine("removed "));
        assertThat(removed)
            .map(NetDevicesIT::indexOf)
            .containsExactlyInAnyOrder(indexOf(first), indexOf(second));
      }
    }
  }

  @Test
  @Tag("vm")
  void subscriptionListsThenTellsWhatComesAndGoes() throws Exception {
    List<Long> before = indices();
    try (RunningProgram monitor = RunningProgram.start(Command.javaWords(program, "--monitor"))) {
      List<Long> listed = new ArrayList<>();
      for (int i = 0; i < before.size(); i++) {
        listed.add(Long.parseLong(indexOf(monitor.awaitLine("device "))));
      }
      monitor.awaitLine("that is all");
      assertThat(listed).containsExactlyInAnyOrderElementsOf(before);

      Command.succeed("ip", "link", "add", "dummy9", "type", "dummy");
      String index = Files.readString(Path.of("/sys/class/net/dummy9/ifindex")).strip();
      Command.succeed("ip", "link", "del", "dummy9");

      monitor.awaitLine("added " + index + ":");
      monitor.awaitLine("removed " + index + ":");
    }
  }

  /** Returns what the program prints of each device. */
  private Map<Long, String> devices() throws Exception {
    Command list = Command.java(program);
    assertThat(list.status()).as(list.output()).isZero();
    Map<Long, String> devices = new TreeMap<>();
    for (String line : list.output().lines().toList()) {
      Matcher device = DEVICE.matcher(line);
      assertThat(device.matches()).as(line).isTrue();
      devices.put(Long.parseLong(device.group(1)), line);
    }
    return devices;
  }

  /** Of a line such as "added 7: XDP []". */
  private static String indexOf(String line) {
    return line.replaceAll("\\D+(\\d+):.*", "$1");
  }

  private static List<Long> indices() throws IOException {
    List<Long> indices = new ArrayList<>();
    try (Stream<Path> devices = Files.list(Path.of("/sys/class/net"))) {
      for (Path device : devices.filter(Files::isDirectory).toList()) {
        indices.add(Long.parseLong(Files.readString(device.resolve("ifindex")).strip()));
      }
    }
    return indices;
  }
}
