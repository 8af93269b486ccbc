package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.DynamicSubscription;
import dev.jgenl.spec.NumberValue;
import dev.jgenl.spec.Value;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Scans and stations of nl80211 by the names of its spec, on two simulated radios. */
@Tag("vm")
@Timeout(240)
class WifiScanIT {

  private static final String BSSID = "02:12:34:56:78:9a";

  /** The first information element: number 0, five bytes, "jgenl". */
  private static final String NAME = "00056a67656e6c";

  private Recording recording;
  private DynamicClient client;
  private DynamicFamily nl80211;
  private Value first;
  private Value second;

  @BeforeAll
  static void requireRadios() throws Exception {
    Prerequisite.requireModule("mac80211_hwsim");
  }

  @BeforeEach
  void addRadios(TestInfo test) throws Exception {
    Command.succeed("modprobe", "mac80211_hwsim", "radios=2");
    recording =
        Recording.open(
            "wifi-" + test.getTestMethod().orElseThrow().getName(), NetlinkOptions.DEFAULTS);
    client = recording.client(Prerequisite.requireSpecs());
    nl80211 = client.family("nl80211");
    List<Value> interfaces =
        nl80211.dump("get-interface", Value.parse("{}")).toList().stream()
            .sorted(Comparator.comparingLong(WifiScanIT::index))
            .toList();
    first = interfaces.get(0);
    second = interfaces.get(1);
  }

  @AfterEach
  void removeRadios() throws Exception {
    client.close();
    recording.close();
    Command.succeed("modprobe", "-r", "mac80211_hwsim");
  }

  @Test
  void scanFindsANetwork() throws Exception {
    join(first);
    setUp(second);

    Value bss = found();

    assertThat(bss.at("frequency").asLong()).isEqualTo(2437);
    assertThat(bss.at("information-elements").asText()).startsWith(NAME);
    assertThat(bss.at("signal-mbm").asLong()).isBetween(-10_000L, -1L);
    assertThat(bss.at("beacon-interval").asLong()).isEqualTo(100);
    assertThat(bss.at("capability").asLong() & 3)
        .as("no access point, but without one")
        .isEqualTo(2);
    assertThat(bss.at("seen-ms-ago").asLong()).isBetween(0L, 60_000L);
    assertThat(bss.at("last-seen-boottime").asLong()).isPositive();
    assertThat(bss.find("status")).isEmpty();
    Value own = onlyNetwork(first);
    assertThat(own.at("bssid").asText()).isEqualTo(BSSID);
    assertThat(own.at("status").asText()).isEqualTo("ibss-joined");
  }

  /** A radio that listens at the wrong moment hears nothing. */
  private Value found() throws NetlinkException {
    for (int i = 0; i < 5; i++) {
      scan();
      for (Value network : nl80211.dump("get-scan", only(second)).toList()) {
        if (network.at("bss").at("bssid").asText().equals(BSSID)) {
          assertThat(network.at("ifindex")).isEqualTo(second.at("ifindex"));
          return network.at("bss");
        }
      }
    }
    throw new AssertionError("the network is not found");
  }

  private void scan() throws NetlinkException {
    try (DynamicSubscription events = nl80211.subscribe("scan")) {
      nl80211.execute(
          "trigger-scan",
          with(second, "scan-frequencies: [2412, 2437], scan-ssids: ['', 6a67656e6c]"));
      Value begun = await(events, "trigger-scan-ntf", this::isOfSecond);
      Value over = await(events, "new-scan-results-ntf", this::isOfSecond);
      for (Value told : List.of(begun, over)) {
        assertThat(told.at("scan-frequencies").toJson()).isEqualTo("[2412,2437]");
        assertThat(told.at("scan-ssids").toJson()).isEqualTo("[\"\",\"6a67656e6c\"]");
        assertThat(told.at("wiphy")).isEqualTo(second.at("wiphy"));
        assertThat(told.at("wdev")).isEqualTo(second.at("wdev"));
      }
    }
  }

  private boolean isOfSecond(Value told) {
    return told.at("ifindex").equals(second.at("ifindex"));
  }

  private Value onlyNetwork(Value device) throws NetlinkException {
    List<Value> networks = nl80211.dump("get-scan", only(device)).toList();
    assertThat(networks).hasSize(1);
    return networks.get(0).at("bss");
  }

  @Test
  void scanThatIsAbortedIsTold() throws Exception {
    setUp(second);
    assertThatThrownBy(() -> nl80211.execute("abort-scan", only(second)))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("nl80211 abort-scan: ENOENT");
    try (DynamicSubscription events = nl80211.subscribe("scan")) {
      nl80211.execute("trigger-scan", only(second)); // of all frequencies, which takes seconds
      nl80211.execute("abort-scan", only(second));

      Value told = await(events, "scan-aborted-ntf", this::isOfSecond);

      assertThat(told.at("scan-frequencies").asList()).hasSizeGreaterThan(11);
      assertThat(told.at("scan-ssids").asList()).isEmpty();
    }
  }

