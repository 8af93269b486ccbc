package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads and configures a WireGuard device through the family "wireguard": arrays of nests in both
 * directions, and a dump in which one thing may be spread over several messages. The numbers are
 * those of {@code include/uapi/linux/wireguard.h}.
 *
 * <p>Needs CAP_NET_ADMIN in the device's network namespace. Safe to share between threads; must be
 * closed.
 *
 * <pre>
 * sudo ip link add wg0 type wireguard
 * mvn package
 * sudo java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.WireGuard wg0
 * </pre>
 */
public final class WireGuard implements AutoCloseable {

  private static final int CMD_GET_DEVICE = 0;
  private static final int CMD_SET_DEVICE = 1;

  private static final int DEVICE_IFNAME = 2;
  private static final int DEVICE_PRIVATE_KEY = 3;
  private static final int DEVICE_PUBLIC_KEY = 4;
  private static final int DEVICE_LISTEN_PORT = 6;
  private static final int DEVICE_PEERS = 8;
  private static final int PEER_PUBLIC_KEY = 1;
  private static final int PEER_FLAGS = 3;
  private static final int PEER_F_REPLACE_ALLOWEDIPS = 2;
  private static final int PEER_ALLOWEDIPS = 9;
  private static final int ALLOWEDIP_FAMILY = 1;
  private static final int ALLOWEDIP_IPADDR = 2;
  private static final int ALLOWEDIP_CIDR_MASK = 3;

  /** An array is a nest of attributes whose types say nothing; the kernel writes 0. */
  private static final int ELEMENT = 0;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private static final String USAGE =
      """
      usage: WireGuard DEVICE
             WireGuard DEVICE key FILE             sets the private key, as "wg genkey" makes it
             WireGuard DEVICE port PORT            sets the UDP port
             WireGuard DEVICE peer KEY NETWORK...  sets a peer and all its networks (10.0.0.0/8)

      Prints a WireGuard device, after changing it if so told. Needs CAP_NET_ADMIN.
      """;

  private final Genl genl;
  private final GenlFamily family;

