package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.AF_INET;
import static dev.jgenl.test.Rtnetlink.FRA_PRIORITY;
import static dev.jgenl.test.Rtnetlink.FRA_TABLE;
import static dev.jgenl.test.Rtnetlink.FR_ACT_TO_TBL;
import static dev.jgenl.test.Rtnetlink.IFLA_IFNAME;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTM_DELLINK;
import static dev.jgenl.test.Rtnetlink.RTM_DELROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_GETLINK;
import static dev.jgenl.test.Rtnetlink.RTM_NEWADDR;
import static dev.jgenl.test.Rtnetlink.RTM_NEWLINK;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWRULE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_IFADDR;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_ROUTE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_RULE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_LINK;
import static dev.jgenl.test.Rtnetlink.address;
import static dev.jgenl.test.Rtnetlink.blackhole;
import static dev.jgenl.test.Rtnetlink.fibRuleHdr;
import static dev.jgenl.test.Rtnetlink.ifinfomsg;
import static dev.jgenl.test.Rtnetlink.newPair;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.Event.Notification;
import dev.jgenl.NetlinkException;
import dev.jgenl.Reply;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that asks and is a member of the groups that are told of what it has changed. */
@Timeout(60)
class RouteConnectionIT extends InNamespace {

  private static final NetlinkRequest LOOPBACK = NetlinkRequest.of(RTM_GETLINK, ifinfomsg(1, 0, 0));
  private static final Network NETWORK = Network.of("10.1.0.0/16");

  /** What is changed, and of which the notification bears sequence number and port. */
  enum Change {
    ADDRESS(RTNLGRP_IPV4_IFADDR, address(RTM_NEWADDR, 1, NETWORK)),
    ROUTE(RTNLGRP_IPV4_ROUTE, blackhole(RTM_NEWROUTE, NETWORK, 1)),
    RULE(
        RTNLGRP_IPV4_RULE,
        NetlinkRequest.of(
            RTM_NEWRULE,
            fibRuleHdr(AF_INET, 0, 0, FR_ACT_TO_TBL),
            a -> a.putU32(FRA_PRIORITY, 9).putU32(FRA_TABLE, 9)));

    private final int group;
    private final NetlinkRequest request;

    Change(int group, NetlinkRequest request) {
      this.group = group;
      this.request = request;
    }
  }

  private NetlinkConnection connection;

  @BeforeEach
  void connect() throws NetlinkException {
    connection = netlink.connect();
  }

  @AfterEach
  void assertUsable() throws NetlinkException {
    if (connection != null) {
      assertThat(Link.of(connection.request(LOOPBACK)).name()).isEqualTo("lo");
    }
  }

  @ParameterizedTest(name = "T65 what bears the number of the request and no echo is an event: {0}")
  @EnumSource
  void changeIsAnEventWithTheNumberOfTheRequest(Change change) throws NetlinkException {
    connection.join(change.group);
    int first = connection.request(LOOPBACK).sequence();
    int second = connection.request(LOOPBACK).sequence();

    Reply<NetlinkMessage> reply = connection.execute(change.request.withFlags(NEW));

    assertThat(reply.messages()).isEmpty();
    Notification<NetlinkMessage> event = (Notification<NetlinkMessage>) connection.next();
    assertThat(event.group()).isEqualTo(Integer.toString(change.group));
    assertThat(event.message().type()).isEqualTo(change.request.type());
    assertThat(event.message().sequence()).isEqualTo(second + (second - first));
    assertThat(drain()).isEmpty();
  }

  @ParameterizedTest(name = "T65 what was to be echoed is the answer, and no event: {0}")
  @EnumSource
  void echoIsTheAnswer(Change change) throws NetlinkException {
    connection.join(change.group);
    try (NetlinkSubscription other = netlink.subscribe(change.group)) {
      Reply<NetlinkMessage> reply = connection.execute(change.request.withFlags(NEW | NLM_F_ECHO));

      assertThat(reply.messages())
          .extracting(NetlinkMessage::type)
          .containsExactly(change.request.type());
      assertThat(drain()).isEmpty();
      assertThat(other.poll(Duration.ofSeconds(5))).as("others hear of it").isPresent();
    }
  }

  @Test
  @DisplayName("T65 links that a member of their group makes and deletes are events")
  void linksAreEvents() throws NetlinkException {
    connection.join(RTNLGRP_LINK);

    assertThat(connection.execute(newPair("v0", "v1")).messages()).isEmpty();
    assertThat(drain())
        .allMatch(m -> m.type() == RTM_NEWLINK)
        .extracting(m -> Link.of(m).name())
        .contains("v0", "v1");

    assertThat(connection.execute(deletion()).messages()).isEmpty();
    assertThat(drain())
        .filteredOn(m -> m.type() == RTM_DELLINK)
        .extracting(m -> Link.of(m).name())
        .containsExactlyInAnyOrder("v0", "v1");
  }

  @Test
  @DisplayName("T65 a link that was to be echoed is the answer, its peer an event")
  void echoOfALink() throws NetlinkException {
    Prerequisite.requireLinux(6, 2, "echo a link");
    connection.join(RTNLGRP_LINK);
    NetlinkRequest pair = newPair("v0", "v1").withFlags(NEW | NLM_F_ECHO);

    assertThat(connection.execute(pair).messages())
        .extracting(m -> Link.of(m).name())
        .containsExactly("v0");
    assertThat(drain()).extracting(m -> Link.of(m).name()).containsOnly("v1");

    assertThat(connection.execute(deletion().withFlags(NLM_F_ECHO)).messages())
        .filteredOn(m -> m.type() == RTM_DELLINK)
        .extracting(m -> Link.of(m).name())
        .contains("v0");
  }

  @Test
  @DisplayName("T65 many changes of one's own in turn with requests: each is one event, in order")
  void manyChanges() throws NetlinkException {
    connection.join(RTNLGRP_IPV4_ROUTE);
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      connection.execute(blackhole(RTM_NEWROUTE, NETWORK, 1).withFlags(NEW));
      assertThat(Link.of(connection.request(LOOPBACK)).index()).isEqualTo(1);
      connection.execute(blackhole(RTM_DELROUTE, NETWORK, 1));
      wanted.addAll(List.of(RTM_NEWROUTE, RTM_DELROUTE));
    }
    assertThat(drain()).extracting(NetlinkMessage::type).isEqualTo(wanted);
  }

  private static NetlinkRequest deletion() {
    return NetlinkRequest.of(RTM_DELLINK, ifinfomsg(0, 0, 0), a -> a.putString(IFLA_IFNAME, "v0"));
  }

  /** What has come by now: what a request does is told before it is acknowledged. */
  private List<NetlinkMessage> drain() throws NetlinkException {
    List<NetlinkMessage> messages = new ArrayList<>();
    for (Optional<Event<NetlinkMessage>> event = connection.poll(Duration.ZERO);
        event.isPresent();
        event = connection.poll(Duration.ZERO)) {
      messages.add(((Notification<NetlinkMessage>) event.get()).message());
    }
    return messages;
  }
}
