package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.AF_INET;
import static dev.jgenl.test.Rtnetlink.AF_UNSPEC;
import static dev.jgenl.test.Rtnetlink.IFF_UP;
import static dev.jgenl.test.Rtnetlink.NDMSG;
import static dev.jgenl.test.Rtnetlink.NUD_PERMANENT;
import static dev.jgenl.test.Rtnetlink.RTM_GETADDR;
import static dev.jgenl.test.Rtnetlink.RTM_GETLINK;
import static dev.jgenl.test.Rtnetlink.RTM_GETNEIGH;
import static dev.jgenl.test.Rtnetlink.RTM_GETROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_GETRULE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWLINK;
import static dev.jgenl.test.Rtnetlink.RTPROT_KERNEL;
import static dev.jgenl.test.Rtnetlink.fibRuleHdr;
import static dev.jgenl.test.Rtnetlink.ifaddrmsg;
import static dev.jgenl.test.Rtnetlink.ifinfomsg;
import static dev.jgenl.test.Rtnetlink.ndmsg;
import static dev.jgenl.test.Rtnetlink.newPair;
import static dev.jgenl.test.Rtnetlink.rtmsg;
import static dev.jgenl.test.Rtnetlink.withoutAddresses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests of rtnetlink, each in a network namespace of its own. Whatever is listed there has to be
 * what iproute2 shows.
 */
abstract class InNamespace {

  NamedNamespace namespace;
  Netlink netlink;

  @BeforeEach
  void open() throws Exception {
    namespace = NamedNamespace.open();
    netlink = namespace.netlink(Netlink.ROUTE);
  }

  @AfterEach
  void close() throws Exception {
    if (netlink != null) {
      netlink.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  /** Makes devices that are connected with each other and have no addresses, and sets them up. */
  void addPair(String name, String peer) throws NetlinkException {
    netlink.execute(newPair(name, peer));
    for (int index : List.of(index(name), index(peer))) {
      netlink.execute(withoutAddresses(index));
      netlink.execute(NetlinkRequest.of(RTM_NEWLINK, ifinfomsg(index, IFF_UP, IFF_UP)));
    }
  }

  int index(String device) throws NetlinkException {
    return indices().get(device);
  }

  List<Link> links() throws Exception {
    List<Link> links = dump(RTM_GETLINK, ifinfomsg(0, 0, 0)).stream().map(Link::of).toList();
    assertThat(links).isEqualTo(namespace.shown("link").stream().map(Link::of).toList());
    return links;
  }

  List<Address> addresses() throws Exception {
    List<Address> addresses =
        dump(RTM_GETADDR, ifaddrmsg(AF_UNSPEC, 0, 0)).stream().map(Address::of).toList();
    // Here first all of IPv4, there all of one device.
    assertSame(
        addresses, namespace.shown("addr").stream().flatMap(a -> Address.of(a).stream()).toList());
    return addresses;
  }

  private static void assertSame(List<?> listed, List<?> shown) {
    assertThat(listed).hasSameSizeAs(shown);
    assertThat(Set.copyOf(listed)).isEqualTo(Set.copyOf(shown));
  }

  /** Those that were added: of its own the kernel makes some when it likes. */
  List<Route> routes(int family) throws Exception {
    List<Route> routes =
        dump(RTM_GETROUTE, rtmsg(family, 0, 0, 0, 0)).stream()
            .map(Route::of)
            .filter(r -> r.protocol() != RTPROT_KERNEL)
            .toList();
    Map<String, Integer> indices = indices();
    assertThat(routes)
        .isEqualTo(
            namespace.shown(option(family), "route", "show", "table", "all").stream()
                .map(r -> Route.of(r, family, indices))
                .filter(r -> r.protocol() != RTPROT_KERNEL)
                .toList());
    return routes;
  }

  List<Rule> rules(int family) throws Exception {
    List<Rule> rules =
        dump(RTM_GETRULE, fibRuleHdr(family, 0, 0, 0)).stream().map(Rule::of).toList();
    assertThat(rules)
        .isEqualTo(
            namespace.shown(option(family), "rule").stream()
                .map(rule -> Rule.of(rule, family))
                .toList());
    return rules;
  }

  /** Those that were added: of others the kernel makes and forgets some as it likes. */
  List<Neighbour> neighbours() throws Exception {
    List<Neighbour> neighbours =
        dump(RTM_GETNEIGH, ndmsg(AF_UNSPEC, 0, 0)).stream()
            .filter(m -> (m.header(NDMSG).getShort(8) & NUD_PERMANENT) != 0)
            .map(Neighbour::of)
            .toList();
    Map<String, Integer> indices = indices();
    assertSame(
        neighbours,
        namespace.shown("neigh", "show", "nud", "permanent").stream()
            .map(n -> Neighbour.of(n, indices))
            .toList());
    return neighbours;
  }

  List<NetlinkMessage> dump(int type, byte[] header) throws NetlinkException {
    try (Dump<NetlinkMessage> dump = netlink.dump(NetlinkRequest.of(type, header))) {
      return dump.toList();
    }
  }

  private Map<String, Integer> indices() throws NetlinkException {
    return dump(RTM_GETLINK, ifinfomsg(0, 0, 0)).stream()
        .map(Link::of)
        .collect(Collectors.toMap(Link::name, Link::index));
  }

  private static String option(int family) {
    return family == AF_INET ? "-4" : "-6";
  }
}
