package dev.jgenl.examples;

import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.DynamicSubscription;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for Wi-Fi networks, through the family "nl80211" by the names of its spec: asks for a scan,
 * waits for the notification that it is over, lists what it has found.
 *
 * <p>Needs CAP_NET_ADMIN, but for {@code --last}. Without a radio, {@code modprobe mac80211_hwsim}
 * simulates two.
 *
 * <pre>
 * mvn package
 * sudo java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.WifiScan
 * </pre>
 */
public final class WifiScan {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final String USAGE =
      """
      usage: WifiScan [--last] [DEVICE]

      Looks for Wi-Fi networks with a device that is up, the first one if none is named, and prints
      them, those heard best first. With --last, prints what was found before.
      """;

  private final DynamicFamily nl80211;
  private final Value device;

  private WifiScan(DynamicFamily nl80211, long index) {
    this.nl80211 = nl80211;
    this.device = Value.of(Map.of("ifindex", index));
  }

  /** Scans, and prints the networks. */
  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    if (words.equals(List.of("--help"))) {
      System.out.print(USAGE);
      return;
    }
    boolean last = words.contains("--last");
    List<String> names = words.stream().filter(w -> !w.equals("--last")).toList();
    if (names.size() > 1 || names.stream().anyMatch(n -> n.startsWith("-"))) {
      System.err.print(USAGE);
      System.exit(2);
    }
    // What is found while it is listed makes the list begin anew.
    NetlinkOptions options = NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(9));
    try (DynamicClient client = DynamicClient.open(options, Specs.bundled())) {
      DynamicFamily nl80211 = client.family("nl80211");
      WifiScan scan = new WifiScan(nl80211, index(nl80211, names));
      if (!last) {
        scan.run();
      }
      scan.print();
    } catch (NetlinkException | IllegalStateException | UnsatisfiedLinkError e) {
      System.err.println("WifiScan: " + e.getMessage() + remedy(e));
      System.exit(1);
    }
  }

  private static long index(DynamicFamily nl80211, List<String> names) throws NetlinkException {
    return nl80211.dump("get-interface", Value.parse("{}")).toList().stream()
        .filter(i -> i.find("ifname").map(Value::asText).filter(n -> fits(n, names)).isPresent())
        .mapToLong(i -> i.at("ifindex").asLong())
        .min()
        .orElseThrow(() -> new IllegalStateException("there is no such Wi-Fi device"));
  }

  private static boolean fits(String name, List<String> names) {
    return names.isEmpty() || names.contains(name);
  }

  /** Returns when a scan is over, which need not be the one that is asked for. */
  private void run() throws NetlinkException {
    // An empty name asks all who are there, and does not only listen.
    Value all =
        Value.of(Map.of("ifindex", device.at("ifindex"), "scan-ssids", List.of(new byte[0])));
    try (DynamicSubscription events = nl80211.subscribe("scan")) {
      try {
        nl80211.execute("trigger-scan", all);
      } catch (KernelException e) {
        if (e.error() != Errno.EBUSY) {
          throw e;
        }
      }
      Instant end = Instant.now().plus(TIMEOUT);
      for (Instant now = Instant.now(); now.isBefore(end); now = Instant.now()) {
        if (events.poll(Duration.between(now, end)).filter(this::isEnd).isPresent()) {
          return;
        }
      }
      throw new IllegalStateException("the scan does not end");
    }
  }

  /** Where notifications were lost, that of the end may be among them. */
  private boolean isEnd(Event<DynamicMessage> event) {
    if (event instanceof Event.Notification<DynamicMessage> told) {
      Optional<Value> index = told.message().value().find("ifindex");
      return index.equals(device.find("ifindex"))
          && List.of("new-scan-results-ntf", "scan-aborted-ntf")
              .contains(told.message().operation());
    }
    return event instanceof Event.Gap<DynamicMessage>;
  }

  private void print() throws NetlinkException {
    System.out.printf("%-20s %-17s %7s %9s %9s%n", "SSID", "BSSID", "CHANNEL", "SIGNAL", "SEEN");
    nl80211.dump("get-scan", device).toList().stream()
        .map(found -> found.at("bss"))
        .sorted(Comparator.comparingLong(WifiScan::signal).reversed())
        .forEach(WifiScan::print);
  }

  private static void print(Value bss) {
    System.out.printf(
        "%-20s %-17s %7d %9s %9s%n",
        bss.find("information-elements").map(e -> ssid(e.asBytes())).orElse(""),
        bss.find("bssid").map(Value::asText).orElse(""),
        channel(bss.at("frequency").asLong()),
        bss.find("signal-mbm").map(s -> s.asLong() / 100 + " dBm").orElse(""),
        bss.at("seen-ms-ago").asLong() / 1000 + " s ago");
  }

  /** Of a device that does not tell, all are the same. */
  private static long signal(Value bss) {
    return bss.find("signal-mbm").map(Value::asLong).orElse(Long.MIN_VALUE);
  }

  /** Elements have a number, a length and a content; the name is number 0. */
  private static String ssid(byte[] elements) {
    for (int i = 0; i + 2 <= elements.length; i += 2 + Byte.toUnsignedInt(elements[i + 1])) {
      int end = i + 2 + Byte.toUnsignedInt(elements[i + 1]);
      if (elements[i] == 0 && end <= elements.length) {
        String name = new String(elements, i + 2, end - i - 2, StandardCharsets.UTF_8);
        return name.chars().allMatch(c -> c == 0) ? "(hidden)" : Printable.escape(name);
      }
    }
    return "";
  }

  /** Each band counts from a frequency of its own. */
  private static long channel(long mhz) {
    if (mhz == 2484) {
      return 14;
    } else if (mhz < 2484) {
      return (mhz - 2407) / 5;
    } else if (mhz < 5950) {
      return (mhz - 5000) / 5;
    }
    return mhz < 45000 ? (mhz - 5950) / 5 : (mhz - 56160) / 2160;
  }

  private static String remedy(Throwable e) {
    return switch (e instanceof KernelException refusal ? refusal.error() : Errno.UNKNOWN) {
      case EPERM -> " (it takes CAP_NET_ADMIN: sudo, or --last)";
      case ENETDOWN -> " (the device is down: ip link set DEVICE up)";
      default -> "";
    };
  }
}
