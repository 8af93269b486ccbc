package dev.jgenl.examples.typed;

import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.families.ethtool.*;
import dev.jgenl.spec.typed.TypedSubscription;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows and switches what a network device may do to packets: nests, bitsets, notifications. */
public final class Features {

  private static final String USAGE =
      """
      usage: Features DEVICE [FEATURE on|off]
             Features --monitor [COUNT]

      Prints link and features of a network device; or switches a feature, which takes
      CAP_NET_ADMIN; or prints of which devices they change, for ever or for COUNT changes.
      """;

  private static final String WORDS = "--monitor( \\d{1,9})?|[^- ]\\S*( \\S+ (on|off))?";

  private Features() {}

  /** Prints, switches or watches, as {@code --help} says. */
  public static void main(String[] args) {
    Program.run(Features.class, USAGE, WORDS, args, () -> show(args));
  }

  private static void show(String... args) throws NetlinkException {
    try (Ethtool ethtool = Ethtool.open()) {
      if (args[0].equals("--monitor")) {
        monitor(ethtool, args.length == 2 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE);
        return;
      }
      if (args.length == 3) {
        boolean on = args[2].equals("on");
        ethtool.featuresSet(
            r ->
                r.header(h -> h.devName(args[0]))
                    .wanted(w -> w.bits(b -> b.bit(x -> x.name(args[1]).value(on)))));
      }
      System.out.println("port: " + port(ethtool, args[0]));
      int link = ethtool.linkstateGet(r -> r.header(h -> h.devName(args[0]))).link().orElse(-1);
      System.out.println("link: " + (link < 0 ? "not told" : link == 0 ? "no" : "yes"));
      print(ethtool.featuresGet(r -> r.header(h -> h.devName(args[0]))));
    }
  }

  private static String port(Ethtool ethtool, String device) throws NetlinkException {
    try {
      LinkinfoGetReply info = ethtool.linkinfoGet(r -> r.header(h -> h.devName(device)));
      return Integer.toString(info.port().orElseThrow());
    } catch (KernelException e) {
      if (e.error() == Errno.EOPNOTSUPP) {
        return "not told";
      }
      throw e;
    }
  }

  private static void print(FeaturesGetReply features) {
    Set<String> active = setBits(features.active());
    Set<String> wanted = setBits(features.wanted());
    Set<String> never = setBits(features.nochange());
    // Those of the hardware are all; with a value if it can be switched. Some have no name.
    for (BitsetBit bit : bits(features.hw())) {
      String name = bit.name().orElse("");
      boolean fixed = never.contains(name) || !bit.value();
      String wish = active.contains(name) == wanted.contains(name) ? "" : " [wanted otherwise]";
      if (!name.isEmpty()) {
        String state = (active.contains(name) ? "on" : "off") + (fixed ? " [fixed]" : wish);
        System.out.println(Printable.escape(name) + ": " + state);
      }
    }
  }

  private static List<BitsetBit> bits(Optional<Bitset> bitset) {
    return bitset.flatMap(Bitset::bits).map(BitsetBits::bit).orElse(List.of());
  }

  private static Set<String> setBits(Optional<Bitset> bitset) {
    return bits(bitset).stream().flatMap(b -> b.name().stream()).collect(Collectors.toSet());
  }

  private static void monitor(Ethtool ethtool, int count) throws NetlinkException {
    try (TypedSubscription<EthtoolNotification> changes = ethtool.subscribe(EthtoolGroup.MONITOR)) {
      System.out.println("watching");
      for (int seen = 0; seen < count; ) {
        Event<EthtoolNotification> event = changes.next();
        if (event instanceof Event.Notification<EthtoolNotification> told
            && told.message() instanceof FeaturesNtf features) {
          String device = features.header().flatMap(Header::devName).orElse("?");
          System.out.println(Printable.escape(device) + ": features");
          seen++;
        } else if (event instanceof Event.Gap<EthtoolNotification> gap) {
          System.out.println("changes were lost: " + Printable.escape(gap.text()));
        }
      }
    }
  }
}
