package dev.jgenl.examples.typed;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.families.ethtool.*;
import dev.jgenl.spec.typed.TypedSubscription;
import dev.jgenl.wire.Printable;

/** Tells of which network devices the features change: notifications. */
public final class FeatureWatch {

  private static final String USAGE =
      """
      usage: FeatureWatch [COUNT]

      Prints of which network devices the features change, for ever or for COUNT changes.
      """;

  private FeatureWatch() {}

  /** Prints devices, until it is stopped or has printed enough. */
  public static void main(String[] args) {
    Program.run(FeatureWatch.class, USAGE, "(\\d{1,9})?", args, () -> watch(args));
  }

  private static void watch(String... args) throws NetlinkException {
    int count = args.length == 1 ? Integer.parseInt(args[0]) : Integer.MAX_VALUE;
    try (Ethtool ethtool = Ethtool.open();
        TypedSubscription<EthtoolNotification> changes = ethtool.subscribe(EthtoolGroup.MONITOR)) {
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