  @Test
  void stationsOfANetworkKnowEachOther() throws Exception {
    join(first);
    try (DynamicSubscription events = nl80211.subscribe("mlme")) {
      join(second);
      Value joined = await(events, "join-ibss-ntf", this::isOfSecond);
      assertThat(joined.at("mac").asText()).isEqualTo(BSSID);
      await(events, "new-station-ntf", told -> isOfSecond(told) && isFirst(told));

      List<Value> stations = nl80211.dump("get-station", only(second)).toList();
      assertThat(stations).hasSize(1);
      assertThat(isFirst(stations.get(0))).isTrue();
      Value info = afterData();
      assertThat(info.at("signal").asLong()).isBetween(-100L, -1L);
      assertThat(info.at("inactive-time").asLong()).isBetween(0L, 60_000L);
      assertThat(info.at("connected-time").asLong()).isBetween(0L, 60L);
      assertThat(info.at("rx-packets").asLong()).isPositive();
      assertThat(info.at("rx-bytes64").asLong())
          .isGreaterThanOrEqualTo(info.at("rx-bytes").asLong());
      assertThat(info.at("tx-bytes").asLong()).isPositive();
      assertThat(info.at("tx-bitrate").at("bitrate32").asLong()).isPositive();
      NumberValue flags = (NumberValue) info.at("sta-flags").at("set");
      assertThat(flags.has("authorized")).isTrue();
      assertThat(flags.has("tdls-peer")).isFalse();
      Value joinedAs = nl80211.request("get-interface", only(second));
      assertThat(joinedAs.at("iftype").asText()).isEqualTo("adhoc");
      assertThat(joinedAs.at("ssid").asText()).isEqualTo(NAME.substring(4));
      assertThat(joinedAs.at("wiphy-freq").asLong()).isEqualTo(2437);
      assertThat(joinedAs.at("channel-width").asText()).isEqualTo("20mhz-no-ht");

      change("leave-ibss", only(second));
      await(events, "del-station-ntf", told -> isOfSecond(told) && isFirst(told));
      assertThat(nl80211.dump("get-station", only(second)).toList()).isEmpty();
    }
  }

