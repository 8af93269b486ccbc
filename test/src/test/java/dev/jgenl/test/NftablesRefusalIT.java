package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.KernelException;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transaction that is refused as a whole, by the kernel or before it is sent. */
@Timeout(120)
class NftablesRefusalIT extends InFirewall {

  @ParameterizedTest(name = "a subsystem that has no transactions, {0}: {1}, of all requests")
  @CsvSource({"0, EOPNOTSUPP", "1, EOPNOTSUPP", "200, EINVAL"})
  void subsystemWithoutTransactions(int subsystem, Errno error) {
    NetlinkRequest request = NetlinkRequest.of((subsystem << 8) + 20, new byte[4]);

    KernelException why =
        Firewall.assertNotDone(
            firewall.netfilter.transaction(subsystem, List.of(request, request, request)));

    assertThat(why.error()).isEqualTo(error);
    assertThat(why).hasMessageContaining("netfilter transaction: " + error);
  }

  @Test
  @DisplayName("an owned table: other sockets are refused, and it goes with its own")
  void ownedTable() throws Exception {
    Prerequisite.requireLinux(5, 12, "have tables with an owner");
    try (NetlinkConnection owner = firewall.netfilter.connect()) {
      Firewall.assertDone(
          owner.transaction(
              Nftables.SUBSYSTEM, List.of(Nftables.newTable("mine", Nftables.OWNED))));

      List<Outcome<Reply<NetlinkMessage>>> outcomes =
          firewall.transaction(
              Nftables.newTable("t"),
              Nftables.newChain("mine", "c"),
              Nftables.newChain("t", "c"),
              Nftables.deleteTable("mine"));

      Firewall.assertNotDone(outcomes, Arrays.asList(null, Errno.EPERM, null, Errno.EPERM));
      assertThat(firewall.tables()).containsExactly("mine");
      Firewall.assertDone(
          owner.transaction(Nftables.SUBSYSTEM, List.of(Nftables.newChain("mine", "c"))));
      Firewall.assertNotDone(
          owner.transaction(Nftables.SUBSYSTEM, List.of(Nftables.newChain("no such", "c"))),
          List.of(Errno.ENOENT));
    }
    assertThat(firewall.tables()).isEmpty();
  }

  @Test
  @DisplayName("T68 the commit fails: the whole is refused, and no request is blamed")
  void commitFails() throws Exception {
    KernelException why =
        Firewall.assertNotDone(
            firewall.transaction(
                Nftables.newTable("t"), Nftables.newUnboundSet("t"), Nftables.newTable("u")));

    assertThat(why.error()).isEqualTo(Errno.EINVAL);
    assertThat(why).hasMessageContaining("netfilter transaction: EINVAL");
    try (NetlinkConnection connection = firewall.netfilter.connect()) {
      assertThat(
              Firewall.assertNotDone(
                      connection.transaction(
                          Nftables.SUBSYSTEM,
                          List.of(Nftables.newTable("t"), Nftables.newUnboundSet("t"))))
                  .error())
          .isEqualTo(Errno.EINVAL);
    }
    firewall.assertUsableAndEmpty();
  }

  @Test
  @DisplayName("a change that is no part of a transaction is refused by the kernel")
  void changeOutsideOfATransaction() {
    assertThatThrownBy(() -> firewall.netfilter.execute(Nftables.newTable("t")))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.EINVAL))
        .hasMessageContaining("netfilter newtable");
  }

  @Test
  @DisplayName("an empty transaction is refused")
  void empty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> firewall.transaction())
        .withMessageContaining("no request");
  }

  @Test
  @DisplayName("a request of another subsystem, or with a short header, is refused")
  void whatIsNoPart() {
    NetlinkRequest good = Nftables.newTable("t");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> firewall.transaction(good, NetlinkRequest.of(0x100, new byte[4])))
        .withMessageContaining("subsystem 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> firewall.transaction(good, NetlinkRequest.of(16, new byte[4])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> firewall.netfilter.transaction(11, List.of(good)))
        .withMessageContaining("subsystem 11");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> firewall.transaction(good, NetlinkRequest.of(Nftables.NEW_TABLE, new byte[3])))
        .withMessageContaining("nfgenmsg");
    assertThatNullPointerException()
        .isThrownBy(() -> firewall.netfilter.transaction(10, Arrays.asList(good, null)));
    for (int subsystem : new int[] {-1, 256, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> firewall.netfilter.transaction(subsystem, List.of()))
          .withMessageContaining("0 to 255");
    }
  }

  @Test
  @DisplayName("a request that takes any answer is no part of a transaction")
  void tolerantRequest() {
    for (NetlinkRequest tolerant :
        List.of(Nftables.newTable("u").withAnySequence(), Nftables.newTable("u").withAnyPort())) {
      List<Exception> causes =
          Firewall.causes(firewall.transaction(Nftables.newTable("t"), tolerant));

      assertThat(causes.get(1)).isInstanceOf(IllegalArgumentException.class);
      assertThat(causes.get(0)).isInstanceOf(NotDoneException.class).hasCause(causes.get(1));
    }
  }

  @Test
  @DisplayName("another protocol has no transactions")
  void anotherProtocol() throws Exception {
    try (Netlink route = firewall.namespace.netlink(Netlink.ROUTE)) {
      assertThatThrownBy(() -> route.transaction(Nftables.SUBSYSTEM, List.of()))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("route");
    }
  }

  @Test
  @DisplayName("a transaction of what is closed says so of each request")
  void closed() throws Exception {
    Netlink netfilter = firewall.namespace.netlink(Netlink.NETFILTER);
    netfilter.close();

    assertThat(
            Firewall.causes(
                netfilter.transaction(
                    Nftables.SUBSYSTEM,
                    List.of(Nftables.newTable("t"), Nftables.newChain("t", "c")))))
        .hasSize(2)
        .allSatisfy(e -> assertThat(e).isInstanceOf(ClosedException.class));
  }
}
