package dev.jgenl.examples.typed;

import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.families.nl80211.*;
import dev.jgenl.spec.typed.Bytes;
import dev.jgenl.spec.typed.TypedSubscription;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;

/** Looks for Wi-Fi networks: a request, the notification that it is done, and a dump. */
public final class WifiScan {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

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
          .sorted(Comparator.comparingInt(WifiScan::signal).reversed())
          .forEach(WifiScan::print);
    }
  }

  /** Returns when a scan is over, which need not be the one that is asked for. */
  private static void scan(Nl80211 wifi, long device) throws IOException {
    try (TypedSubscription<Nl80211Notification> events = wifi.subscribe(Nl80211Group.SCAN)) {
      try {
        // An empty name asks all who are there, and does not only listen.
        wifi.triggerScan(r -> r.ifindex(device).scanSsids(new byte[0]));
      } catch (KernelException e) {
        if (e.error() != Errno.EBUSY) {
          throw e;
        }
      }
      Event<Nl80211Notification> event;
      do {
        event = events.poll(TIMEOUT).orElseThrow(() -> new IOException("the scan does not end"));
      } while (!isEnd(event, device));
    }
  }

  /** Where notifications were lost, that of the end may be among them. */
  private static boolean isEnd(Event<Nl80211Notification> event, long device) {
    OptionalLong own = OptionalLong.of(device);
    if (event instanceof Event.Notification<Nl80211Notification> told) {
      return (told.message() instanceof NewScanResultsNtf found && found.ifindex().equals(own))
          || (told.message() instanceof ScanAbortedNtf aborted && aborted.ifindex().equals(own));
    }
    return event instanceof Event.Gap<Nl80211Notification>;
  }

  /** Of a device that does not tell, all are the same. */
  private static int signal(Bss bss) {
    return bss.signalMbm().orElse(Integer.MIN_VALUE);
  }

  private static void print(Bss bss) {
    System.out.printf(
        "%-20s %-17s %7d %9s %9s%n",
        bss.informationElements().map(WifiScan::ssid).orElse(""),
        bss.bssid().map(Object::toString).orElse(""),
        channel(bss.frequency().orElse(0)),
        bss.signalMbm().isPresent() ? signal(bss) / 100 + " dBm" : "",
        bss.seenMsAgo().orElse(0) / 1000 + " s ago");
  }

  /** Elements have a number, a length and a content; the name is number 0. */
  private static String ssid(Bytes bytes) {
    ByteBuffer elements = ByteBuffer.wrap(bytes.toArray());
    while (elements.remaining() >= 2) {
      int number = elements.get();
      byte[] content = new byte[Math.min(elements.get() & 0xff, elements.remaining())];
      elements.get(content);
      if (number == 0) {
        String name = new String(content, StandardCharsets.UTF_8);
        return name.chars().allMatch(c -> c == 0) ? "(hidden)" : Printable.escape(name);
      }
    }
    return "";
  }

  /** Each band counts from a frequency of its own. */
  private static long channel(long mhz) {
    if (mhz <= 2484) {
      return mhz == 2484 ? 14 : (mhz - 2407) / 5;
    } else if (mhz < 5950) {
      return (mhz - 5000) / 5;
    }
    return mhz < 45000 ? (mhz - 5950) / 5 : (mhz - 56160) / 2160;
  }
}
