package dev.jgenl.testkit;

import static dev.jgenl.testkit.ScriptedRoute.ADDRESSES;
import static dev.jgenl.testkit.ScriptedRoute.GETLINK;
import static dev.jgenl.testkit.ScriptedRoute.HEADER;
import static dev.jgenl.testkit.ScriptedRoute.LINKS;
import static dev.jgenl.testkit.ScriptedRoute.get;
import static dev.jgenl.testkit.ScriptedRoute.header;
import static dev.jgenl.testkit.ScriptedRoute.link;
import static dev.jgenl.testkit.ScriptedTables.NEWTABLE;
import static dev.jgenl.testkit.ScriptedTables.NFTABLES;
import static dev.jgenl.testkit.ScriptedTables.make;
import static dev.jgenl.testkit.Threaded.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.Subscription;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import dev.jgenl.testkit.FaultyTransports.Fault;
import dev.jgenl.testkit.ScriptedTables.Transactor;
import dev.jgenl.wire.NetlinkConstants;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The n-th call to the system fails, for every n, while other protocols are spoken. */
@Timeout(120)
class NetlinkFaultSweepTest {

  @ParameterizedTest
  @MethodSource("dev.jgenl.testkit.FaultyRun#faults")
  @DisplayName("T49 the n-th call fails: an exception, nothing leaked, full service afterwards")
  void everyCallFailsOnce(Fault fault) throws Exception {
    int n = 1;
    while (new RouteRun(fault, n, n).fails()) {
      n++;
    }
    // Less would mean that some step was not reached.
    assertThat(n).isGreaterThan(fault.isError() ? 8 : 50);
  }

