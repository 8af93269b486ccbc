package dev.jgenl.examples;

import dev.jgenl.Event;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the family "ethtool" about a network device, and switches its features: nests within nests
 * (bitsets), and notifications. The numbers are those of {@code
 * include/uapi/linux/ethtool_netlink.h}.
 *
 * <p>Safe to share between threads; must be closed.
 *
 * <pre>
 * mvn package
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.Ethtool lo
 * </pre>
 */
public final class Ethtool implements AutoCloseable {

  private static final int LINKINFO_GET = 2;
  private static final int LINKSTATE_GET = 6;
  private static final int FEATURES_GET = 11;
  private static final int FEATURES_SET = 12;
  private static final Map<Integer, String> NOTIFICATIONS =
      Map.of(3, "link info", 5, "link modes", 8, "debugging", 10, "wake on LAN", 13, "features");

  private static final int HEADER = 1; // the first attribute of every message; it names the device
  private static final int HEADER_DEV_INDEX = 1;
  private static final int HEADER_DEV_NAME = 2;
  private static final int LINKINFO_PORT = 2;
  private static final int LINKINFO_PHYADDR = 3;
  private static final int LINKSTATE_LINK = 2;
  private static final int FEATURES_HW = 2;
  private static final int FEATURES_WANTED = 3;
  private static final int FEATURES_ACTIVE = 4;
  private static final int FEATURES_NOCHANGE = 5;
  private static final int BITSET_BITS = 3;
  private static final int BITS_BIT = 1;
  private static final int BIT_NAME = 2;
  private static final int BIT_VALUE = 3;

  private static final String USAGE =
      """
      usage: Ethtool DEVICE [FEATURE on|off]
             Ethtool --monitor [COUNT]

      Prints link and features of a network device; or switches a feature, which takes
      CAP_NET_ADMIN; or prints what changes of any device, for ever or for COUNT changes.
      """;

  private final Genl genl;
  private final GenlFamily family;

