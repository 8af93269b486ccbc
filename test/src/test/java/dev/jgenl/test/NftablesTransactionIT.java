package dev.jgenl.test;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_CREATE;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_DUMP;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.KernelException;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction of nftables of which something is refused: nothing is done, and all say so. */
@Timeout(120)
class NftablesTransactionIT extends InFirewall {

  private static final String NO_SET = "name the set that is not there";

  @Test
  @DisplayName("T68 T36 one of 64 KiB fails amid 10,000 elements: none is done")
  void oneFailsInTheMiddle() throws Exception {
    Prerequisite.requireLinux(6, 7, NO_SET);
    List<NetlinkRequest> requests = new ArrayList<>();
    requests.add(Nftables.newTable("t"));
    requests.add(Nftables.newSet("t", "s"));
    requests.addAll(Nftables.manyElements("t", "s", 0, 10_000));
    requests.set(3, Nftables.newElements("t", "no such", 0, Nftables.ELEMENTS_MAX));

    List<Outcome<Reply<NetlinkMessage>>> outcomes = firewall.transaction(requests);

    Firewall.assertNotDone(outcomes, Arrays.asList(null, null, null, Errno.ENOENT, null));
    List<Exception> causes = Firewall.causes(outcomes);
    assertThat(causes.get(3))
        .hasMessageContaining("netfilter newsetelem: ENOENT")
        .hasMessageContaining("attribute set (2)");
    assertThat(((KernelException) causes.get(3)).extendedAck().path()).containsExactly(2);
    assertThat(causes.get(0))
        .hasMessageContaining("netfilter newtable: not done")
        .hasMessageContaining("newsetelem: ENOENT");
    assertThat(firewall.nft("list", "ruleset")).isEmpty();
  }

  @ParameterizedTest(name = "T68 request {0} of 5 fails: none is done")
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void oneFails(int position) throws Exception {
    List<NetlinkRequest> requests = good();
    requests.add(position, Nftables.deleteTable("no such"));
    List<Errno> errors = new ArrayList<>(Collections.nCopies(5, null));
    errors.set(position, Errno.ENOENT);

    Firewall.assertNotDone(firewall.transaction(requests), errors);

    assertThat(firewall.tables()).isEmpty();
  }

  @Test
  @DisplayName("T68 the only request fails")
  void onlyOneFails() {
    Firewall.assertNotDone(
        firewall.transaction(Nftables.deleteTable("no such")), List.of(Errno.ENOENT));
  }

  @Test
  @DisplayName("T68 several fail: each says why, with the path of what it is that is wrong")
  void severalFail() throws Exception {
    Prerequisite.requireLinux(6, 7, NO_SET);
    NetlinkRequest twice = Nftables.newElements("t", "s", 0, 3).withFlags(NLM_F_CREATE | 0x200);
    List<Outcome<Reply<NetlinkMessage>>> outcomes =
        firewall.transaction(
            Nftables.newTable("t"),
            Nftables.newTable("t"),
            Nftables.newSet("t", "s"),
            twice,
            twice,
            Nftables.newElements("t", "no such", 0, 3),
            Nftables.newTable("u", 0x80),
            Nftables.newChain("t", "c"));

    List<Exception> causes = Firewall.causes(outcomes);
    KernelException noSuchFlag = (KernelException) causes.get(6);
    // Linux 7.3 refuses it by its policy, so that it names the attribute.
    boolean byPolicy = noSuchFlag.error() == Errno.EINVAL;
    Firewall.assertNotDone(
        outcomes,
        Arrays.asList(
            null,
            Errno.EEXIST,
            null,
            null,
            Errno.EEXIST,
            Errno.ENOENT,
            byPolicy ? Errno.EINVAL : Errno.EOPNOTSUPP,
            null));
    assertThat(causes.get(1)).hasMessageContaining("newtable: EEXIST");
    assertThat(causes.get(1)).hasMessageContaining("attribute name (1)");
    assertThat(causes.get(4)).hasMessageContaining("newsetelem: EEXIST");
    assertThat(causes.get(4)).hasMessageContaining("attribute elements.element (3.1)");
    assertThat(causes.get(5)).hasMessageContaining("attribute set (2)");
    assertThat(noSuchFlag.extendedAck().path()).isEqualTo(byPolicy ? List.of(2) : List.of());
  }

