package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.AF_INET;
import static dev.jgenl.test.Rtnetlink.AF_INET6;
import static dev.jgenl.test.Rtnetlink.AF_UNSPEC;
import static dev.jgenl.test.Rtnetlink.IFLA_INFO_KIND;
import static dev.jgenl.test.Rtnetlink.IFLA_LINKINFO;
import static dev.jgenl.test.Rtnetlink.IFLA_MTU;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTA_DST;
import static dev.jgenl.test.Rtnetlink.RTA_OIF;
import static dev.jgenl.test.Rtnetlink.RTA_TABLE;
import static dev.jgenl.test.Rtnetlink.RTM_GETADDR;
import static dev.jgenl.test.Rtnetlink.RTM_GETLINK;
import static dev.jgenl.test.Rtnetlink.RTM_GETNEIGH;
import static dev.jgenl.test.Rtnetlink.RTM_GETROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_GETRULE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWADDR;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static dev.jgenl.test.Rtnetlink.address;
import static dev.jgenl.test.Rtnetlink.ifaddrmsg;
import static dev.jgenl.test.Rtnetlink.ifinfomsg;
import static dev.jgenl.test.Rtnetlink.route;
import static dev.jgenl.test.Rtnetlink.rtmsg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strict checks: the kernel filters by what a dump asks for, and refuses what it does not know. */
@Timeout(60)
class RouteFilterIT extends InNamespace {

  private static final int TABLE = 1234;

  private int index;

  @BeforeEach
  void addEntries() throws NetlinkException {
    addPair("v0", "v1");
    index = index("v0");
    int other = index("v1");
    for (NetlinkRequest request :
        List.of(
            address(RTM_NEWADDR, index, Network.of("10.0.0.1/24")),
            address(RTM_NEWADDR, index, Network.of("fd00::1/64")),
            address(RTM_NEWADDR, other, Network.of("10.0.1.1/24")),
            routeOfTheTable("10.2.0.0/16", index),
            routeOfTheTable("10.3.0.0/16", other))) {
      netlink.execute(request.withFlags(NEW));
    }
  }

  private static NetlinkRequest routeOfTheTable(String destination, int index) {
    return route(
        RTM_NEWROUTE,
        Network.of(destination),
        a -> a.putU32(RTA_TABLE, TABLE).putU32(RTA_OIF, index));
  }

  @Test
  void addressesOfADevice() throws Exception {
    for (int family : new int[] {AF_UNSPEC, AF_INET, AF_INET6}) {
      List<Address> wanted =
          addresses().stream()
              .filter(a -> a.index() == index)
              .filter(a -> family == AF_UNSPEC || a.network().family() == family)
              .toList();

      assertFiltered(
          NetlinkRequest.of(RTM_GETADDR, ifaddrmsg(family, 0, index)), Address::of, wanted);
    }
  }

  @Test
  void linksOfAKind() throws Exception {
    assertFiltered(
        NetlinkRequest.of(
            RTM_GETLINK,
            ifinfomsg(0, 0, 0),
            a -> a.putNested(IFLA_LINKINFO, i -> i.putString(IFLA_INFO_KIND, "veth"))),
        Link::of,
        links().stream().filter(l -> l.kind().equals("veth")).toList());
  }

  @Test
  void routesOfATableAndOfADevice() throws Exception {
    Prerequisite.requireLinux(5, 14, "take the lowest address of a network for that of a host");
    assertRoutes(2, r -> r.table() == TABLE, a -> a.putU32(RTA_TABLE, TABLE));
    // Those of the kernel's own to the address, its network and its broadcast address, too.
    assertRoutes(4, r -> r.hops().get(0).index() == index, a -> a.putU32(RTA_OIF, index));
    assertRoutes(
        1,
        r -> r.table() == TABLE && r.hops().get(0).index() == index,
        a -> a.putU32(RTA_TABLE, TABLE).putU32(RTA_OIF, index));
  }

  private void assertRoutes(
      int count, Predicate<Route> filter, Consumer<AttributeWriter> kernelsFilter)
      throws Exception {
    byte[] header = rtmsg(AF_INET, 0, 0, 0, 0);
    List<Route> wanted = dump(RTM_GETROUTE, header).stream().map(Route::of).filter(filter).toList();

    assertThat(wanted).hasSize(count);
    assertFiltered(NetlinkRequest.of(RTM_GETROUTE, header, kernelsFilter), Route::of, wanted);
  }

