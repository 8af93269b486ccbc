package dev.jgenl.test;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.KernelException;
import dev.jgenl.Outcome;
import dev.jgenl.OverrunException;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long transactions, and many at a time. */
@Timeout(120)
class NftablesLoadIT extends InFirewall {

  private static final int MANY = 10_000;

  @Test
  @DisplayName("T68 10,000 requests that all fail: none is done, though errors are lost")
  void allFail() {
    List<Outcome<Reply<NetlinkMessage>>> outcomes =
        firewall.transaction(Collections.nCopies(MANY, Nftables.deleteTable("no such")));

    List<Exception> causes = Firewall.causes(outcomes);
    List<Errno> told =
        causes.stream().map(e -> e instanceof KernelException ? Errno.ENOENT : null).toList();
    assertThat(told).hasSize(MANY).startsWith(Errno.ENOENT, Errno.ENOENT);
    Firewall.assertNotDone(outcomes, told);
  }

  @Test
  @DisplayName("a transaction with 50,000 requests is done; T68 one that fails at its end is not")
  void manyRequests() throws Exception {
    List<NetlinkRequest> requests = new ArrayList<>();
    requests.add(Nftables.newTable("t"));
    requests.add(Nftables.newSet("t", "s"));
    IntStream.range(0, 49_998).forEach(i -> requests.add(Nftables.newElements("t", "s", i, i + 1)));

    Firewall.assertDone(firewall.transaction(requests));
    assertThat(firewall.addresses("t", "s")).isEqualTo(Nftables.addresses(0, 49_998));

    List<NetlinkRequest> deleted = new ArrayList<>();
    IntStream.range(0, 50_000)
        .forEach(i -> deleted.add(Nftables.deleteElements("t", "s", i, i + 1)));
    List<Errno> errors = new ArrayList<>(Collections.nCopies(50_000, null));
    errors.set(49_998, Errno.ENOENT);
    errors.set(49_999, Errno.ENOENT);
    Firewall.assertNotDone(firewall.transaction(deleted), errors);
    assertThat(firewall.addresses("t", "s")).isEqualTo(Nftables.addresses(0, 49_998));

    Firewall.assertDone(firewall.transaction(Nftables.deleteTable("t")));
  }

  @Test
  @DisplayName("T65 10,000 requests are echoed, each to whom it concerns")
  void manyEchoes() throws Exception {
    Firewall.assertDone(firewall.transaction(Nftables.newTable("t")));
    List<NetlinkRequest> chains = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      NetlinkRequest chain = Nftables.newChain("t", "c" + i);
      chains.add(chain.withFlags(chain.flags() | NLM_F_ECHO));
    }

    List<Outcome<Reply<NetlinkMessage>>> outcomes = firewall.transaction(chains);

    for (int i = 0; i < MANY; i++) {
      NetlinkMessage echo = outcomes.get(i).get().messages().get(0);
      assertThat(Nftables.chainName(echo)).isEqualTo("c" + i);
    }
    Firewall.assertDone(firewall.transaction(Nftables.deleteTable("t")));
  }

  @Test
  @DisplayName("T08 echoes beyond the receive buffer: the outcome is unknown, and all say so")
  void moreEchoesThanThereIsRoomFor() throws Exception {
    List<NetlinkRequest> requests = new ArrayList<>();
    requests.add(Nftables.newTable("t"));
    requests.add(Nftables.newSet("t", "s"));
    for (NetlinkRequest elements : Nftables.manyElements("t", "s", 0, 100_000)) {
      requests.add(elements.withFlags(elements.flags() | NLM_F_ECHO));
    }

    List<Exception> causes = Firewall.causes(firewall.transaction(requests));

    assertThat(causes)
        .hasSameSizeAs(requests)
        .allSatisfy(
            e ->
                assertThat(e).isInstanceOf(OverrunException.class).hasMessageContaining("unknown"));
    // It is done.
    assertThat(firewall.addresses("t", "s")).hasSize(100_000);
    Firewall.assertDone(firewall.transaction(Nftables.deleteTable("t")));
  }

  @Test
  @DisplayName("8 threads have transactions on one instance, every other of which fails")
  void threads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Netlink shared = firewall.namespace.netlink(Netlink.NETFILTER)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String table = "t" + i;
        results.add(threads.submit(() -> changeInTurns(shared, table)));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void changeInTurns(Netlink shared, String table) throws Exception {
    List<NetlinkRequest> refused =
        List.of(
            Nftables.newElements(table, "s", 200, 300),
            Nftables.newChain("no such", "c"),
            Nftables.deleteTable(table));
    for (int i = 0; i < 25; i++) {
      List<NetlinkRequest> done =
          List.of(
              Nftables.newTable(table),
              Nftables.newSet(table, "s"),
              Nftables.newElements(table, "s", i, i + 100));

      Firewall.assertDone(shared.transaction(Nftables.SUBSYSTEM, done));
      Firewall.assertNotDone(
          shared.transaction(Nftables.SUBSYSTEM, refused), Arrays.asList(null, Errno.ENOENT, null));
      assertThat(Firewall.addresses(shared, table, "s")).isEqualTo(Nftables.addresses(i, i + 100));
      Firewall.assertDone(
          shared.transaction(Nftables.SUBSYSTEM, List.of(Nftables.deleteTable(table))));
    }
    return null;
  }
}
