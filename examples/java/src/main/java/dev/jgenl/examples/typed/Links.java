package dev.jgenl.examples.typed;

import dev.jgenl.DumpPolicy;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.families.rtaddr.*;
import dev.jgenl.families.rtlink.*;
import dev.jgenl.families.rtroute.*;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.IpPrefix;
import dev.jgenl.wire.Printable;
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

  private final Map<Long, String> names = new HashMap<>(Map.of(0L, "-"));
  private final Map<Long, List<String>> rows = new TreeMap<>(); // both by the index of the link

  private Links() {}

  /** Prints the table. */
  public static void main(String[] args) {
    Program.run(Links.class, USAGE, "", args, () -> new Links().show());
  }

  private void show() throws NetlinkException {
    NetlinkOptions options = NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(3));
    GetrouteDumpRequest mainTable = GetrouteDumpRequest.of(r -> r.header(h -> h.rtmTable(254)));
    try (Netlink netlink = Netlink.open(Netlink.ROUTE, options)) {
      RtLink.of(netlink).getlinkDump().toList().forEach(this::add);
      RtAddr.of(netlink).getaddrDump().toList().forEach(this::add);
      RtRoute.of(netlink).getrouteDump(mainTable).toList().forEach(this::add);
    }
    rows.values().forEach(ofOneLink -> ofOneLink.forEach(System.out::println));
  }

  private void add(GetlinkReply link) {
    Ifinfomsg h = link.header();
    names.put((long) h.ifiIndex(), Printable.escape(link.ifname().orElseThrow()));
    String state = h.ifiFlags().has(IfinfoFlags.UP) ? "up" : "down";
    add(h.ifiFamily(), h.ifiIndex(), "link", state + ", MTU " + link.mtu().orElse(0));
  }

  /** Between two hosts, the other address is that of the other one. */
  private void add(GetaddrReply a) {
    Ifaddrmsg h = a.header();
    IpPrefix own = new IpPrefix(a.local().or(a::address).orElseThrow(), h.ifaPrefixlen());
    add(h.ifaFamily(), h.ifaIndex(), "address", own.toString());
  }

  private void add(GetrouteReply route) {
    Rtmsg h = route.header();
    String to = route.dst().map(d -> new IpPrefix(d, h.rtmDstLen()).toString()).orElse("default");
    String via = route.gateway().map(g -> " via " + IpPrefix.of(g).hostAddress()).orElse("");
    add(h.rtmFamily(), route.oif().orElse(0), "route", to + via);
  }

  private void add(int family, long link, String what, String text) {
    if (Set.of(0, 2, 10).contains(family)) { // links, IPv4, IPv6; not Phonet, MPLS, and more
      String row = "%-15s %-8s %s".formatted(names.getOrDefault(link, "link " + link), what, text);
      rows.computeIfAbsent(link, l -> new ArrayList<>()).add(row);
    }
  }
}
