package dev.jgenl.test;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What transactions of nftables change, compared with what nft shows, and what is told of it. */
@Timeout(120)
class NftablesIT {

  private static final int MANY = 10_000;

  private Firewall firewall;

  @BeforeEach
  void open() throws Exception {
    firewall = Firewall.open();
  }

  @AfterEach
  void close() throws Exception {
    if (firewall != null) {
      firewall.close();
    }
  }

  @Test
  @DisplayName("a table, a chain, a set and 10,000 addresses in one transaction")
  void setOfManyAddresses() throws Exception {
    List<NetlinkRequest> requests = new ArrayList<>();
    requests.add(Nftables.newTable("t"));
    requests.add(Nftables.newChain("t", "c"));
    requests.add(Nftables.newSet("t", "s"));
    requests.addAll(Nftables.manyElements("t", "s", 0, MANY));

    List<Outcome<Reply<NetlinkMessage>>> outcomes = firewall.transaction(requests);

    assertThat(outcomes).hasSameSizeAs(requests).hasSize(6);
    for (Outcome<Reply<NetlinkMessage>> outcome : outcomes) {
      assertThat(outcome.get().messages()).isEmpty();
    }
    assertThat(firewall.addresses("t", "s")).isEqualTo(Nftables.addresses(0, MANY));
    assertThat(firewall.shownAddresses("t", "s")).isEqualTo(Nftables.addresses(0, MANY));
    assertThat(firewall.nft("list", "chain", "ip", "t", "c")).contains("chain c {");
  }

  @Test
  @DisplayName("elements are added and deleted in one transaction, and no moment lies between")
  void elementsAreExchanged() throws Exception {
    Firewall.assertDone(
        firewall.transaction(
            Nftables.newTable("t"),
            Nftables.newSet("t", "s"),
            Nftables.newElements("t", "s", 0, 2000)));

    Firewall.assertDone(
        firewall.transaction(
            Nftables.deleteElements("t", "s", 0, 1000),
            Nftables.newElements("t", "s", 2000, 3000)));

    assertThat(firewall.addresses("t", "s")).isEqualTo(Nftables.addresses(1000, 3000));
    assertThat(firewall.shownAddresses("t", "s")).isEqualTo(Nftables.addresses(1000, 3000));
  }

  @Test
  @DisplayName("T65 with NLM_F_ECHO what a request of a transaction has done is its answer")
  void echoIsTheAnswer() throws Exception {
    List<Outcome<Reply<NetlinkMessage>>> outcomes =
        firewall.transaction(
            echoed(Nftables.newTable("t")),
            Nftables.newChain("t", "c"),
            echoed(Nftables.newChain("t", "d")),
            Nftables.newSet("t", "s"),
            echoed(Nftables.newSet("t", "r")));

    // The first is told the new number of all, too.
    assertThat(types(outcomes.get(0))).containsExactly(Nftables.NEW_TABLE, Nftables.NEW_GENERATION);
    assertThat(types(outcomes.get(1))).isEmpty();
    assertThat(types(outcomes.get(2))).containsExactly(Nftables.NEW_CHAIN);
    assertThat(types(outcomes.get(3))).isEmpty();
    assertThat(types(outcomes.get(4))).containsExactly(Nftables.NEW_SET);
  }

  @Test
  @DisplayName(
      "T65 echoes of elements bear no sequence number: they are in no answer, nor in the way")
  void echoesOfElements() throws Exception {
    List<NetlinkRequest> requests = new ArrayList<>();
    requests.add(Nftables.newTable("t"));
    requests.add(Nftables.newSet("t", "s"));
    Nftables.manyElements("t", "s", 0, MANY).forEach(elements -> requests.add(echoed(elements)));
    requests.add(echoed(Nftables.newChain("t", "c")));

    List<Outcome<Reply<NetlinkMessage>>> outcomes = firewall.transaction(requests);

    for (Outcome<Reply<NetlinkMessage>> outcome : outcomes.subList(0, requests.size() - 1)) {
      assertThat(types(outcome)).isEmpty();
    }
    assertThat(types(outcomes.get(requests.size() - 1))).containsExactly(Nftables.NEW_CHAIN);
    assertThat(firewall.addresses("t", "s")).isEqualTo(Nftables.addresses(0, MANY));
  }

  private static List<Integer> types(Outcome<Reply<NetlinkMessage>> outcome) throws Exception {
    return outcome.get().messages().stream().map(NetlinkMessage::type).toList();
  }

  private static NetlinkRequest echoed(NetlinkRequest request) {
    return request.withFlags(request.flags() | NLM_F_ECHO);
  }

  @Test
  @DisplayName("T65 a member of the group hears what its own instance has done, echoed or not")
  void memberHears() throws Exception {
    try (NetlinkSubscription s = firewall.netfilter.subscribe(Nftables.GROUP)) {
      Firewall.assertDone(
          firewall.transaction(Nftables.newTable("t"), echoed(Nftables.newChain("t", "c"))));
      assertThat(heard(s::poll))
          .containsExactly(Nftables.NEW_TABLE, Nftables.NEW_CHAIN, Nftables.NEW_GENERATION);

      // What is not done is not told.
      Firewall.causes(
          firewall.transaction(Nftables.newTable("u"), Nftables.newChain("no such", "c")));
      Events.assertNone(s::poll);
    }
  }

  @Test
  @DisplayName("T65 to a connection that is a member its own changes are events, unless echoed")
  void memberHearsItsOwn() throws Exception {
    try (NetlinkConnection connection = firewall.netfilter.connect()) {
      connection.join(Nftables.GROUP);

      List<Outcome<Reply<NetlinkMessage>>> outcomes =
          connection.transaction(
              Nftables.SUBSYSTEM,
              List.of(
                  Nftables.newTable("t"),
                  echoed(Nftables.newChain("t", "c")),
                  Nftables.newSet("t", "s"),
                  echoed(Nftables.newElements("t", "s", 0, 2))));

      assertThat(types(outcomes.get(0))).isEmpty();
      assertThat(types(outcomes.get(1))).containsExactly(Nftables.NEW_CHAIN);
      assertThat(types(outcomes.get(2))).isEmpty();
      assertThat(types(outcomes.get(3))).isEmpty();
      assertThat(heard(connection::poll))
          .containsExactly(
              Nftables.NEW_TABLE,
              Nftables.NEW_SET,
              Nftables.NEW_ELEMENTS,
              Nftables.NEW_ELEMENTS,
              Nftables.NEW_GENERATION);

      Firewall.assertDone(firewall.transaction(Nftables.deleteTable("t")));
      assertThat(heard(connection::poll)).contains(Nftables.DELETE_TABLE);
    }
  }

  /** The types of all notifications that have come. */
  private static List<Integer> heard(Events.Poll<NetlinkMessage> source) throws NetlinkException {
    List<Integer> types = new ArrayList<>();
    for (Event<NetlinkMessage> event : Events.drain(source)) {
      var notification = (Event.Notification<NetlinkMessage>) event;
      assertThat(notification.family()).isEqualTo("netfilter");
      assertThat(notification.group()).isEqualTo("7");
      types.add(notification.message().type());
    }
    return types;
  }
}
