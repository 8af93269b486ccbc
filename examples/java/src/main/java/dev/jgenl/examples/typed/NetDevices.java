package dev.jgenl.examples.typed;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.families.netdev.*;
import dev.jgenl.spec.typed.Flags;
import dev.jgenl.spec.typed.TypedSubscription;
import dev.jgenl.wire.Printable;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows what network devices can do with XDP: a request, a dump, and a list that is kept up. */
public final class NetDevices {

  private static final String USAGE =
      """
      usage: NetDevices [INDEX | --monitor [COUNT]]

      Prints what all network devices, or one, can do with XDP.
        INDEX       the number of a device, as "ip link" shows it
        --monitor   goes on with what changes, for ever or for COUNT changes
      """;

  private NetDevices() {}

  /** Prints devices, as {@code --help} says. */
  public static void main(String[] args) {
    Program.run(NetDevices.class, USAGE, "|\\d{1,9}|--monitor( \\d{1,9})?", args, () -> show(args));
  }

  private static void show(String... args) throws NetlinkException {
    try (Netdev netdev = Netdev.open()) {
      if (args.length == 0) {
        netdev.devGetDump().toList().forEach(NetDevices::print);
      } else if (args[0].equals("--monitor")) {
        monitor(netdev, args.length == 2 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE);
      } else {
        print(netdev.devGet(r -> r.ifindex(Long.parseLong(args[0]))));
      }
    }
  }

  private static void monitor(Netdev netdev, int count) throws NetlinkException {
    try (TypedSubscription<NetdevNotification> changes =
        netdev.subscribe(DevGetDumpRequest.of(r -> {}), NetdevGroup.MGMT)) {
      for (int seen = 0; seen < count; ) {
        Event<NetdevNotification> event = changes.next();
        if (event instanceof Event.Listed<NetdevNotification> listed) {
          print(listed.message());
        } else if (event instanceof Event.Synchronized<NetdevNotification>) {
          System.out.println("that is all; now what changes:");
        } else if (event instanceof Event.Gap<NetdevNotification> gap) {
          System.out.println("changes were lost, so once more: " + Printable.escape(gap.text()));
        } else if (event instanceof Event.Notification<NetdevNotification> notification) {
          print(notification.message());
          seen++;
        }
      }
    }
  }

  private static void print(NetdevNotification told) {
    if (told instanceof DevGetReply d) {
      print("device", d.ifindex(), d.xdpFeatures());
    } else if (told instanceof DevAddNtf d) {
      print("added", d.ifindex(), d.xdpFeatures());
    } else if (told instanceof DevDelNtf d) {
      print("removed", d.ifindex(), d.xdpFeatures());
    } else if (told instanceof DevChangeNtf d) {
      print("changed", d.ifindex(), d.xdpFeatures());
    }
  }

  private static void print(String what, OptionalLong index, Optional<Flags<XdpAct>> features) {
    String can = features.map(Flags::toString).filter(f -> !f.isEmpty()).orElse("nothing");
    System.out.println(what + " " + index.orElseThrow() + ": XDP " + can);
  }
}