  @Test
  @DisplayName("T65 T68 what is not done is not echoed")
  void nothingIsEchoed() throws Exception {
    Firewall.assertNotDone(
        firewall.transaction(
            Nftables.newTable("t").withFlags(NLM_F_CREATE | NLM_F_ECHO),
            Nftables.newChain("no such", "c").withFlags(NLM_F_CREATE | NLM_F_ECHO)),
        Arrays.asList(null, Errno.ENOENT));
  }

  @Test
  @DisplayName("a request that cannot be written: none is sent")
  void writerThrows() throws Exception {
    List<NetlinkRequest> requests = good();
    // More than an attribute holds.
    requests.add(Nftables.newElements("t", "s", 0, 5000));
    requests.add(Nftables.newChain("t", "d"));

    List<Exception> causes = Firewall.causes(firewall.transaction(requests));

    Exception why = causes.remove(4);
    assertThat(why).isInstanceOf(IllegalArgumentException.class);
    assertThat(causes)
        .hasSize(5)
        .allSatisfy(e -> assertThat(e).isInstanceOf(NotDoneException.class).hasCause(why));
    assertThat(firewall.tables()).isEmpty();
  }

  @Test
  @DisplayName("T68 a request that gets something is refused by the kernel, as is one of no kind")
  void whatIsNoChange() throws Exception {
    Prerequisite.requireLinux(5, 13, "refuse what is no change in a transaction");
    Firewall.assertNotDone(
        firewall.transaction(
            Nftables.newTable("t"),
            Nftables.getTable("t"),
            NetlinkRequest.of(Nftables.NEW_TABLE + 0xff, new byte[4])),
        Arrays.asList(null, Errno.EINVAL, Errno.EINVAL));
  }

  @ParameterizedTest(name = "T68 a request that gets a table with flags {0} is refused")
  @ValueSource(ints = {0x100, 0x200, 0x300})
  void flagsOfADumpAreRefused(int flags) throws Exception {
    Firewall.assertDone(firewall.transaction(Nftables.newTable("t")));
    NetlinkRequest get = Nftables.getTable("t").withFlags(flags);

    assertThatThrownBy(() -> firewall.netfilter.request(get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would dump");
    assertThatThrownBy(() -> firewall.netfilter.execute(get))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> firewall.netfilter.batch(List.of(get)).get(0).get())
        .isInstanceOf(IllegalArgumentException.class);
    List<Exception> causes =
        Firewall.causes(firewall.transaction(Nftables.newChain("t", "c"), get));
    assertThat(causes.get(0)).isInstanceOf(NotDoneException.class).hasCause(causes.get(1));
    assertThat(causes.get(1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(firewall.nft("list", "ruleset")).doesNotContain("chain");

    // Without them it is answered by one message.
    assertThat(
            firewall
                .netfilter
                .request(Nftables.getTable("t"))
                .attributes(Nftables.HEADER)
                .get(Nftables.TABLE)
                .string())
        .isEqualTo("t");
    Firewall.assertDone(firewall.transaction(Nftables.deleteTable("t")));
  }

  @Test
  @DisplayName("T68 both bits of NLM_F_DUMP are refused where something is made, too")
  void bothBitsAreRefused() throws Exception {
    List<Exception> causes =
        Firewall.causes(
            firewall.transaction(
                Nftables.newTable("t"), Nftables.newChain("t", "c").withFlags(NLM_F_DUMP)));

    assertThat(causes.get(1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(causes.get(0)).hasCause(causes.get(1));
  }

  @Test
  @DisplayName("requests that want no acknowledgement have the same outcomes")
  void withoutAcknowledgement() throws Exception {
    List<NetlinkRequest> requests = good().stream().map(NetlinkRequest::withoutAck).toList();
    Firewall.assertDone(firewall.transaction(requests));
    assertThat(firewall.addresses("t", "s")).hasSize(3);

    Firewall.assertNotDone(
        firewall.transaction(
            Nftables.deleteTable("no such").withoutAck(), Nftables.deleteTable("t").withoutAck()),
        Arrays.asList(Errno.ENOENT, null));
    Firewall.assertNotDone(
        firewall.transaction(
            Nftables.deleteTable("t").withoutAck(), Nftables.deleteTable("no such").withoutAck()),
        Arrays.asList(null, Errno.ENOENT));

    assertThat(firewall.tables()).containsExactly("t");
    Firewall.assertDone(firewall.transaction(Nftables.deleteTable("t").withoutAck()));
  }

  private static List<NetlinkRequest> good() {
    return new ArrayList<>(
        List.of(
            Nftables.newTable("t"),
            Nftables.newChain("t", "c"),
            Nftables.newSet("t", "s"),
            Nftables.newElements("t", "s", 0, 3)));
  }
}
