package dev.jgenl.examples.typed;

import dev.jgenl.NetlinkException;
import dev.jgenl.families.nl80211.*;
import dev.jgenl.wire.Printable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists Wi-Fi radios and their interfaces: a radio spans messages, which are merged. */
public final class WifiRadios {

  private static final String USAGE =
      """
      usage: WifiRadios

      Lists the Wi-Fi radios and their interfaces. Without a radio, "modprobe mac80211_hwsim"
      simulates two.
      """;

  private WifiRadios() {}

  /** Prints the list. */
  public static void main(String[] args) {
    Program.run(WifiRadios.class, USAGE, "", args, WifiRadios::list);
  }

  private static void list() throws NetlinkException {
    try (Nl80211 wifi = Nl80211.open()) {
      List<GetInterfaceReply> interfaces = wifi.getInterfaceDump().toList();
      for (GetWiphyReply radio : wifi.getWiphyDump(r -> r.splitWiphyDump(true)).merged()) {
        print(radio);
        interfaces.stream().filter(i -> i.wiphy().equals(radio.wiphy())).forEach(WifiRadios::print);
      }
    }
  }

  private static void print(GetWiphyReply radio) {
    String name = Printable.escape(radio.wiphyName().orElseThrow());
    System.out.println("radio " + radio.wiphy().orElseThrow() + " '" + name + "'");
    radio
        .supportedIftypes()
        .map(modes -> String.join(", ", modes.toValue().names()))
        .ifPresent(modes -> System.out.println("  modes: " + modes));
    radio.wiphyBands().stream().flatMap(WifiRadios::bands).forEach(WifiRadios::print);
  }

  private static Stream<Band> bands(WiphyBands bands) {
    return Stream.of(bands.n2ghz(), bands.n5ghz(), bands.n6ghz(), bands.n60ghz(), bands.s1ghz())
        .flatMap(band -> band.stream());
  }

  private static void print(Band band) {
    System.out.println(
        band.freqs().stream()
            .filter(frequency -> !frequency.disabled())
            .map(frequency -> Long.toString(frequency.freq().orElseThrow()))
            .collect(Collectors.joining(" ", "  MHz: ", "")));
  }

  private static void print(GetInterfaceReply device) {
    System.out.println(
        "  interface "
            + device.ifname().map(Printable::escape).orElse("(no device)")
            + ": "
            + device.iftype().orElseThrow()
            + device.mac().map(mac -> ", " + mac).orElse(""));
  }
}
