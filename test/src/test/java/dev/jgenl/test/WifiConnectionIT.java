package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.Event.Notification;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.AttributeWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the kernel's Wi-Fi ties to the socket that asked: the frames of a radio, an interface. */
@Tag("vm")
@Timeout(60)
class WifiConnectionIT {

  private static final int HWSIM_REGISTER = 1;
  private static final int HWSIM_FRAME = 2;
  private static final int HWSIM_ATTR_TRANSMITTER = 2;
  private static final int HWSIM_ATTR_FRAME = 3;

  private static final int GET_INTERFACE = 5;
  private static final int NEW_INTERFACE = 7;
  private static final int TRIGGER_SCAN = 33;
  private static final int WIPHY = 1;
  private static final int IFINDEX = 3;
  private static final int IFNAME = 4;
  private static final int IFTYPE = 5;
  private static final int SCAN_SSIDS = 45;
  private static final int SOCKET_OWNER = 204;
  private static final int STATION = 2;

  private Genl genl;
  private GenlFamily nl80211;
  private GenlMessage first;

  @BeforeAll
  static void requireRadios() throws Exception {
    Prerequisite.requireModule("mac80211_hwsim");
  }

  @BeforeEach
  void addRadio() throws Exception {
    Command.succeed("modprobe", "mac80211_hwsim", "radios=1");
    genl = Genl.open();
    nl80211 = genl.family("nl80211");
    first = interfaces().get(0);
  }

  @AfterEach
  void removeRadio() throws Exception {
    genl.close();
    Command.succeed("modprobe", "-r", "mac80211_hwsim");
  }

  @Test
  @DisplayName("T37 the frames of a radio go to the connection that has registered")
  void framesOfARadio() throws Exception {
    Command.succeed("ip", "link", "set", first.attributes().get(IFNAME).string(), "up");
    try (GenlConnection connection = genl.connect()) {
      connection.execute(GenlRequest.of(genl.family("MAC80211_HWSIM"), HWSIM_REGISTER));
      genl.execute(
          GenlRequest.of(
              nl80211,
              TRIGGER_SCAN,
              a ->
                  a.putU32(IFINDEX, first.attributes().get(IFINDEX).u32())
                      // An empty name asks all who are there.
                      .putNested(SCAN_SSIDS, s -> s.putBytes(1, new byte[0]))));
      Event<GenlMessage> event = next(connection);
      // The radio tells its addresses, too.
      while (((Notification<GenlMessage>) event).message().command() != HWSIM_FRAME) {
        event = next(connection);
      }

      assertThat(event)
          .isInstanceOfSatisfying(
              Notification.class,
              n -> {
                assertThat(n.family()).isEqualTo("MAC80211_HWSIM");
                assertThat(n.group()).isEmpty();
              });
      GenlMessage frame = ((Notification<GenlMessage>) event).message();
      assertThat(frame.attributes().get(HWSIM_ATTR_TRANSMITTER).length()).isEqualTo(6);
      // A probe request.
      assertThat(frame.attributes().get(HWSIM_ATTR_FRAME).bytes()[0]).isEqualTo((byte) 0x40);
      // Requests on the same socket go on beside the frames.
      for (int i = 0; i < 20; i++) {
        assertThat(connection.request(nl80211, GET_INTERFACE, this::putFirst).command())
            .isEqualTo(NEW_INTERFACE);
      }
    }
  }

  @Test
  @DisplayName("T37 an interface that a connection owns goes with it, and not before")
  void interfaceGoesWithItsConnection() throws Exception {
    Path device = Path.of("/sys/class/net/jwlan");
    try (GenlConnection connection = genl.connect()) {
      connection.execute(
          GenlRequest.of(
              nl80211,
              NEW_INTERFACE,
              a ->
                  a.putU32(WIPHY, first.attributes().get(WIPHY).u32())
                      .putString(IFNAME, "jwlan")
                      .putU32(IFTYPE, STATION)
                      .putFlag(SOCKET_OWNER)));
      assertThat(interfaces()).hasSize(2);
      assertThat(device).exists();
    }
    // The kernel does it in its own time.
    for (int i = 0; i < 200 && Files.exists(device); i++) {
      Thread.sleep(20);
    }
    assertThat(device).doesNotExist();
  }

  private static Event<GenlMessage> next(GenlConnection connection) throws NetlinkException {
    return connection.poll(Duration.ofSeconds(20)).orElseThrow();
  }

  private void putFirst(AttributeWriter a) {
    a.putU32(IFINDEX, first.attributes().get(IFINDEX).u32());
  }

  private List<GenlMessage> interfaces() throws NetlinkException {
    try (var dump = genl.dump(GenlRequest.of(nl80211, GET_INTERFACE))) {
      return dump.toList();
    }
  }
}
