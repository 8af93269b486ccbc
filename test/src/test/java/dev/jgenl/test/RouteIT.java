package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTA_GATEWAY;
import static dev.jgenl.test.Rtnetlink.RTA_MULTIPATH;
import static dev.jgenl.test.Rtnetlink.RTA_OIF;
import static dev.jgenl.test.Rtnetlink.RTA_PRIORITY;
import static dev.jgenl.test.Rtnetlink.RTM_DELROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWADDR;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static dev.jgenl.test.Rtnetlink.RTN_UNICAST;
import static dev.jgenl.test.Rtnetlink.RTPROT_STATIC;
import static dev.jgenl.test.Rtnetlink.RT_TABLE_MAIN;
import static dev.jgenl.test.Rtnetlink.address;
import static dev.jgenl.test.Rtnetlink.route;
import static dev.jgenl.test.Rtnetlink.rtnexthop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.NetlinkException;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes come and go as iproute2 sees them. */
@Timeout(60)
class RouteIT extends InNamespace {

  private int index;

  @BeforeEach
  void addAddresses() throws NetlinkException {
    addPair("v0", "v1");
    index = index("v0");
    netlink.execute(address(RTM_NEWADDR, index, Network.of("10.0.0.1/24")));
    netlink.execute(address(RTM_NEWADDR, index, Network.of("fd00::1/64")));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.0.0.2",
    "0.0.0.0/0, 10.0.0.2",
    "fd01::/64, fd00::2",
    "::/0, fd00::2"
  })
  void routeIsAddedListedAndDeleted(String text, String via) throws Exception {
    Network destination = Network.of(text);
    InetAddress gateway = InetAddress.getByName(via);
    Route wanted = wanted(destination, List.of(new Route.Hop(index, Optional.of(gateway), 1)));

    netlink.execute(
        route(
                RTM_NEWROUTE,
                destination,
                a ->
                    a.putU32(RTA_OIF, index)
                        .putInetAddress(RTA_GATEWAY, gateway)
                        .putU32(RTA_PRIORITY, 7))
            .withFlags(NEW));
    assertThat(routes(destination.family())).containsExactly(wanted);

    netlink.execute(route(RTM_DELROUTE, destination, a -> a.putU32(RTA_PRIORITY, 7)));
    assertThat(routes(destination.family())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10.1.0.0/16, 10.0.0.2, 10.0.0.3", "fd01::/64, fd00::2, fd00::3"})
  void routeOfSeveralWaysIsAddedListedAndDeleted(String text, String via, String orVia)
      throws Exception {
    Network destination = Network.of(text);
    InetAddress gateway = InetAddress.getByName(via);
    InetAddress other = InetAddress.getByName(orVia);
    ByteArrayOutputStream ways = new ByteArrayOutputStream();
    ways.writeBytes(rtnexthop(index, 1, a -> a.putInetAddress(RTA_GATEWAY, gateway)));
    ways.writeBytes(rtnexthop(index, 5, a -> a.putInetAddress(RTA_GATEWAY, other)));

    netlink.execute(
        route(
                RTM_NEWROUTE,
                destination,
                a -> a.putBytes(RTA_MULTIPATH, ways.toByteArray()).putU32(RTA_PRIORITY, 7))
            .withFlags(NEW));
    assertThat(routes(destination.family()))
        .containsExactly(
            wanted(
                destination,
                List.of(
                    new Route.Hop(index, Optional.of(gateway), 1),
                    new Route.Hop(index, Optional.of(other), 5))));

    netlink.execute(route(RTM_DELROUTE, destination, a -> a.putU32(RTA_PRIORITY, 7)));
    assertThat(routes(destination.family())).isEmpty();
  }

  private static Route wanted(Network destination, List<Route.Hop> hops) {
    return new Route(destination, RT_TABLE_MAIN, RTPROT_STATIC, 0, RTN_UNICAST, 7, hops);
  }
}
