package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.AF_INET;
import static dev.jgenl.test.Rtnetlink.AF_INET6;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTM_DELROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_GETROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWADDR;
import static dev.jgenl.test.Rtnetlink.RTM_NEWLINK;
import static dev.jgenl.test.Rtnetlink.RTM_NEWNEIGH;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWRULE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_IFADDR;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_ROUTE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_RULE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV6_IFADDR;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV6_ROUTE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV6_RULE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_LINK;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_NEIGH;
import static dev.jgenl.test.Rtnetlink.blackhole;
import static dev.jgenl.test.Rtnetlink.rtmsg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.Event.Gap;
import dev.jgenl.Event.Listed;
import dev.jgenl.Event.Notification;
import dev.jgenl.Event.Synchronized;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others change is heard, or it is said that it was not, and listed again. */
@Timeout(60)
class RouteNotificationIT extends InNamespace {

  /** What iproute2 may change, who is told, and where it is listed. */
  record Change(
      String add,
      String delete,
      int group,
      int type,
      Function<NetlinkMessage, Object> decoder,
      Lister list) {

    interface Lister {
      List<?> of(InNamespace test) throws Exception;
    }

    @Override
    public String toString() {
      return add;
    }
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change(
            "link add n0 type veth peer name n1",
            "link del n0",
            RTNLGRP_LINK,
            RTM_NEWLINK,
            Link::of,
            InNamespace::links),
        new Change(
            "neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0",
            "neigh del 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0",
            RTNLGRP_NEIGH,
            RTM_NEWNEIGH,
            // One that was deleted is reached nowhere.
            message -> Neighbour.of(message).address(),
            test -> test.neighbours().stream().map(Neighbour::address).toList()),
        new Change(
            "addr add 10.0.0.1/24 dev v0",
            "addr del 10.0.0.1/24 dev v0",
            RTNLGRP_IPV4_IFADDR,
            RTM_NEWADDR,
            Address::of,
            InNamespace::addresses),
        new Change(
            "addr add fd00::1/64 dev v0",
            "addr del fd00::1/64 dev v0",
            RTNLGRP_IPV6_IFADDR,
            RTM_NEWADDR,
            Address::of,
            InNamespace::addresses),
        new Change(
            "route add 10.1.0.0/16 dev v0",
            "route del 10.1.0.0/16",
            RTNLGRP_IPV4_ROUTE,
            RTM_NEWROUTE,
            Route::of,
            test -> test.routes(AF_INET)),
        new Change(
            "route add fd01::/64 dev v0",
            "route del fd01::/64",
            RTNLGRP_IPV6_ROUTE,
            RTM_NEWROUTE,
            Route::of,
            test -> test.routes(AF_INET6)),
        new Change(
            "-4 rule add priority 9 table 9",
            "-4 rule del priority 9",
            RTNLGRP_IPV4_RULE,
            RTM_NEWRULE,
            Rule::of,
            test -> test.rules(AF_INET)),
        new Change(
            "-6 rule add priority 9 table 9",
            "-6 rule del priority 9",
            RTNLGRP_IPV6_RULE,
            RTM_NEWRULE,
            Rule::of,
            test -> test.rules(AF_INET6)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void changeIsHeardAndItsUndoing(Change change) throws Exception {
    addPair("v0", "v1");
    try (NetlinkSubscription subscription = netlink.subscribe(change.group)) {
      List<?> before = change.list.of(this);
      namespace.ip(change.add.split(" "));
      List<Object> added = new ArrayList<>(change.list.of(this));
      added.removeAll(before);
      assertThat(added).isNotEmpty();
      awaitAll(subscription, change, change.type, added);

      namespace.ip(change.delete.split(" "));
      assertThat(change.list.of(this)).isEqualTo(before);
      awaitAll(subscription, change, change.type + 1, added);
    }
  }

  /** Waits until all were told of; of its own the kernel may do something else, too. */
  private static void awaitAll(
      NetlinkSubscription subscription, Change change, int type, List<?> wanted)
      throws NetlinkException {
    for (List<Object> left = new ArrayList<>(wanted); !left.isEmpty(); ) {
      Optional<Event<NetlinkMessage>> event = subscription.poll(Duration.ofSeconds(5));
      assertThat(event).as("within 5 seconds comes one of %s", left).isPresent();
      Notification<NetlinkMessage> heard = (Notification<NetlinkMessage>) event.orElseThrow();
      assertThat(heard.family()).isEqualTo("route");
      assertThat(heard.group()).isEqualTo(Integer.toString(change.group));
      if (heard.message().type() == type) {
        left.remove(change.decoder.apply(heard.message()));
      }
    }
  }

  @Test
  @DisplayName("T18 a burst is a gap, and the list behind it is right, time and again")
  void listBehindAGapIsRight() throws Exception {
    NetlinkOptions small = NetlinkOptions.DEFAULTS.withReceiveBuffer(1);
    NetlinkRequest list = NetlinkRequest.of(RTM_GETROUTE, rtmsg(AF_INET, 0, 0, 0, 0));
    List<Network> destinations =
        IntStream.range(0, 1000)
            .mapToObj(i -> Network.of("10." + i / 256 + "." + i % 256 + ".0/24"))
            .toList();
    Set<Route> known = new HashSet<>();
    try (Netlink watcher = namespace.netlink(Netlink.ROUTE, small);
        NetlinkSubscription subscription = watcher.subscribe(List.of(list), RTNLGRP_IPV4_ROUTE)) {
      assertThat(synchronize(subscription, known)).isEmpty();
      for (int i = 0; i < 2; i++) {
        doAll(destinations.stream().map(d -> blackhole(RTM_NEWROUTE, d, 1).withFlags(NEW)));
        assertThat(synchronize(subscription, known)).containsExactly(Event.Reason.OVERRUN);
        assertThat(known).hasSize(1000).isEqualTo(Set.copyOf(routes(AF_INET)));

        doAll(destinations.stream().map(d -> blackhole(RTM_DELROUTE, d, 1)));
        assertThat(synchronize(subscription, known)).containsExactly(Event.Reason.OVERRUN);
        assertThat(known).isEmpty();
      }
      namespace.ip("route", "add", "blackhole", "10.0.0.0/8");
      apply(subscription.next(), known);
      assertThat(known).hasSize(1).isEqualTo(Set.copyOf(routes(AF_INET)));
    }
  }

  private void doAll(Stream<NetlinkRequest> requests) throws NetlinkException {
    for (var outcome : netlink.batch(requests.toList())) {
      outcome.get();
    }
  }

  /** Follows until all is known, and returns why something was not. */
  private static List<Event.Reason> synchronize(NetlinkSubscription subscription, Set<Route> known)
      throws NetlinkException {
    List<Event.Reason> gaps = new ArrayList<>();
    for (Event<NetlinkMessage> event = subscription.next();
        !(event instanceof Synchronized<NetlinkMessage>);
        event = subscription.next()) {
      if (event instanceof Gap<NetlinkMessage> gap) {
        gaps.add(gap.reason());
      }
      apply(event, known);
    }
    return gaps;
  }

  private static void apply(Event<NetlinkMessage> event, Set<Route> known) {
    if (event instanceof Gap<NetlinkMessage>) {
      known.clear();
    } else if (event instanceof Listed<NetlinkMessage> listed) {
      known.add(Route.of(listed.message()));
    } else if (event instanceof Notification<NetlinkMessage> heard) {
      Route route = Route.of(heard.message());
      boolean changed =
          heard.message().type() == RTM_NEWROUTE ? known.add(route) : known.remove(route);
      assertThat(changed).as("%s is new", heard).isTrue();
    }
  }
}
