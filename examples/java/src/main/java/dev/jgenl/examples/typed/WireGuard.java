package dev.jgenl.examples.typed;

import dev.jgenl.families.wireguard.*;
import dev.jgenl.spec.IpPrefix;
import dev.jgenl.spec.typed.Bytes;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Shows and configures a device of WireGuard: arrays of nests, addresses, what spans messages. */
public final class WireGuard {

  private static final String USAGE =
      """
      usage: WireGuard DEVICE [key FILE | port PORT | peer KEY NETWORK...]

      Prints a WireGuard device. Before that, it sets the private key, which FILE has as "wg genkey"
      makes it, or the UDP port, or a peer and all its networks (10.0.0.0/8). Needs CAP_NET_ADMIN.
      """;
  private static final String WORDS = "[^- ]\\S*( key .+| port \\d{1,5}| peer \\S{43}=( .+)?)?";
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
        case "key" -> change.privateKey(Bytes.ofBase64(Files.readString(Path.of(args[2])).strip()));
        case "port" -> change.listenPort(Integer.parseInt(args[2]));
        case "peer" -> change.peers(p -> set(p, args));
      }
      if (args.length > 1) {
        wireguard.setDevice(change.build());
      }
      GetDeviceReply device = wireguard.getDeviceDump(r -> r.ifname(args[0])).merged().get(0);
      System.out.println("device " + args[0]);
      System.out.println(
          "  public key " + device.publicKey().map(Bytes::toBase64).orElse("(none)"));
      System.out.println("  UDP port " + device.listenPort().orElse(0));
      device.peers().forEach(WireGuard::print);
    }
  }

  private static void set(Wgpeer.Builder peer, String... args) {
    peer.publicKey(Bytes.ofBase64(args[2])).flags(WgpeerFlags.REPLACE_ALLOWEDIPS);
    for (int i = 3; i < args.length; i++) {
      IpPrefix ip = IpPrefix.parse(args[i]);
      peer.allowedips(a -> a.family(ip.family()).ipaddr(ip.address()).cidrMask(ip.length()));
    }
  }

  private static void print(Wgpeer peer) {
    System.out.println("peer " + peer.publicKey().orElseThrow().toBase64());
    peer.toValue().find("endpoint").ifPresent(e -> System.out.println("  at " + e.asText()));
    String allowed = String.join(" ", peer.allowedips().stream().map(WireGuard::text).toList());
    System.out.println("  allowed " + (allowed.isEmpty() ? "(none)" : allowed));
    System.out.printf(
        "  received %d bytes, sent %d%n", peer.rxBytes().orElse(0), peer.txBytes().orElse(0));
    long heard = peer.lastHandshakeTime().map(KernelTimespec::sec).orElse(0L);
    if (heard > 0) {
      System.out.printf("  heard of %d s ago%n", System.currentTimeMillis() / 1000 - heard);
    }
  }

  private static String text(Wgallowedip ip) {
    return new IpPrefix(ip.ipaddr().orElseThrow(), ip.cidrMask().orElseThrow()).toString();
  }
}
