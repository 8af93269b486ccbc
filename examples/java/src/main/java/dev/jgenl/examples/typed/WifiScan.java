package dev.jgenl.examples.typed;

import static java.util.Comparator.comparingInt;

import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.families.nl80211.*;
import dev.jgenl.spec.typed.TypedSubscription;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** Looks for Wi-Fi networks: a request, the notification that it is done, and a dump. */
public final class WifiScan {

  private static final String USAGE =
      """
      usage: WifiScan [--last] [DEVICE]

      Looks for Wi-Fi networks with a device that is up, the first one if none is named, and prints
      them, those heard best first: CAP_NET_ADMIN. With --last, prints what was found before.
      """;
  private static final Map<Errno, String> HINTS =
      Map.of(
          Errno.ENETDOWN, "'ip link set DEVICE up' brings it up",
          Errno.EPERM, "--last prints what was found before");

  private WifiScan() {}

  /** Scans, and prints the networks. */
  public static void main(String[] args) {
    Program.run(WifiScan.class, USAGE, "(--last)?( ?[^- ]\\S*)?", args, HINTS, () -> show(args));
  }

  private static void show(String... args) throws IOException {
    boolean last = args.length > 0 && args[0].equals("--last");
    String name = args.length == (last ? 1 : 0) ? "" : args[args.length - 1];
    // What is found while it is listed makes the list begin anew.
    NetlinkOptions options = NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(9));
    try (Nl80211 wifi = Nl80211.open(options)) {
      long device =
          wifi.getInterfaceDump().toList().stream()
              .filter(i -> i.ifname().filter(n -> name.isEmpty() || name.equals(n)).isPresent())
              .mapToLong(i -> i.ifindex().orElseThrow())
              .min()
              .orElseThrow(() -> new IOException("there is no such Wi-Fi device"));
      if (!last) {
        scan(wifi, device);
      }
      System.out.printf("%-20s %-17s %7s %9s %9s%n", "SSID", "BSSID", "CHANNEL", "SIGNAL", "SEEN");
      wifi.getScanDump(r -> r.ifindex(device)).toList().stream()
          .flatMap(found -> found.bss().stream())
          // Of a device that does not tell, all are the same.
          .sorted(comparingInt(bss -> -bss.signalMbm().orElse(Integer.MIN_VALUE + 1)))
          .forEach(WifiScan::print);
    }
  }

  /** Returns when a scan is over, which need not be the one that is asked for. */
  private static void scan(Nl80211 wifi, long device) throws IOException {
    try (TypedSubscription<Nl80211Notification> events = wifi.subscribe(Nl80211Group.SCAN)) {
      // An empty name asks all who are there, and does not only listen.
      Program.unless(
          Errno.EBUSY,
          () -> {
            wifi.triggerScan(r -> r.ifindex(device).scanSsids(new byte[0]));
            return wifi;
          });
      Duration limit = Duration.ofSeconds(60);
      Event<Nl80211Notification> event;
      do {
        event = events.poll(limit).orElseThrow(() -> new IOException("the scan does not end"));
      } while (!isEnd(event, OptionalLong.of(device)));
    }
  }

  /** Where notifications were lost, that of the end may be among them. */
  private static boolean isEnd(Event<Nl80211Notification> event, OptionalLong device) {
    if (event instanceof Event.Notification<Nl80211Notification> told) {
      return (told.message() instanceof NewScanResultsNtf found && found.ifindex().equals(device))
          || (told.message() instanceof ScanAbortedNtf ended && ended.ifindex().equals(device));
    }
    return event instanceof Event.Gap<Nl80211Notification>;
  }

  private static void print(Bss bss) {
    String signal = bss.signalMbm().isEmpty() ? "" : bss.signalMbm().getAsInt() / 100 + " dBm";
    System.out.printf(
        "%-20s %-17s %7d %9s %9s%n",
        bss.informationElements().map(elements -> Dot11.ssid(elements.toArray())).orElse(""),
        bss.bssid().map(Object::toString).orElse(""),
        Dot11.channel(bss.frequency().orElse(0)),
        signal,
        bss.seenMsAgo().orElse(0) / 1000 + " s ago");
  }
}