  @ParameterizedTest
  @MethodSource("dev.jgenl.testkit.FaultyRun#lastingFaults")
  @DisplayName("T49 all calls fail from the n-th on: the same, once that is over")
  void everyCallFailsFromThereOn(Fault fault) throws Exception {
    int n = 1;
    while (new RouteRun(fault, n, Integer.MAX_VALUE).fails()) {
      n++;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.jgenl.testkit.FaultyRun#faults")
  @DisplayName("T49 the n-th call of transactions fails: no outcome says what is not true")
  void everyCallOfTransactionsFailsOnce(Fault fault) throws Exception {
    int n = 1;
    while (new TransactionRun(fault, n, n).fails()) {
      n++;
    }
    assertThat(n).isGreaterThan(fault.isError() ? 3 : 10);
  }

  @ParameterizedTest
  @MethodSource("dev.jgenl.testkit.FaultyRun#lastingFaults")
  @DisplayName("T49 all calls of transactions fail from the n-th on: the same")
  void everyCallOfTransactionsFailsFromThereOn(Fault fault) throws Exception {
    int n = 1;
    while (new TransactionRun(fault, n, Integer.MAX_VALUE).fails()) {
      n++;
    }
  }

  /** Every way to ask and to listen. */
  private static final class RouteRun extends FaultyRun {

    private static final int GETADDR = 22;

    private final FakeProtocol route = kernel.protocol(Netlink.ROUTE);

    RouteRun(Fault fault, int first, int last) {
      super(fault, first, last);
      int[] many = IntStream.range(0, 20).toArray();
      route
          .onDo(GETLINK, HEADER, ScriptedRoute::show)
          .onDump(GETLINK, HEADER, ScriptedRoute.links(many))
          .onDump(GETADDR, HEADER, ScriptedRoute.links(100));
    }

    @Override
    void scenario() throws Exception {
      Netlink netlink =
          step(() -> Netlink.open(Netlink.ROUTE, NetlinkOptions.DEFAULTS, transports));
      if (netlink == null) {
        return;
      }
      try (netlink) {
        step(() -> assertIndex(netlink.request(get(1)), 1));
        step(() -> assertIndex(netlink.execute(get(2)).messages().get(0), 2));
        step(() -> assertIndex(netlink.request(large(3)), 3));
        step(() -> assertIndex(netlink.request(get(4).withAnyPort()), 4));
        batch(netlink);
        step(() -> dumpToTheEnd(netlink.dump(get(0))));
        step(() -> dumpHalfWay(netlink.dump(get(0))));
        list(netlink);
        own(netlink);
        assertFullService(netlink);
      }
    }

    /** It takes more memory than a connection has. */
    private static NetlinkRequest large(int index) {
      return NetlinkRequest.of(GETLINK, header(index), a -> a.putBytes(1, new byte[60_000]));
    }

    private void batch(Netlink netlink) {
      List<NetlinkRequest> requests = IntStream.range(0, 100).mapToObj(ScriptedRoute::get).toList();
      List<Outcome<Integer>> outcomes = step(() -> netlink.batch(requests, ScriptedRoute::index));
      for (int i = 0; outcomes != null && i < 100; i++) {
        if (outcomes.get(i) instanceof Outcome.Failure<Integer> f) {
          assertThat(f.cause()).as(description()).isInstanceOf(NetlinkException.class);
          failed("outcome " + i + ": " + f.cause());
        } else {
          assertThat(outcomes.get(i)).as(description()).isEqualTo(new Outcome.Success<>(i));
        }
      }
    }

    private void list(Netlink netlink) throws Exception {
      List<NetlinkRequest> lists = List.of(get(0), NetlinkRequest.of(GETADDR, header(0)));
      NetlinkSubscription s = step(() -> netlink.subscribe(lists, LINKS, ADDRESSES));
      if (s == null) {
        return;
      }
      try (s) {
        await("synchronized true", () -> next(s));
        route.notify(LINKS, link(70));
        await("event 70", () -> next(s));
        step(() -> s.leave(ADDRESSES));
        route.notify(LINKS, link(71));
        await("event 71", () -> next(s));
      }
    }

    private static String next(Subscription<NetlinkMessage> s) throws NetlinkException {
      return s.poll(SOON).map(ScriptedRoute::show).orElse("nothing");
    }

    private void own(Netlink netlink) throws Exception {
      NetlinkConnection c = step(netlink::connect);
      if (c == null) {
        return;
      }
      try (c) {
        boolean joined = step(() -> c.join(LINKS)) != null;
        step(() -> assertIndex(c.request(get(8)), 8));
        step(() -> dumpToTheEnd(c.dump(get(0))));
        step(() -> dumpHalfWay(c.dump(get(0))));
        step(() -> assertIndex(c.execute(get(11)).messages().get(0), 11));
        if (joined) {
          route.notify(LINKS, link(80));
          await("event 80", () -> c.poll(SOON).map(ScriptedRoute::show).orElse("nothing"));
        }
      }
    }

    private void dumpToTheEnd(Dump<NetlinkMessage> dump) throws NetlinkException {
      try (dump) {
        assertThat(dump.toList()).as(description()).hasSize(20);
      }
    }

    private static void dumpHalfWay(Dump<NetlinkMessage> dump) throws NetlinkException {
      try (dump) {
        dump.next();
        dump.next();
      }
    }

    private void assertIndex(NetlinkMessage link, int index) {
      assertThat(ScriptedRoute.index(link)).as(description()).isEqualTo(index);
    }

    /** No failure is to come, or it was there: everything works, each way. */
    private void assertFullService(Netlink netlink) throws Exception {
      transports.repair();
      route.onDump(GETLINK, HEADER, ScriptedRoute::show);
      assertThat(kernel.openSockets()).as(description()).isLessThanOrEqualTo(1);
      for (NetlinkWay way : NetlinkWay.values()) {
        assertThat(way.ask(netlink, get(42)))
            .as(description())
            .extracting(ScriptedRoute::index)
            .containsExactly(42);
      }
      assertThat(kernel.openSockets()).as(description()).isLessThanOrEqualTo(1);
    }
  }

  /** Transactions that are done, and that are not. */
  private static final class TransactionRun extends FaultyRun {

    private final FakeProtocol netfilter = kernel.protocol(Netlink.NETFILTER);
    private int commits;

    TransactionRun(Fault fault, int first, int last) {
      super(fault, first, last);
      netfilter
          .onTransaction(NEWTABLE, ScriptedTables::tell)
          .onTransaction(NEWTABLE + 2, (request, answer) -> answer.error(17))
          .onCommit((request, answer) -> commits++);
    }

    @Override
    void scenario() throws Exception {
      Netlink netlink =
          step(() -> Netlink.open(Netlink.NETFILTER, NetlinkOptions.DEFAULTS, transports));
      if (netlink == null) {
        return;
      }
      try (netlink) {
        NetlinkRequest echoed = make(1).withFlags(NetlinkConstants.NLM_F_ECHO);
        NetlinkRequest refused = NetlinkRequest.of(NEWTABLE + 2, new byte[4]);
        NetlinkRequest large =
            NetlinkRequest.of(
                NEWTABLE, new byte[4], a -> a.putU32(4, 2).putBytes(1, new byte[60_000]));
        List<List<NetlinkRequest>> all =
            List.of(
                List.of(make(0), echoed, make(2)),
                List.of(make(0), refused, echoed),
                List.of(echoed, large, large, large),
                List.of(refused, large));
        Transactor pooled = requests -> netlink.transaction(NFTABLES, requests);
        for (List<NetlinkRequest> requests : all) {
          transact(pooled, requests);
        }
        NetlinkConnection c = step(netlink::connect);
        if (c != null) {
          try (c) {
            for (List<NetlinkRequest> requests : all) {
              transact(r -> c.transaction(NFTABLES, r), requests);
            }
          }
        }
        transports.repair();
        assertThat(kernel.openSockets()).as(description()).isLessThanOrEqualTo(1);
        assertThat(transact(pooled, List.of(make(0), echoed))).as(description()).isTrue();
        assertThat(transact(pooled, List.of(refused, make(2)))).as(description()).isFalse();
      }
    }

    /** Has them done, and tells whether they are by what the outcomes say. */
    private boolean transact(Transactor transactor, List<NetlinkRequest> requests)
        throws NetlinkException {
      int before = commits;
      List<Outcome<Reply<NetlinkMessage>>> outcomes = step(() -> transactor.transact(requests));
      boolean committed = commits > before;
      if (outcomes == null) {
        return committed;
      }
      assertThat(outcomes).as(description()).hasSize(requests.size());
      if (outcomes.get(0) instanceof Outcome.Success) {
        for (int i = 0; i < requests.size(); i++) {
          boolean echoed = requests.get(i).flags() != 0;
          assertThat(outcomes.get(i).get().messages()).as(description()).hasSize(echoed ? 1 : 0);
        }
        assertThat(committed).as(description()).isTrue();
        return true;
      }
      List<Throwable> causes = ScriptedTables.causes(outcomes);
      if (causes.stream().anyMatch(e -> e instanceof NotDoneException)) {
        assertThat(committed).as(description()).isFalse();
      } else {
        // That nobody knows has one reason, and only a fault is one.
        assertThat(causes).as(description()).containsOnly(causes.get(0));
        failed(causes.get(0));
      }
      return false;
    }
  }
}
