package dev.jgenl.examples.typed;

import dev.jgenl.NetlinkException;
import dev.jgenl.families.ethtool.*;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Shows and switches what a network device may do to packets: nests, and sets of bits. */
public final class Features {

  private static final String USAGE =
      """
      usage: Features DEVICE [FEATURE on|off]

      Prints link and features of a network device; or switches a feature, which takes
      CAP_NET_ADMIN.
      """;

  private Features() {}

  /** Prints or switches, as {@code --help} says. */
  public static void main(String[] args) {
    Program.run(Features.class, USAGE, "[^- ]\\S*( \\S+ (on|off))?", args, () -> show(args));
  }

  private static void show(String... args) throws NetlinkException {
    try (Ethtool ethtool = Ethtool.open()) {
      Header device = Header.of(h -> h.devName(args[0]));
      if (args.length == 3) {
        BitsetBit wanted = BitsetBit.of(b -> b.name(args[1]).value(args[2].equals("on")));
        ethtool.featuresSet(r -> r.header(device).wanted(w -> w.bits(b -> b.bit(wanted))));
      }
      Optional<LinkinfoGetReply> info =
          Program.unless(Errno.EOPNOTSUPP, () -> ethtool.linkinfoGet(r -> r.header(device)));
      String port = info.map(i -> String.valueOf(i.port().orElseThrow())).orElse("not told");
      OptionalInt link = ethtool.linkstateGet(r -> r.header(device)).link();
      System.out.println("port: " + port);
      System.out.println(
          "link: " + (link.isEmpty() ? "not told" : link.getAsInt() == 0 ? "no" : "yes"));
      print(ethtool.featuresGet(r -> r.header(device)));
    }
  }

  private static void print(FeaturesGetReply features) {
    List<String> active = names(features.active(), bit -> true);
    List<String> wanted = names(features.wanted(), bit -> true);
    List<String> never = names(features.nochange(), bit -> true);
    List<String> switchable = names(features.hw(), bit -> bit.value());
    for (String name : names(features.hw(), bit -> true)) {
      boolean fixed = never.contains(name) || !switchable.contains(name);
      String wish = active.contains(name) == wanted.contains(name) ? "" : " [wanted otherwise]";
      String state = (active.contains(name) ? "on" : "off") + (fixed ? " [fixed]" : wish);
      System.out.println(Printable.escape(name) + ": " + state);
    }
  }

  /**
   * Of the hardware, those of all are told; with a value if it can be switched. Some have no name.
   */
  private static List<String> names(Optional<Bitset> bitset, Predicate<BitsetBit> which) {
    return bitset.flatMap(Bitset::bits).stream()
        .flatMap(bits -> bits.bit().stream().filter(which))
        .flatMap(bit -> bit.name().filter(name -> !name.isEmpty()).stream())
        .toList();
  }
}
