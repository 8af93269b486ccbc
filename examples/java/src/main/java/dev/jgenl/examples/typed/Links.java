package dev.jgenl.examples.typed;

import dev.jgenl.DumpPolicy;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.families.rtaddr.GetaddrReply;
import dev.jgenl.families.rtaddr.RtAddr;
import dev.jgenl.families.rtlink.GetlinkReply;
import dev.jgenl.families.rtlink.IfinfoFlags;
import dev.jgenl.families.rtlink.RtLink;
import dev.jgenl.families.rtroute.GetrouteReply;
import dev.jgenl.families.rtroute.RtRoute;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.wire.Printable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Shows links with their addresses and routes: three families over one socket. */
public final class Links {

  private static final String USAGE =
      """
      usage: Links

      Shows the links with their addresses, and with the routes of the main table; those over
      several links, or over none, stand at "-".
      """;

  /** Those of links, of IPv4, of IPv6; there are addresses of Phonet, routes of MPLS, and more. */
  private static final Set<Integer> FAMILIES = Set.of(0, 2, 10);

  private static final int MAIN_TABLE = 254;

  private final Map<Long, String> names = new HashMap<>(Map.of(0L, "-"));
  private final Map<Long, List<String>> rows = new TreeMap<>(); // both by the index of the link

  private Links() {}

  /** Prints the table. */
  public static void main(String[] args) {
    Program.run(Links.class, USAGE, "", args, () -> new Links().show());
  }

  private void show() throws NetlinkException {
    NetlinkOptions options = NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(3));
    try (Netlink netlink = Netlink.open(Netlink.ROUTE, options)) {
      RtLink.of(netlink).getlinkDump().toList().forEach(this::add);
      RtAddr.of(netlink).getaddrDump().toList().forEach(this::add);
      RtRoute.of(netlink)
          .getrouteDump(r -> r.header(h -> h.rtmTable(MAIN_TABLE)))
          .toList()
          .forEach(this::add);
    }
    rows.forEach(
        (link, texts) -> {
          String name = names.getOrDefault(link, "link " + link);
          texts.forEach(text -> System.out.printf("%-15s %s%n", name, text));
        });
  }

  private void add(GetlinkReply link) {
    long index = link.header().ifiIndex();
    names.put(index, Printable.escape(link.ifname().orElseThrow()));
    boolean up = link.header().ifiFlags().has(IfinfoFlags.UP);
    add(
        link.header().ifiFamily(),
        index,
        "link",
        (up ? "up" : "down") + ", MTU " + link.mtu().orElse(0));
  }

  /** Between two hosts, the other address is that of the other one. */
  private void add(GetaddrReply a) {
    InetAddress own = a.local().or(a::address).orElseThrow();
    add(
        a.header().ifaFamily(),
        a.header().ifaIndex(),
        "address",
        own.getHostAddress() + "/" + a.header().ifaPrefixlen());
  }

  private void add(GetrouteReply route) {
    String to =
        route
            .dst()
            .map(d -> d.getHostAddress() + "/" + route.header().rtmDstLen())
            .orElse("default");
    String via = route.gateway().map(g -> " via " + g.getHostAddress()).orElse("");
    add(route.header().rtmFamily(), route.oif().orElse(0), "route", to + via);
  }

  private void add(int family, long link, String what, String text) {
    if (FAMILIES.contains(family)) {
      rows.computeIfAbsent(link, l -> new ArrayList<>()).add(String.format("%-8s %s", what, text));
    }
  }
}