  private WireGuard(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /** A device; it has no keys before a private one is set. */
  public record Device(
      Optional<Key> privateKey, Optional<Key> publicKey, int listenPort, List<Peer> peers) {}

  /** Whom a device talks to, and from and to which addresses. */
  public record Peer(Key publicKey, List<Network> allowed) {}

  /** The addresses that start with the same bits. */
  public record Network(InetAddress address, int bits) {
    /** Reads such as "fd00::/64". */
    public static Network of(String text) throws UnknownHostException {
      int slash = text.indexOf('/');
      if (!text.matches("[0-9a-fA-F.:]+/\\d{1,3}")) { // no name, that would be looked up
        throw new IllegalArgumentException(Printable.escape(text) + " is not ADDRESS/BITS");
      }
      InetAddress address = InetAddress.getByName(text.substring(0, slash));
      return new Network(address, Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
      return address.getHostAddress() + "/" + bits;
    }
  }

  /** 32 bytes in Base64; the text of a private key is as secret as the key. */
  public record Key(String base64) {
    static Key of(Attribute attribute) {
      return new Key(Base64.getEncoder().encodeToString(attribute.bytes()));
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  /** Connects; throws {@link FamilyNotFoundException} if the module is not loaded. */
  public static WireGuard open() throws NetlinkException {
    Genl genl = Genl.open();
    try {
      return new WireGuard(genl, genl.family("wireguard"));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy("load its module (modprobe wireguard)");
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /** Reads a device; a peer goes on in the next message if its networks do not fit into one. */
  public Device device(String name) throws NetlinkException {
    GenlRequest get = GenlRequest.of(family, CMD_GET_DEVICE, a -> a.putString(DEVICE_IFNAME, name));
    List<GenlMessage> messages;
    try (Dump<GenlMessage> dump = genl.dump(get)) {
      messages = dump.toList();
    }
    List<Peer> peers = new ArrayList<>();
    for (GenlMessage message : messages) {
      for (Attribute element : inner(message.attributes(), DEVICE_PEERS)) {
        Key key = Key.of(element.nested().get(PEER_PUBLIC_KEY));
        int last = peers.size() - 1;
        if (last < 0 || !peers.get(last).publicKey().equals(key)) {
          peers.add(new Peer(key, new ArrayList<>()));
          last++;
        }
        for (Attribute network : inner(element.nested(), PEER_ALLOWEDIPS)) {
          peers.get(last).allowed().add(networkOf(network.nested()));
        }
      }
    }
    Attributes first = messages.get(0).attributes();
    return new Device(
        first.find(DEVICE_PRIVATE_KEY).map(Key::of),
        first.find(DEVICE_PUBLIC_KEY).map(Key::of),
        first.get(DEVICE_LISTEN_PORT).u16(),
        peers);
  }

  /** Sets the private key of a device, and thereby the public one. */
  public void setPrivateKey(String device, Key key) throws NetlinkException {
    set(device, a -> a.putBytes(DEVICE_PRIVATE_KEY, key.bytes()));
  }

  /** Sets the UDP port at which a device listens, 0 for any. */
  public void setListenPort(String device, int port) throws NetlinkException {
    set(device, a -> a.putU16(DEVICE_LISTEN_PORT, port));
  }

  /** Adds a peer to a device, or gives the peer that is there other networks. */
  public void setPeer(String device, Peer peer) throws NetlinkException {
    set(device, a -> a.putNested(DEVICE_PEERS, p -> p.putNested(ELEMENT, e -> putPeer(e, peer))));
  }

  @Override
  public void close() {
    genl.close();
  }

  private void set(String device, Consumer<AttributeWriter> change) throws NetlinkException {
    genl.execute(
        GenlRequest.of(
            family, CMD_SET_DEVICE, a -> change.accept(a.putString(DEVICE_IFNAME, device))));
  }

  private static void putPeer(AttributeWriter a, Peer peer) {
    a.putBytes(PEER_PUBLIC_KEY, peer.publicKey().bytes());
    a.putU32(PEER_FLAGS, PEER_F_REPLACE_ALLOWEDIPS);
    a.putNested(
        PEER_ALLOWEDIPS,
        networks -> {
          for (Network network : peer.allowed()) {
            networks.putNested(ELEMENT, n -> putNetwork(n, network));
          }
        });
  }

  private static void putNetwork(AttributeWriter a, Network network) {
    a.putU16(ALLOWEDIP_FAMILY, network.address() instanceof Inet4Address ? AF_INET : AF_INET6);
    a.putInetAddress(ALLOWEDIP_IPADDR, network.address());
    a.putU8(ALLOWEDIP_CIDR_MASK, network.bits());
  }

  private static Network networkOf(Attributes a) {
    return new Network(a.get(ALLOWEDIP_IPADDR).inetAddress(), a.get(ALLOWEDIP_CIDR_MASK).u8());
  }

  /** An array without elements is left out. */
  private static Attributes inner(Attributes a, int type) {
    return a.findNested(type).orElse(Attributes.none());
  }

  /** Changes a device as the words say, then prints it. */
  public static void main(String[] args) {
    String words = String.join(" ", args);
    if (words.equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (!words.matches("[^- ]\\S*( key .+| port \\d{1,5}| peer \\S{44}( \\S+)*)?")) {
      System.err.print(USAGE);
      System.exit(2);
    }
    try (WireGuard client = open()) {
      change(client, args);
      print(client.device(args[0]));
    } catch (IOException
        | IllegalArgumentException
        | MalformedMessageException
        | UnsatisfiedLinkError e) {
      System.err.println("WireGuard: " + e.getMessage() + remedy(e));
      System.exit(1);
    }
  }

  private static void change(WireGuard client, String[] args) throws IOException {
    switch (args.length > 1 ? args[1] : "") {
      case "key" ->
          client.setPrivateKey(args[0], new Key(Files.readString(Path.of(args[2])).strip()));
      case "port" -> client.setListenPort(args[0], Integer.parseInt(args[2]));
      case "peer" -> {
        List<Network> allowed = new ArrayList<>();
        for (String network : List.of(args).subList(3, args.length)) {
          allowed.add(Network.of(network));
        }
        client.setPeer(args[0], new Peer(new Key(args[2]), allowed));
      }
      default -> {}
    }
  }

  private static String remedy(Throwable e) {
    return switch (e instanceof KernelException refusal ? refusal.error() : Errno.UNKNOWN) {
      case ENODEV -> " (there is no such device: ip link add wg0 type wireguard)";
      case EOPNOTSUPP -> " (the device is not of WireGuard)";
      default -> "";
    };
  }

  private static void print(Device device) {
    System.out.println("public key " + device.publicKey().map(Key::base64).orElse("(none)"));
    System.out.println("UDP port " + device.listenPort());
    for (Peer peer : device.peers()) {
      System.out.println("peer " + peer.publicKey().base64() + ": " + peer.allowed());
    }
  }
}