  @Test
  void whatIsNotFilteredIsNotMarked() throws Exception {
    try (Dump<NetlinkMessage> dump =
        netlink.dump(NetlinkRequest.of(RTM_GETADDR, ifaddrmsg(AF_UNSPEC, 0, 0)))) {
      assertThat(dump.toList()).hasSize(3);
      assertThat(dump.isFiltered()).isFalse();
    }
  }

  @Test
  void filterByWhatIsNotThereIsRefused() {
    assertThat(refusal(NetlinkRequest.of(RTM_GETADDR, ifaddrmsg(AF_INET, 0, 999))).error())
        .isEqualTo(Errno.ENODEV);
    assertThat(
            refusal(
                    NetlinkRequest.of(
                        RTM_GETROUTE, rtmsg(AF_INET, 0, 0, 0, 0), a -> a.putU32(RTA_TABLE, 999)))
                .error())
        .isEqualTo(Errno.ENOENT);
  }

  @Test
  void headerThatIsTooShortIsRefused() {
    for (int type : new int[] {RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, RTM_GETNEIGH, RTM_GETRULE}) {
      assertRefused(
          NetlinkRequest.of(type, new byte[] {AF_INET, 0, 0, 0}), "Invalid header for .*");
    }
  }

  @Test
  void filterThatTheKernelDoesNotKnowIsRefused() {
    assertRefused(
        NetlinkRequest.of(RTM_GETLINK, ifinfomsg(index, 0, 0)),
        "Filter by device index not supported for link dumps");
    assertRefused(
        NetlinkRequest.of(RTM_GETLINK, ifinfomsg(0, 0, 0), a -> a.putU32(IFLA_MTU, 1500)),
        "Unsupported attribute in link dump request");
    assertRefused(
        NetlinkRequest.of(RTM_GETADDR, ifaddrmsg(AF_INET, 24, 0)),
        "Invalid values in header for address dump request");
    assertRefused(
        NetlinkRequest.of(RTM_GETROUTE, rtmsg(AF_INET, 24, 0, 0, 0)),
        "Invalid values in header for FIB dump request");
    assertRefused(
        NetlinkRequest.of(
            RTM_GETROUTE, rtmsg(AF_INET, 0, 0, 0, 0), a -> a.putBytes(RTA_DST, new byte[4])),
        "Unsupported attribute in dump request");
  }

  @Test
  void attributeThatTheKernelDoesNotKnowIsNamed() {
    Prerequisite.requireLinux(6, 10, "name an attribute of a dump");
    for (NetlinkRequest request :
        List.of(
            NetlinkRequest.of(RTM_GETLINK, ifinfomsg(0, 0, 0), a -> a.putU32(200, 1)),
            NetlinkRequest.of(RTM_GETADDR, ifaddrmsg(AF_INET, 0, 0), a -> a.putU32(200, 1)),
            NetlinkRequest.of(RTM_GETROUTE, rtmsg(AF_INET, 0, 0, 0, 0), a -> a.putU32(200, 1)))) {
      KernelException e = refusal(request);

      assertThat(e.error()).isEqualTo(Errno.EINVAL);
      assertThat(e.extendedAck().path()).containsExactly(200);
    }
  }

  private <T> void assertFiltered(
      NetlinkRequest request, Function<NetlinkMessage, T> decoder, List<T> wanted)
      throws Exception {
    try (Dump<NetlinkMessage> dump = netlink.dump(request)) {
      assertThat(dump.toList().stream().map(decoder)).isNotEmpty().isEqualTo(wanted);
      assertThat(dump.isFiltered()).isTrue();
    }
  }

  private void assertRefused(NetlinkRequest request, String text) {
    KernelException e = refusal(request);

    assertThat(e.error()).isEqualTo(Errno.EINVAL);
    assertThat(e.extendedAck().message().orElseThrow()).matches("(ipv4: )?" + text);
  }

  private KernelException refusal(NetlinkRequest request) {
    return Ways.refusal(
        () -> {
          try (Dump<NetlinkMessage> dump = netlink.dump(request)) {
            dump.toList();
          }
        });
  }
}
