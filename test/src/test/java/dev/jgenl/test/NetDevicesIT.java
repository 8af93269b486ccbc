package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Event;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.examples.NetDevices;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family netdev. */
@Timeout(240)
class NetDevicesIT {

  private static final int DEV_ADD_NTF = 2;
  private static final int DEV_DEL_NTF = 3;

  @BeforeEach
  void requireFamily() throws NetlinkException {
    Prerequisite.requireFamily("netdev");
  }

  @Test
  void dumpListsTheDevicesOfSysfs() throws Exception {
    try (NetDevices client = NetDevices.open()) {
      assertThat(client.devices())
          .extracting(NetDevices.Device::index)
          .containsExactlyInAnyOrderElementsOf(indices());
    }
  }

  @Test
  void eachDeviceIsAsTheDumpSaysIt() throws Exception {
    try (NetDevices client = NetDevices.open()) {
      for (NetDevices.Device listed : client.devices()) {
        assertThat(client.device(listed.index())).isEqualTo(listed);
      }
    }
  }

  @Test
  void deviceThatIsNotThereIsRefused() throws Exception {
    try (NetDevices client = NetDevices.open()) {
      KernelException e =
          catchThrowableOfType(KernelException.class, () -> client.device(Integer.MAX_VALUE));

      assertThat(e.error()).isEqualTo(Errno.ENODEV);
    }
  }

  @Test
  void newAndRemovedDevicesAreNotifiedBehindTheList() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      String[] add = {"ip", "link", "add", "veth0", "type", "veth", "peer", "veth1"};
      Command trial = namespace.run(add);
      Prerequisite.require(trial.status() == 0, "no veth device here: " + trial.output().strip());
      namespace.run("ip", "link", "del", "veth0");
      try (RunningProgram monitor = namespace.start(NetDevices.class, "--monitor")) {
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
    try (NetDevices client = NetDevices.open();
        GenlSubscription changes = client.watch()) {
      List<Long> listed = new ArrayList<>();
      for (var event = changes.next();
          event instanceof Event.Listed<GenlMessage> entry;
          event = changes.next()) {
        listed.add(NetDevices.deviceOf(entry.message()).index());
      }
      assertThat(listed).containsExactlyInAnyOrderElementsOf(before);

      Command.succeed("ip", "link", "add", "dummy9", "type", "dummy");
      String index = Files.readString(Path.of("/sys/class/net/dummy9/ifindex")).strip();
      Command.succeed("ip", "link", "del", "dummy9");

      long dummy = Long.parseLong(index);
      assertThat(nextOf(changes, dummy)).isEqualTo(DEV_ADD_NTF);
      assertThat(nextOf(changes, dummy)).isEqualTo(DEV_DEL_NTF);
    }
  }

  /** Waits for the next notification of a device and returns its command. */
  private static int nextOf(GenlSubscription changes, long index) throws NetlinkException {
    for (; ; ) {
      Event<GenlMessage> event = changes.next();
      if (event instanceof Event.Notification<GenlMessage> notification
          && NetDevices.deviceOf(notification.message()).index() == index) {
        return notification.message().command();
      }
    }
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
