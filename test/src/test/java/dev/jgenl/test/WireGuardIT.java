package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.examples.WireGuard;
import dev.jgenl.examples.WireGuard.Device;
import dev.jgenl.examples.WireGuard.Key;
import dev.jgenl.examples.WireGuard.Network;
import dev.jgenl.examples.WireGuard.Peer;
import dev.jgenl.transport.Errno;
import java.math.BigInteger;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

  private WireGuard client;

  @BeforeEach
  void addDevice() throws Exception {
    Command.succeed("modprobe", "wireguard");
    Command.succeed("ip", "link", "add", DEVICE, "type", "wireguard");
    client = WireGuard.open();
  }

  @AfterEach
  void removeDevice() throws Exception {
    client.close();
    Command.succeed("ip", "link", "del", DEVICE);
  }

  @Test
  void newDeviceHasNeitherKeysNorPeers() throws Exception {
    Device device = client.device(DEVICE);

    assertThat(device.privateKey()).isEmpty();
    assertThat(device.publicKey()).isEmpty();
    assertThat(device.peers()).isEmpty();
  }

  @Test
  void kernelDerivesThePublicKeyThatJavaDerives() throws Exception {
    KeyPair pair = keyPair();

    client.setPrivateKey(DEVICE, privateKey(pair));

    assertThat(client.device(DEVICE).publicKey()).contains(publicKey(pair));
  }

  @Test
  void peerWithTwoNetworksIsReadBackEqual() throws Exception {
    Peer peer = new Peer(publicKey(keyPair()), networks("10.1.0.0/16", "fd00:1::/64"));

    client.setListenPort(DEVICE, 51820);
    client.setPeer(DEVICE, peer);

    Device device = client.device(DEVICE);
    assertThat(device.listenPort()).isEqualTo(51820);
    assertThat(device.peers()).hasSize(1);
    assertThat(device.peers().get(0).publicKey()).isEqualTo(peer.publicKey());
    assertThat(device.peers().get(0).allowed()).containsExactlyInAnyOrderElementsOf(peer.allowed());
  }

  @Test
  void deviceIsAsWgShowsIt() throws Exception {
    Prerequisite.requireProgram("wg", "wireguard-tools");
    KeyPair pair = keyPair();
    Peer peer = new Peer(publicKey(keyPair()), networks("10.1.0.0/16", "fd00:1::/64"));
    client.setPrivateKey(DEVICE, privateKey(pair));
    client.setListenPort(DEVICE, 51820);
    client.setPeer(DEVICE, peer);

    // private-key public-key listen-port fwmark
    // public-key preshared-key endpoint allowed-ips latest-handshake rx tx keepalive
    List<String> lines = Command.succeed("wg", "show", DEVICE, "dump").lines().toList();
    String[] device = lines.get(0).split("\t");
    String[] shown = lines.get(1).split("\t");

    assertThat(lines).hasSize(2);
    assertThat(client.device(DEVICE).privateKey()).contains(new Key(device[0]));
    assertThat(device[1]).isEqualTo(publicKey(pair).base64());
    assertThat(device[2]).isEqualTo("51820");
    assertThat(shown[0]).isEqualTo(peer.publicKey().base64());
    assertThat(shown[3].split(",")).containsExactlyInAnyOrder("10.1.0.0/16", "fd00:1::/64");
  }

  @Test
  void peerSpreadOverManyMessagesIsOneAgain() throws Exception {
    List<Network> many = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      many.add(Network.of("10." + i / 200 + "." + i % 200 + ".0/24"));
    }
    Peer large = new Peer(publicKey(keyPair()), many);
    Peer small = new Peer(publicKey(keyPair()), networks("fd00::/64"));
    client.setPeer(DEVICE, large);
    client.setPeer(DEVICE, small);

    try (Genl genl = Genl.open();
        Dump<GenlMessage> parts =
            genl.dump(GenlRequest.of(genl.family("wireguard"), 0, a -> a.putString(2, DEVICE)))) {
      assertThat(parts.toList()).hasSizeGreaterThan(1);
    }
    List<Peer> peers = client.device(DEVICE).peers();

    assertThat(peers)
        .extracting(Peer::publicKey)
        .containsExactly(large.publicKey(), small.publicKey());
    assertThat(peers.get(0).allowed()).containsExactlyInAnyOrderElementsOf(many);
    assertThat(peers.get(1)).isEqualTo(small);
  }

  @Test
  void deviceOfAnotherKindIsRefused() {
    KernelException other = catchThrowableOfType(KernelException.class, () -> client.device("lo"));
    KernelException none =
        catchThrowableOfType(KernelException.class, () -> client.device("no-such-device"));

    assertThat(other.error()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(none.error()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void programConfiguresAndPrints(@TempDir Path folder) throws Exception {
    KeyPair pair = keyPair();
    Path file = Files.writeString(folder.resolve("key"), privateKey(pair).base64() + "\n");
    String peer = publicKey(keyPair()).base64();

    Command key = Command.java(WireGuard.class, DEVICE, "key", file.toString());
    Command both = Command.java(WireGuard.class, DEVICE, "peer", peer, "10.1.0.0/16", "fd00::/64");

    assertThat(key.output())
        .contains("public key " + publicKey(pair).base64())
        .doesNotContain(privateKey(pair).base64());
    assertThat(both.output()).contains("peer " + peer + ": [", "10.1.0.0/16");
    assertThat(both.status()).isZero();
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Command program =
        Command.run(
            Command.join(
                Prerequisite.withoutNetAdmin(), Command.javaWords(WireGuard.class, DEVICE)));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  private static List<Network> networks(String... texts) throws UnknownHostException {
    List<Network> networks = new ArrayList<>();
    for (String text : texts) {
      networks.add(Network.of(text));
    }
    return networks;
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("X25519").generateKeyPair();
  }

  private static Key privateKey(KeyPair pair) {
    return key(((XECPrivateKey) pair.getPrivate()).getScalar().orElseThrow());
  }

  /** RFC 7748: the coordinate in 32 bytes, the least significant first. */
  private static Key publicKey(KeyPair pair) {
    BigInteger u = ((XECPublicKey) pair.getPublic()).getU();
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = u.shiftRight(8 * i).byteValue();
    }
    return key(bytes);
  }

  private static Key key(byte[] bytes) {
    return new Key(Base64.getEncoder().encodeToString(bytes));
  }
}