  /** What the second knows of the first: only data has a rate, and is told of some time later. */
  private Value afterData() throws Exception {
    String device = second.at("ifname").asText();
    String mac = first.at("mac").asText();
    Command.succeed("ip", "addr", "add", "192.0.2.1/24", "dev", device);
    Command.succeed("ip", "neigh", "add", "192.0.2.2", "lladdr", mac, "dev", device);
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress peer = InetAddress.getByName("192.0.2.2");
      for (int i = 0; i < 100; i++) {
        socket.send(new DatagramPacket(new byte[100], 100, peer, 9));
        Value station = nl80211.request("get-station", with(second, "mac: '" + mac + "'"));
        if (station.at("sta-info").find("tx-bitrate").isPresent()) {
          return station.at("sta-info");
        }
        Thread.sleep(50);
      }
    }
    throw new AssertionError("no rate is known");
  }

  private boolean isFirst(Value station) {
    return station.at("mac").equals(first.at("mac"));
  }

  @Test
  void channelsThatWereScannedAreInTheSurvey() throws Exception {
    setUp(second);
    scan();

    List<Value> channels =
        nl80211.dump("get-survey", only(second)).toList().stream()
            .map(channel -> channel.at("survey-info"))
            .toList();

    assertThat(channels)
        .extracting(channel -> channel.at("frequency").asLong())
        .contains(2412L, 2437L);
    assertThat(channels)
        .allSatisfy(
            channel -> {
              assertThat(channel.at("noise").asLong()).isEqualTo(-92); // what the module makes up
              assertThat(channel.at("time").asLong()).isNotNegative();
            });
  }

  @Test
  void connectionThatFailsIsTold() throws Exception {
    setUp(second);
    try (DynamicSubscription events = nl80211.subscribe("mlme")) {
      change("connect", with(second, "ssid: 6e6f6e65, wiphy-freq: 2412, auth-type: open-system"));

      Value told = await(events, "connect-ntf", this::isOfSecond);

      assertThat(told.at("status-code").asLong()).isNotZero();
      assertThat(told.find("mac")).isEmpty();
    }
  }

  @Test
  void interfacesThatChangeAreTold() throws Exception {
    try (DynamicSubscription events = nl80211.subscribe("config")) {
      Value made =
          nl80211.request(
              "new-interface",
              Value.parse("{wiphy: %d, ifname: jwlan, iftype: station}".formatted(wiphy(first))));
      assertThat(Path.of("/sys/class/net/jwlan")).exists();
      Value told = await(events, "new-interface-ntf", made(made));
      assertThat(told.at("ifname").asText()).isEqualTo("jwlan");
      assertThat(told.at("iftype").asText()).isEqualTo("station");

      change("set-interface", with(made, "iftype: monitor"));
      told = await(events, "set-interface-ntf", made(made));
      assertThat(told.at("iftype").asText()).isEqualTo("monitor");

      change("del-interface", only(made));
      await(events, "del-interface-ntf", made(made));
      assertThat(Path.of("/sys/class/net/jwlan")).doesNotExist();
    }
  }

  private static Predicate<Value> made(Value made) {
    return told -> told.at("wdev").equals(made.at("wdev"));
  }

  private static long wiphy(Value device) {
    return device.at("wiphy").asLong();
  }

  @Test
  void radiosThatComeAndGoAreTold() throws Exception {
    try (DynamicSubscription events = nl80211.subscribe("config")) {
      Command.succeed("modprobe", "-r", "mac80211_hwsim");
      await(events, "del-wiphy-ntf", told -> told.at("wiphy").equals(first.at("wiphy")));
      Command.succeed("modprobe", "mac80211_hwsim", "radios=1");

      Value told = await(events, "new-wiphy-ntf", any -> true);

      assertThat(wiphy(told)).isGreaterThan(wiphy(second));
      assertThat(told.at("wiphy-name").asText()).startsWith("phy");
    }
  }

  @Test
  void rulesOfTheSpectrumAreThoseOfTheModule() throws Exception {
    String country =
        Files.readString(Path.of("/sys/module/cfg80211/parameters/ieee80211_regdom")).strip();

    Value rules = nl80211.request("get-reg", Value.parse("{}"));

    assertThat(rules.at("reg-alpha2").asText()).isEqualTo(country);
    assertThat(nl80211.dump("get-reg", Value.parse("{}")).toList()).contains(rules);
    List<Value> list = rules.at("reg-rules").asList();
    assertThat(list)
        .isNotEmpty()
        .allSatisfy(
            rule ->
                assertThat(rule.at("freq-range-end").asLong())
                    .isGreaterThan(rule.at("freq-range-start").asLong()))
        .anySatisfy(rule -> assertThat(rule.at("freq-range-start").asLong()).isEqualTo(2_402_000))
        .anySatisfy(
            rule -> assertThat(((NumberValue) rule.at("reg-rule-flags")).has("no-ir")).isTrue());
  }

  @Test
  void programPrintsTheNetworksThatItFinds() throws Exception {
    join(first);
    setUp(second);
    found();

    Class<?> example = Prerequisite.requireTypedExample("WifiScan");
    Command program = Command.java(example, second.at("ifname").asText());
    Command last = Command.java(example, "--last", second.at("ifname").asText());

    for (Command command : List.of(program, last)) {
      assertThat(command.status()).as(command.output()).isZero();
      assertThat(command.output().lines().toList())
          .hasSize(2)
          .first(InstanceOfAssertFactories.STRING)
          .matches("SSID +BSSID +CHANNEL +SIGNAL +SEEN");
      assertThat(command.output())
          .containsPattern("jgenl +" + BSSID + " +6 +-\\d+ dBm +\\d+ s ago\n");
    }
  }

  @Test
  void programRefusesADeviceThatIsDownOrNotThere() throws Exception {
    Class<?> example = Prerequisite.requireTypedExample("WifiScan");
    Command program = Command.java(example);
    Command none = Command.java(example, "no-such-device");

    assertThat(program.output())
        .startsWith("WifiScan: nl80211 trigger-scan: ENETDOWN")
        .endsWith(": 'ip link set DEVICE up' brings it up\n");
    assertThat(none.output()).isEqualTo("WifiScan: there is no such Wi-Fi device\n");
    assertThat(none.status()).isEqualTo(1);
    assertThat(program.status()).isEqualTo(1);
  }

  /** Makes the network "jgenl", or joins it, at once: nobody looks for it before. */
  private void join(Value device) throws NetlinkException {
    change("set-interface", with(device, "iftype: adhoc"));
    setUp(device);
    change(
        "join-ibss",
        with(device, "ssid: 6a67656e6c, mac: '" + BSSID + "', wiphy-freq: 2437, freq-fixed: true"));
  }

  private void setUp(Value device) throws NetlinkException {
    client
        .family("rt-link")
        .execute(
            "newlink",
            Value.parse("{ifi-index: %d, ifi-flags: up, ifi-change: 1}".formatted(index(device))));
  }

  private void change(String operation, Value value) throws NetlinkException {
    nl80211.execute(operation, value);
  }

  private static long index(Value device) {
    return device.at("ifindex").asLong();
  }

  private static Value only(Value device) {
    return Value.parse("{ifindex: %d}".formatted(index(device)));
  }

  private static Value with(Value device, String more) {
    return Value.parse("{ifindex: %d, %s}".formatted(index(device), more));
  }

  /** Waits for a notification; others may come before. */
  private static Value await(DynamicSubscription events, String operation, Predicate<Value> wanted)
      throws NetlinkException {
    Instant end = Instant.now().plusSeconds(60);
    for (Instant now = Instant.now(); now.isBefore(end); now = Instant.now()) {
      Optional<Event<DynamicMessage>> event = events.poll(Duration.between(now, end));
      if (event.orElse(null) instanceof Event.Notification<DynamicMessage> told
          && told.message().operation().equals(operation)
          && wanted.test(told.message().value())) {
        return told.message().value();
      }
    }
    throw new AssertionError("nothing tells of " + operation);
  }
}
