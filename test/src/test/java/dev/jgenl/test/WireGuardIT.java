package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.Value;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of the family wireguard, compared with wireguard-tools. */
@Tag("vm")
@Timeout(240)
class WireGuardIT {

  private static final String DEVICE = "wg0";

  private Class<?> example;

  @BeforeEach
  void addDevice() throws Exception {
    example = Prerequisite.requireTypedExample("WireGuard");
    Prerequisite.requireProgram("wg", "wireguard-tools");
    Command.succeed("modprobe", "wireguard");
    Command.succeed("ip", "link", "add", DEVICE, "type", "wireguard");
  }

  @AfterEach
  void removeDevice() throws Exception {
    Command.succeed("ip", "link", "del", DEVICE);
  }

  private List<String> lines(String... words) throws Exception {
    Command program = Command.java(example, words);
    assertThat(program.status()).as(program.output()).isZero();
    return program.output().lines().toList();
  }

  @Test
  void newDeviceHasNeitherKeysNorPeers() throws Exception {
    assertThat(lines(DEVICE)).containsExactly("device wg0", "  public key (none)", "  UDP port 0");
  }

  @Test
  void kernelDerivesThePublicKeyThatJavaDerives(@TempDir Path folder) throws Exception {
    KeyPair pair = keyPair();
    Path file = Files.writeString(folder.resolve("key"), privateKey(pair) + "\n");

    List<String> lines = lines(DEVICE, "key", file.toString());

    assertThat(lines)
        .contains("  public key " + publicKey(pair))
        .noneMatch(line -> line.contains(privateKey(pair)));
  }

  @Test
  void deviceIsAsWgShowsIt() throws Exception {
    String key = publicKey(keyPair());
    lines(DEVICE, "port", "51820");
    lines(DEVICE, "peer", key, "192.0.2.0/24"); // which the next replaces
    List<String> shown = lines(DEVICE, "peer", key, "10.1.0.0/16", "fd00:1::/64");

    assertThat(shown)
        .containsSubsequence("  UDP port 51820", "peer " + key)
        .contains("  received 0 bytes, sent 0")
        .noneMatch(line -> line.startsWith("  at ") || line.startsWith("  heard "));
    assertThat(List.of(allowed(shown).split(" ")))
        .containsExactlyInAnyOrder("10.1.0.0/16", "fd00:1::/64");
    assertThat(List.of(wg("allowed-ips").split("\\s+")))
        .containsExactlyInAnyOrder(key, "10.1.0.0/16", "fd00:1::/64");
    for (String endpoint : List.of("192.0.2.7:4711", "[2001:db8::7]:4711")) {
      Command.succeed("wg", "set", DEVICE, "peer", key, "endpoint", endpoint);
      assertThat(lines(DEVICE)).contains("  at " + endpoint);
    }
  }

  private static String allowed(List<String> shown) {
    return shown.stream()
        .filter(line -> line.startsWith("  allowed "))
        .map(line -> line.substring("  allowed ".length()))
        .findFirst()
        .orElseThrow();
  }

  private static String wg(String what) throws Exception {
    return Command.succeed("wg", "show", DEVICE, what).strip();
  }

  @Test
  void endpointIsSetByItsText() throws Exception {
    String key = publicKey(keyPair());
    for (String endpoint : List.of("192.0.2.7:4711", "[2001:db8::7]:4711")) {
      configure(key, Map.of("endpoint", endpoint));
      assertThat(wg("endpoints")).isEqualTo(key + "\t" + endpoint);
    }
  }

  @Test
  void peerOfManyMessagesIsOneInBothDirections() throws Exception {
    List<String> networks =
        IntStream.range(0, 5000).mapToObj(i -> "10." + i / 200 + "." + i % 200 + ".0/24").toList();
    String key = publicKey(keyPair());
    String[] words = {DEVICE, "peer", key};

    List<String> shown =
        lines(Stream.concat(Stream.of(words), networks.stream()).toArray(String[]::new));

    try (Genl genl = Genl.open();
        Dump<GenlMessage> parts =
            genl.dump(GenlRequest.of(genl.family("wireguard"), 0, a -> a.putString(2, DEVICE)))) {
      assertThat(parts.toList()).hasSizeGreaterThan(1);
    }
    assertThat(shown).filteredOn(line -> line.startsWith("peer ")).hasSize(1);
    assertThat(List.of(allowed(shown).split(" "))).hasSameElementsAs(networks);
    assertThat(wg("allowed-ips").split("\\s+")).hasSize(1 + networks.size());
  }

  /** The later parts have to say so as well: without the flag they make the peer. */
  @Test
  void peerThatIsOnlyToBeUpdatedIsNotMadeByALaterPart() throws Exception {
    String key = publicKey(keyPair());
    Map<String, Object> many =
        Map.of(
            "flags",
            "update-only",
            "allowedips",
            Collections.nCopies(5000, Map.of("family", 2, "ipaddr", "192.0.2.1", "cidr-mask", 32)));

    assertThat(configure(key, many)).isGreaterThan(1);
    assertThat(wg("peers")).isEmpty();

    configure(key, Map.of());
    configure(key, many);
    assertThat(wg("allowed-ips")).isEqualTo(key + "\t192.0.2.1/32");
  }

  private static int configure(String key, Map<String, Object> peer) throws Exception {
    Map<String, Object> all = new HashMap<>(peer);
    all.put("public-key", Base64.getDecoder().decode(key));
    try (DynamicClient client =
        DynamicClient.open(NetlinkOptions.DEFAULTS, Prerequisite.requireSpecs())) {
      DynamicFamily wireguard = client.family("wireguard");
      return wireguard.requestInParts(
          "set-device", Value.of(Map.of("ifname", DEVICE, "peers", List.of(all))));
    }
  }

  @Test
  void deviceOfAnotherKindIsRefused() throws Exception {
    Command other = Command.java(example, "lo");
    Command none = Command.java(example, "no-such-device");

    assertThat(other.output())
        .startsWith("WireGuard: wireguard get-device: EOPNOTSUPP")
        .endsWith(": it is not a device of WireGuard\n");
    assertThat(none.output())
        .startsWith("WireGuard: wireguard get-device: ENODEV")
        .endsWith(": 'ip link add wg0 type wireguard' makes one\n");
    assertThat(none.status()).isEqualTo(1);
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Command program =
        Command.run(
            Command.join(Prerequisite.withoutNetAdmin(), Command.javaWords(example, DEVICE)));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("X25519").generateKeyPair();
  }

  private static String privateKey(KeyPair pair) {
    return base64(((XECPrivateKey) pair.getPrivate()).getScalar().orElseThrow());
  }

  /** RFC 7748: the coordinate in 32 bytes, the least significant first. */
  private static String publicKey(KeyPair pair) {
    BigInteger u = ((XECPublicKey) pair.getPublic()).getU();
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = u.shiftRight(8 * i).byteValue();
    }
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
