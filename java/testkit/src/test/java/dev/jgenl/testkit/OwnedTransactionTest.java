package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.NetlinkConstants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same on a socket of one's own, and what else is heard there. */
class OwnedTransactionTest extends TransactionTest {

  @Override
  Transactor transactor(Netlink of) throws NetlinkException {
    return onOneSocket(of);
  }

  @Override
  int sockets() {
    return 2;
  }

  /** It is closed with its Netlink. */
  static Transactor onOneSocket(Netlink of) throws NetlinkException {
    NetlinkConnection connection = of.connect();
    return requests -> connection.transaction(NFTABLES, requests);
  }

  @Test
  @DisplayName("T65 of what it has done a member hears, but for what is echoed")
  void memberHearsOfItsOwnTransaction() throws NetlinkException {
    try (NetlinkConnection c = netlink.connect()) {
      c.join(TABLES);
      netfilter.notify(
          TABLES, n -> n.message(NEWTABLE, new byte[HEADER], a -> a.putU32(HANDLE, 8)));
      NetlinkRequest echoed = make(1).withFlags(NetlinkConstants.NLM_F_ECHO);

      var outcomes = c.transaction(NFTABLES, List.of(make(0), echoed, make(2)));

      assertThat(outcomes.get(0).get().messages()).isEmpty();
      assertThat(outcomes.get(1).get().messages())
          .extracting(ScriptedTables::handle)
          .containsExactly(1L);
      assertThat(List.of(heard(c), heard(c), heard(c))).containsExactly(8L, 0L, 2L);
      assertThat(c.poll(Duration.ZERO)).isEmpty();
      assertThat(netfilter.requests()).extracting(FakeRequest::portId).containsOnly(c.portId());
    }
  }

  private static long heard(NetlinkConnection c) throws NetlinkException {
    return handle(((Event.Notification<NetlinkMessage>) c.poll(SOON).orElseThrow()).message());
  }

  @Test
  @DisplayName("T66 while a dump of the connection is open a transaction is refused, then done")
  void transactionWhileADumpIsOpen() throws NetlinkException {
    netfilter.onDump(
        GETTABLE,
        HEADER,
        (request, answer) -> answer.message(NEWTABLE, a -> {}).message(NEWTABLE, a -> {}));
    try (NetlinkConnection c = netlink.connect()) {
      try (Dump<NetlinkMessage> dump = c.dump(NetlinkRequest.of(GETTABLE, new byte[HEADER]))) {
        dump.next();
        assertThatThrownBy(() -> c.transaction(NFTABLES, tables(1)))
            .isInstanceOf(IllegalStateException.class);
      }
      for (Outcome<?> outcome : c.transaction(NFTABLES, tables(3))) {
        outcome.get();
      }
    }
  }

  @Test
  void closedConnectionHasNoTransactions() throws NetlinkException {
    NetlinkConnection c = netlink.connect();
    c.close();

    assertThat(causes(c.transaction(NFTABLES, tables(2))))
        .hasOnlyElementsOfType(ClosedException.class);
  }
}
