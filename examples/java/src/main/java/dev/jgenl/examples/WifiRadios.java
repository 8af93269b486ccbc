package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MacAddress;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lists the Wi-Fi radios and their interfaces, through the family "nl80211": dumps in which one
 * thing is spread over many messages, since a radio does not fit into one. The numbers are those of
 * {@code include/uapi/linux/nl80211.h}.
 *
 * <p>Safe to share between threads; must be closed. Without a radio, {@code modprobe
 * mac80211_hwsim} simulates two.
 *
 * <pre>
 * mvn package
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.WifiRadios
 * </pre>
 */
public final class WifiRadios implements AutoCloseable {

  private static final int CMD_GET_WIPHY = 1;
  private static final int CMD_GET_INTERFACE = 5;

  private static final int ATTR_WIPHY = 1;
  private static final int ATTR_WIPHY_NAME = 2;
  private static final int ATTR_IFINDEX = 3;
  private static final int ATTR_IFNAME = 4;
  private static final int ATTR_IFTYPE = 5;
  private static final int ATTR_MAC = 6;
  private static final int ATTR_WIPHY_BANDS = 22;
  private static final int ATTR_SUPPORTED_IFTYPES = 32;
  private static final int ATTR_SPLIT_WIPHY_DUMP = 174;
  private static final int BAND_ATTR_FREQS = 1;
  private static final int FREQUENCY_ATTR_FREQ = 1;
  private static final int FREQUENCY_ATTR_DISABLED = 2;

  private static final String USAGE =
      """
      usage: WifiRadios

      Lists the Wi-Fi radios and their interfaces.
      """;

  private final Genl genl;
  private final GenlFamily family;

  private WifiRadios(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /** What an interface is used as: {@code enum nl80211_iftype}, in its order. */
  public enum Mode {
    UNSPECIFIED,
    ADHOC,
    STATION,
    AP,
    AP_VLAN,
    WDS,
    MONITOR,
    MESH_POINT,
    P2P_CLIENT,
    P2P_GO,
    P2P_DEVICE,
    OCB,
    NAN;

    static Optional<Mode> of(long number) {
      return number < values().length ? Optional.of(values()[(int) number]) : Optional.empty();
    }
  }

  /** A radio; {@code frequencies} are those that may be used here, in MHz. */
  public record Radio(long index, String name, Set<Mode> modes, SortedSet<Integer> frequencies) {}

  /** An interface of a radio; without a name and number if it is not a network device. */
  public record Interface(
      long radio, OptionalLong index, Optional<String> name, Optional<Mode> mode, MacAddress mac) {}

  /** Connects; throws {@link FamilyNotFoundException} if the kernel has no Wi-Fi. */
  public static WifiRadios open() throws NetlinkException {
    Genl genl = Genl.open();
    try {
      return new WifiRadios(genl, genl.family("nl80211"));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy(
          "load its module (modprobe cfg80211; modprobe mac80211_hwsim: two radios)");
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /** Lists the radios. */
  public List<Radio> radios() throws NetlinkException {
    Map<Long, List<Attributes>> parts = new TreeMap<>();
    GenlRequest list = GenlRequest.of(family, CMD_GET_WIPHY, a -> a.putFlag(ATTR_SPLIT_WIPHY_DUMP));
    try (Dump<GenlMessage> dump = genl.dump(list)) {
      for (GenlMessage m : dump.toList()) {
        long index = m.attributes().get(ATTR_WIPHY).u32();
        parts.computeIfAbsent(index, i -> new ArrayList<>()).add(m.attributes());
      }
    }
    return parts.values().stream().map(WifiRadios::radioOf).toList();
  }

  /** Lists the interfaces. */
  public List<Interface> interfaces() throws NetlinkException {
    try (Dump<GenlMessage> dump = genl.dump(family, CMD_GET_INTERFACE)) {
      return dump.toList().stream().map(m -> interfaceOf(m.attributes())).toList();
    }
  }

  @Override
  public void close() {
    genl.close();
  }

  private static Radio radioOf(List<Attributes> parts) {
    Set<Mode> modes = EnumSet.noneOf(Mode.class);
    SortedSet<Integer> frequencies = new TreeSet<>();
    for (Attributes part : parts) {
      // Flags: the type is the value.
      inner(part, ATTR_SUPPORTED_IFTYPES).forEach(m -> Mode.of(m.type()).ifPresent(modes::add));
      for (Attribute band : inner(part, ATTR_WIPHY_BANDS)) {
        for (Attribute frequency : inner(band.nested(), BAND_ATTR_FREQS)) {
          if (!frequency.nested().has(FREQUENCY_ATTR_DISABLED)) {
            frequencies.add((int) frequency.nested().get(FREQUENCY_ATTR_FREQ).u32());
          }
        }
      }
    }
    Attributes first = parts.get(0);
    return new Radio(
        first.get(ATTR_WIPHY).u32(), first.get(ATTR_WIPHY_NAME).string(), modes, frequencies);
  }

  private static Attributes inner(Attributes a, int type) {
    return a.findNested(type).orElse(Attributes.none());
  }

  private static Interface interfaceOf(Attributes a) {
    return new Interface(
        a.get(ATTR_WIPHY).u32(),
        a.findU32(ATTR_IFINDEX),
        a.findString(ATTR_IFNAME),
        Mode.of(a.get(ATTR_IFTYPE).u32()),
        a.get(ATTR_MAC).macAddress());
  }

  /** Prints the radios. */
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (args.length > 0) {
      System.err.print(USAGE);
      System.exit(2);
    }
    try (WifiRadios client = open()) {
      List<Interface> interfaces = client.interfaces();
      for (Radio radio : client.radios()) {
        print(radio, interfaces);
      }
    } catch (NetlinkException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("WifiRadios: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void print(Radio radio, List<Interface> interfaces) {
    System.out.println("radio " + radio.index() + " '" + Printable.escape(radio.name()) + "'");
    System.out.println("  modes: " + radio.modes());
    System.out.println(
        "  MHz: "
            + radio.frequencies().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    for (Interface i : interfaces) {
      if (i.radio() == radio.index()) {
        String name = i.name().map(Printable::escape).orElse("(no device)");
        String mode = i.mode().map(Mode::name).orElse("unknown mode");
        System.out.println("  interface " + name + ": " + mode + ", " + i.mac());
      }
    }
  }
}
