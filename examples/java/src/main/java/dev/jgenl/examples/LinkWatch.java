package dev.jgenl.examples;

import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * By hand: it has what two families list and tell in one stream, of which typed clients have one
 * each. Follows the links of this network namespace and their addresses, and never loses track:
 * lists them, goes on with what changes, and lists them again where notifications were lost. The
 * numbers are those of {@code linux/rtnetlink.h}, {@code linux/if_link.h} and {@code
 * linux/if_addr.h}.
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.LinkWatch
 * </pre>
 */
public final class LinkWatch {

  private static final int RTNLGRP_LINK = 1;
  private static final int RTNLGRP_IPV4_IFADDR = 5;
  private static final int RTNLGRP_IPV6_IFADDR = 9;

  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_GETLINK = 18;
  private static final int IFINFOMSG = 16; // bytes
  private static final int IFLA_IFNAME = 3;
  private static final int IFF_UP = 1;
  private static final int IFF_LOWER_UP = 0x10000;

  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_GETADDR = 22;
  private static final int IFADDRMSG = 8;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;

  private static final int AF_UNSPEC = 0;

  private static final String USAGE =
      """
      usage: LinkWatch [SECONDS]

      Shows links and addresses, and goes on with what changes, until it is stopped or for SECONDS.
      """;

  /** A link, or an address on it; the text of a link is empty. */
  private record Thing(int link, String address) {}

  private final Map<Integer, String> names = new HashMap<>();

  /** What there is, and how it is. */
  private final Map<Thing, String> known = new LinkedHashMap<>();

  /** What is known and has not been listed again so far. */
  private final Set<Thing> unseen = new LinkedHashSet<>();

  private LinkWatch() {}

  /** Watches as long as the words say. */
  public static void main(String[] args) {
    String words = String.join(" ", args);
    if (words.equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (!words.matches("|\\d{1,9}")) {
      System.err.print(USAGE);
      System.exit(2);
    }
    Instant end = words.isEmpty() ? Instant.MAX : Instant.now().plusSeconds(Long.parseLong(words));
    NetlinkOptions options = NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(9));
    List<NetlinkRequest> lists =
        List.of(
            NetlinkRequest.of(RTM_GETLINK, new byte[IFINFOMSG]),
            NetlinkRequest.of(RTM_GETADDR, new byte[IFADDRMSG]));
    try (Netlink netlink = Netlink.open(Netlink.ROUTE, options);
        NetlinkSubscription events =
            netlink.subscribe(lists, RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR)) {
      new LinkWatch().follow(events, end);
    } catch (NetlinkException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("LinkWatch: " + e.getMessage());
      System.exit(1);
    }
  }

  private void follow(NetlinkSubscription events, Instant end) throws NetlinkException {
    for (Instant now = Instant.now(); now.isBefore(end); now = Instant.now()) {
      Event<NetlinkMessage> event = events.poll(Duration.between(now, end)).orElse(null);
      if (event instanceof Event.Listed<NetlinkMessage> listed) {
        apply(listed.message());
      } else if (event instanceof Event.Notification<NetlinkMessage> notification) {
        apply(notification.message());
      } else if (event instanceof Event.Gap<NetlinkMessage> gap) {
        System.out.println("changes were lost, so once more: " + Printable.escape(gap.text()));
        unseen.addAll(known.keySet());
      } else if (event instanceof Event.Synchronized<NetlinkMessage>) {
        Set.copyOf(unseen).forEach(this::remove);
        System.out.println("that is all; now what changes:");
      }
    }
  }

  /** Lists and notifications are of the same types. */
  private void apply(NetlinkMessage m) {
    switch (m.type()) {
      case RTM_NEWLINK -> {
        if (isLink(m)) {
          String name = Printable.escape(m.attributes(IFINFOMSG).get(IFLA_IFNAME).string());
          names.put(index(m), name);
          put(new Thing(index(m), ""), name + " " + state(m.header(IFINFOMSG).getInt(8)));
        }
      }
      case RTM_DELLINK -> {
        if (isLink(m)) {
          remove(new Thing(index(m), ""));
        }
      }
      case RTM_NEWADDR -> put(new Thing(index(m), address(m)), address(m));
      case RTM_DELADDR -> remove(new Thing(index(m), address(m)));
      default -> {}
    }
  }

  /** A bridge tells of its ports by the same types, with its own family. */
  private static boolean isLink(NetlinkMessage m) {
    return m.header(IFINFOMSG).get(0) == AF_UNSPEC;
  }

  /** Of a link, at the same place in both headers. */
  private static int index(NetlinkMessage m) {
    return m.header(IFADDRMSG).getInt(4);
  }

  private static String state(int flags) {
    if ((flags & IFF_UP) == 0) {
      return "down";
    }
    return (flags & IFF_LOWER_UP) == 0 ? "up, no carrier" : "up";
  }

  private static String address(NetlinkMessage m) {
    Attributes a = m.attributes(IFADDRMSG);
    Attribute address = a.find(IFA_LOCAL).orElseGet(() -> a.get(IFA_ADDRESS));
    int prefix = Byte.toUnsignedInt(m.header(IFADDRMSG).get(1));
    return address.inetAddress().getHostAddress() + "/" + prefix;
  }

  private void put(Thing thing, String text) {
    unseen.remove(thing);
    String before = known.put(thing, text);
    if (before == null) {
      print("+", thing, text);
    } else if (!before.equals(text)) {
      print("~", thing, text + ", was " + before);
    }
  }

  private void remove(Thing thing) {
    unseen.remove(thing);
    String text = known.remove(thing);
    if (text != null) {
      print("-", thing, text);
    }
  }

  private void print(String sign, Thing thing, String text) {
    String link = thing.address().isEmpty() ? "" : names.get(thing.link()) + " ";
    System.out.println(sign + " " + link + text);
  }
}
