package dev.jgenl.examples.typed;

import static java.util.stream.Collectors.joining;

import dev.jgenl.families.wireguard.*;
import dev.jgenl.spec.typed.Bytes;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Shows and configures a device of WireGuard: arrays of nests, addresses, what spans messages. */
public final class WireGuard {

  private static final String USAGE =
      """
      usage: WireGuard DEVICE
             WireGuard DEVICE key FILE             sets the private key, as "wg genkey" makes it
             WireGuard DEVICE port PORT            sets the UDP port
             WireGuard DEVICE peer KEY NETWORK...  sets a peer and all its networks (10.0.0.0/8)

      Prints a WireGuard device, after changing it if so told. Needs CAP_NET_ADMIN.
      """;

  private static final String WORDS =
      "[^- ]\\S*( key .+| port \\d{1,5}| peer \\S{43}=( [0-9a-fA-F.:/ ]+)?)?";

  private static final Map<Errno, String> HINTS =
      Map.of(
          Errno.ENODEV, "'ip link add wg0 type wireguard' makes one",
          Errno.EOPNOTSUPP, "it is not a device of WireGuard");

  private WireGuard() {}

  /** Prints a device, as {@code --help} says. */
  public static void main(String[] args) {
    Program.run(WireGuard.class, USAGE, WORDS, args, HINTS, () -> show(args));
  }

  private static void show(String... args) throws IOException {
    try (Wireguard wireguard = Wireguard.open()) {
      SetDeviceRequest.Builder change = SetDeviceRequest.builder().ifname(args[0]);
      switch (args.length > 1 ? args[1] : "") {
        case "key" -> wireguard.setDevice(change.privateKey(key(Path.of(args[2]))).build());
        case "port" -> wireguard.setDevice(change.listenPort(Integer.parseInt(args[2])).build());
        case "peer" -> wireguard.setDevice(change.peers(peer(args)).build());
        default -> {}
      }
      wireguard.getDeviceDump(r -> r.ifname(args[0])).merged().forEach(WireGuard::print);
    }
  }

  private static byte[] key(Path file) throws IOException {
    return Base64.getDecoder().decode(Files.readString(file).strip());
  }

  private static Wgpeer peer(String... args) throws IOException {
    Wgpeer.Builder peer = Wgpeer.builder().publicKey(Base64.getDecoder().decode(args[2]));
    for (String network : Arrays.asList(args).subList(3, args.length)) {
      if (!network.matches("[0-9a-fA-F.:]+/\\d{1,3}")) { // no name, which would be looked up
        throw new IOException(network + " is not ADDRESS/BITS");
      }
      String[] parts = network.split("/");
      InetAddress ip = InetAddress.getByName(parts[0]);
      int family = ip instanceof Inet4Address ? 2 : 10;
      peer.allowedips(a -> a.family(family).ipaddr(ip).cidrMask(Integer.parseInt(parts[1])));
    }
    return peer.flags(WgpeerFlags.REPLACE_ALLOWEDIPS).build();
  }

  private static void print(GetDeviceReply device) {
    System.out.println("device " + Printable.escape(device.ifname().orElseThrow()));
    System.out.println("  public key " + device.publicKey().map(WireGuard::text).orElse("(none)"));
    System.out.println("  UDP port " + device.listenPort().orElse(0));
    device.peers().forEach(WireGuard::print);
  }

  private static void print(Wgpeer peer) {
    String allowed = peer.allowedips().stream().map(WireGuard::text).collect(joining(" "));
    System.out.println("peer " + text(peer.publicKey().orElseThrow()));
    peer.endpoint().ifPresent(e -> System.out.println("  at " + text(e)));
    System.out.println("  allowed " + (allowed.isEmpty() ? "(none)" : allowed));
    System.out.printf(
        "  received %d bytes, sent %d%n", peer.rxBytes().orElse(0), peer.txBytes().orElse(0));
    long heard = peer.lastHandshakeTime().map(KernelTimespec::sec).orElse(0L);
    if (heard > 0) {
      System.out.printf("  heard of %d s ago%n", Instant.now().getEpochSecond() - heard);
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + " port " + address.getPort();
  }

  private static String text(Bytes key) {
    return Base64.getEncoder().encodeToString(key.toArray());
  }

  private static String text(Wgallowedip network) {
    return network.ipaddr().orElseThrow().getHostAddress() + "/" + network.cidrMask().orElseThrow();
  }
}