  private Ethtool(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /** How a device is connected; {@code port} is a {@code PORT_*} of {@code linux/ethtool.h}. */
  public record LinkInfo(long index, String device, int port, int phyAddress) {}

  /** Something that a device may do to packets, and whether it cannot be switched. */
  public record Feature(String name, boolean active, boolean wanted, boolean fixed) {}

  /** Which settings of a device changed. */
  public record Change(String device, String settings) {}

  /** Connects; throws {@link FamilyNotFoundException} if the kernel lacks the family. */
  public static Ethtool open() throws NetlinkException {
    Genl genl = Genl.open();
    try {
      return new Ethtool(genl, genl.family("ethtool"));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy("it is part of a kernel from 5.6 on with CONFIG_ETHTOOL_NETLINK");
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /** Asks how a device is connected: empty if its driver does not tell, as that of "lo". */
  public Optional<LinkInfo> linkInfo(String device) throws NetlinkException {
    try {
      return Optional.of(genl.request(get(LINKINFO_GET, device), Ethtool::linkInfoOf));
    } catch (KernelException e) {
      if (e.error() == Errno.EOPNOTSUPP) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Asks whether a device has a link: empty if it does not know. */
  public Optional<Boolean> hasLink(String device) throws NetlinkException {
    return genl.request(
        get(LINKSTATE_GET, device), m -> m.attributes().find(LINKSTATE_LINK).map(a -> a.u8() != 0));
  }

  /** Asks for all features that the kernel knows, in its order. */
  public List<Feature> features(String device) throws NetlinkException {
    return genl.request(get(FEATURES_GET, device), Ethtool::featuresOf);
  }

  /** Wants a feature or does not; {@link #features} tells what came of it. */
  public void setFeature(String device, String feature, boolean on) throws NetlinkException {
    genl.execute(
        GenlRequest.of(
            family,
            FEATURES_SET,
            a -> {
              putHeader(a, device);
              a.putNested(FEATURES_WANTED, w -> putBit(w, feature, on));
            }));
  }

  /** Subscribes to what changes of any device; for {@link #changeOf}, to be closed. */
  public GenlSubscription watch() throws NetlinkException {
    return genl.subscribe(family, "monitor");
  }

  /** Reads a notification. */
  public static Change changeOf(GenlMessage message) {
    String settings =
        NOTIFICATIONS.getOrDefault(message.command(), "settings " + message.command());
    return new Change(headerOf(message).get(HEADER_DEV_NAME).string(), settings);
  }

  @Override
  public void close() {
    genl.close();
  }

  private GenlRequest get(int command, String device) {
    return GenlRequest.of(family, command, a -> putHeader(a, device)).withoutAck();
  }

  private static void putHeader(AttributeWriter a, String device) {
    a.putNested(HEADER, h -> h.putString(HEADER_DEV_NAME, device));
  }

  /** Writes a bitset that leaves all other bits as they are. */
  private static void putBit(AttributeWriter bitset, String name, boolean on) {
    bitset.putNested(
        BITSET_BITS,
        bits ->
            bits.putNested(
                BITS_BIT,
                bit -> {
                  bit.putString(BIT_NAME, name);
                  if (on) {
                    bit.putFlag(BIT_VALUE);
                  }
                }));
  }

  private static Attributes headerOf(GenlMessage message) {
    return message.attributes().get(HEADER).nested();
  }

  private static LinkInfo linkInfoOf(GenlMessage message) {
    return new LinkInfo(
        headerOf(message).get(HEADER_DEV_INDEX).u32(),
        headerOf(message).get(HEADER_DEV_NAME).string(),
        message.attributes().get(LINKINFO_PORT).u8(),
        message.attributes().get(LINKINFO_PHYADDR).u8());
  }

  /**
   * HW lists every feature, with a value if it can be switched; the others list what is set. Some
   * bits have no name and no meaning.
   */
  private static List<Feature> featuresOf(GenlMessage message) {
    Attributes a = message.attributes();
    Set<String> active = setBits(a.get(FEATURES_ACTIVE));
    Set<String> wanted = setBits(a.get(FEATURES_WANTED));
    Set<String> never = setBits(a.get(FEATURES_NOCHANGE));
    List<Feature> features = new ArrayList<>();
    for (Attribute bit : a.get(FEATURES_HW).nested().get(BITSET_BITS).nested()) {
      String name = bit.nested().get(BIT_NAME).string();
      boolean fixed = never.contains(name) || !bit.nested().has(BIT_VALUE);
      if (!name.isEmpty()) {
        features.add(new Feature(name, active.contains(name), wanted.contains(name), fixed));
      }
    }
    return features;
  }

  private static Set<String> setBits(Attribute bitset) {
    return bitset.nested().get(BITSET_BITS).nested().stream()
        .map(bit -> bit.nested().get(BIT_NAME).string())
        .collect(Collectors.toSet());
  }

  /** Prints, switches or watches, as {@code --help} says. */
  public static void main(String[] args) {
    String words = String.join(" ", args);
    if (words.equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (!words.matches("--monitor( \\d{1,9})?|[^- ]\\S*( \\S+ (on|off))?")) {
      System.err.print(USAGE);
      System.exit(2);
    }
    try (Ethtool client = open()) {
      if (args[0].equals("--monitor")) {
        monitor(client, args.length == 2 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE);
      } else {
        if (args.length == 3) {
          client.setFeature(args[0], args[1], args[2].equals("on"));
        }
        print(client, args[0]);
      }
    } catch (NetlinkException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("Ethtool: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void print(Ethtool client, String device) throws NetlinkException {
    Optional<LinkInfo> info = client.linkInfo(device);
    System.out.println("port: " + info.map(i -> String.valueOf(i.port())).orElse("not told"));
    Optional<Boolean> link = client.hasLink(device);
    System.out.println("link: " + link.map(up -> up ? "yes" : "no").orElse("not told"));
    for (Feature f : client.features(device)) {
      String state = (f.active() ? "on" : "off") + (f.fixed() ? " [fixed]" : "");
      String wish = f.active() == f.wanted() || f.fixed() ? "" : " [wanted otherwise]";
      System.out.println(Printable.escape(f.name()) + ": " + state + wish);
    }
  }

  private static void monitor(Ethtool client, int count) throws NetlinkException {
    try (GenlSubscription changes = client.watch()) {
      System.out.println("watching");
      for (int seen = 0; seen < count; ) {
        Event<GenlMessage> event = changes.next();
        if (event instanceof Event.Notification<GenlMessage> notification) {
          Change change = changeOf(notification.message());
          System.out.println(Printable.escape(change.device()) + ": " + change.settings());
          seen++;
        } else if (event instanceof Event.Gap<GenlMessage> gap) {
          System.out.println("changes were lost: " + Printable.escape(gap.text()));
        }
      }
    }
  }
}
