package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripted kernel does with other protocols where no script says anything. */
class ProtocolTest extends ScriptedRoute {

  private static final int EPERM = 1;
  private static final int EINVAL = 22;
  private static final int EPROTONOSUPPORT = 93;
  private static final int EOPNOTSUPP = 95;

  /** {@code NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETTABLE}. */
  private static final int GETTABLE = 0x0a01;

  private static final byte[] NFGENMSG = new byte[4];

  @Test
  void requestReachesItsScriptWithTypeHeaderAndAttributes() throws NetlinkException {
    NetlinkRequest request = NetlinkRequest.of(GETLINK, header(7), a -> a.putString(NAME, "lo"));

    netlink.request(request);

    FakeRequest seen = route.requests().get(0);
    assertThat(seen.protocol()).isEqualTo(Netlink.ROUTE);
    assertThat(seen.type()).isEqualTo(GETLINK);
    assertThat(seen.header()).isEqualTo(header(7));
    assertThat(seen.attributes().get(NAME).string()).isEqualTo("lo");
    assertThat(seen.isDump()).isFalse();
    assertThat(seen.family()).isEmpty();
    assertThat(seen).hasToString("type 18 do\n3: 3 bytes \"lo\"\n");
  }

  @Test
  void requestsOfEachProtocolAreApart() throws NetlinkException {
    FakeProtocol diag = kernel.protocol(Netlink.SOCK_DIAG).onDo(20, 0, (request, answer) -> {});
    try (Netlink other = diag.open()) {
      other.execute(NetlinkRequest.of(20, new byte[0]));
      netlink.request(get(1));

      assertThat(diag.requests()).extracting(FakeRequest::type).containsExactly(20);
      assertThat(route.requests()).extracting(FakeRequest::type).containsExactly(GETLINK);
      assertThat(kernel.requests()).hasSize(2);
    }
  }

  @Test
  void protocolThatNobodyHasDeclaredIsNotSupported() {
    assertRefused(
        EPROTONOSUPPORT, () -> Netlink.open(Netlink.AUDIT, options(), kernel.sockets()).close());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, -1, 32})
  void protocolIsAnother(int number) {
    assertThatThrownBy(() -> kernel.protocol(number)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void protocolStaysTheSame() {
    assertThat(kernel.protocol(Netlink.ROUTE)).isSameAs(route);
    assertThat(route.number()).isEqualTo(Netlink.ROUTE);
  }

  @ParameterizedTest(name = "protocol {0}: errno {1}")
  @CsvSource({"0, 95", "4, 22", "6, 22", "12, 22"})
  void unknownTypeIsRefused(int number, int errno) throws NetlinkException {
    try (Netlink other = kernel.protocol(number).open()) {
      assertRefused(errno, () -> other.execute(NetlinkRequest.of(0x0100, NFGENMSG)));
      assertRefused(errno, () -> other.dump(NetlinkRequest.of(0x0102, NFGENMSG)).toList());
    }
  }

  @Test
  void headerThatIsTooShortIsRefused() throws NetlinkException {
    NetlinkRequest request = NetlinkRequest.of(GETLINK, new byte[HEADER - 1]);

    // The padding that follows makes it as long as it has to be.
    assertThat(netlink.request(request).type()).isEqualTo(NEWLINK);
    NetlinkRequest shorter = request.withHeader(new byte[HEADER - 4]);
    assertRefused(EINVAL, () -> netlink.request(shorter));
    assertRefused(EINVAL, () -> netlink.dump(shorter).toList());
    assertThatThrownBy(() -> netlink.request(shorter)).hasMessageContaining("header length");
  }

  @ParameterizedTest(name = "protocol {0}, type {1}, flags {2}")
  @CsvSource({
    // RTM_NEWLINK with NLM_F_REPLACE | NLM_F_EXCL; RTM_GETLINK with either bit and with both
    "0, 16, 0x300, false",
    "0, 18, 0x100, true",
    "0, 18, 0x200, true",
    "0, 18, 0x300, true",
    "0, 18, 0x000, false",
    // NFT_MSG_GETTABLE, NFT_MSG_NEWTABLE
    "12, 0x0a01, 0x100, true",
    "12, 0x0a00, 0x300, false",
  })
  void eitherBitOfADumpMakesAGetADump(int number, String type, String flags, boolean dump)
      throws TransportException {
    int t = Integer.decode(type);
    FakeProtocol protocol = kernel.protocol(number).onDo(t, 4, (request, answer) -> {});
    if (t == GETLINK || t == GETTABLE) {
      protocol.onDump(t, 4, (request, answer) -> {});
    }
    int requestWithAck = NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK;
    try (RawSocket socket = new RawSocket(kernel, number)) {
      socket.add(t, Integer.decode(flags) | requestWithAck, 1, NFGENMSG);

      assertThat(socket.send()).containsExactly(dump ? "1 DONE" : "1 ACK");
      assertThat(protocol.requests()).singleElement().returns(dump, FakeRequest::isDump);
    }
  }

  @Test
  void getOfRouteThatCannotBeDumpedIsRefused() throws NetlinkException {
    int getStats = 94;
    route.onDo(getStats, 12, (request, answer) -> {});

    assertRefused(
        EOPNOTSUPP, () -> netlink.dump(NetlinkRequest.of(getStats, new byte[12])).toList());
  }

  @Test
  void withoutPrivilegeRouteCanBeReadOnly() throws NetlinkException {
    kernel.privileged(false);

    assertThat(index(netlink.request(get(3)))).isEqualTo(3);
    assertThat(netlink.dump(get(4)).toList()).hasSize(1);
    assertRefused(EPERM, () -> netlink.execute(NetlinkRequest.of(NEWLINK, header(1))));
    netlink.subscribe(LINKS).close();
  }

  @Test
  void withoutPrivilegeNetfilterIsClosed() throws NetlinkException {
    FakeProtocol netfilter =
        kernel.protocol(Netlink.NETFILTER).onDo(GETTABLE, 4, (request, answer) -> {});
    NetlinkRequest getTable = NetlinkRequest.of(GETTABLE, NFGENMSG);
    kernel.privileged(false);
    kernel.clock().skipWaits();
    try (Netlink other = netfilter.open()) {
      assertRefused(EPERM, () -> other.execute(getTable));
      assertRefused(EPERM, () -> other.subscribe(1));
      // The kernel gives one answer to all that comes in one datagram.
      assertThat(other.batch(List.of(getTable, getTable, getTable.withoutAck())))
          .hasSize(3)
          .allSatisfy(outcome -> assertRefused(EPERM, outcome::get));
    }
    assertThat(netfilter.requests()).isEmpty();
  }

  @Test
  void withPrivilegeABatchOfNetfilterIsFewDatagrams() throws NetlinkException {
    FakeProtocol netfilter =
        kernel.protocol(Netlink.NETFILTER).onDo(GETTABLE, 4, (request, answer) -> {});
    NetlinkRequest getTable = NetlinkRequest.of(GETTABLE, NFGENMSG);
    AtomicInteger sent = new AtomicInteger();
    try (Netlink other =
        Netlink.open(
            Netlink.NETFILTER,
            NetlinkOptions.DEFAULTS,
            (protocol, purpose) -> counting(kernel.sockets().open(protocol, purpose), sent))) {
      assertThat(other.batch(Collections.nCopies(20, getTable)))
          .hasSize(20)
          .allSatisfy(outcome -> assertThat(outcome.get().messages()).isEmpty());
    }
    assertThat(netfilter.requests()).hasSize(20);
    // The first shows whether the others are looked at.
    assertThat(sent).hasValue(2);
  }

  private static Transport counting(Transport socket, AtomicInteger sent) {
    return new ForwardingTransport(socket) {
      @Override
      public int exchange(MessageWriter request, Datagrams into, int count) {
        sent.incrementAndGet();
        return super.exchange(request, into, count);
      }
    };
  }

  @Test
  void withoutPrivilegeDiagnosisIsOpen() throws NetlinkException {
    kernel.privileged(false);
    try (Netlink diag =
        kernel.protocol(Netlink.SOCK_DIAG).onDo(20, 4, (request, answer) -> {}).open()) {
      assertThat(diag.execute(NetlinkRequest.of(20, NFGENMSG)).messages()).isEmpty();
      diag.subscribe(1).close();
    }
  }

  @Test
  void groupsAreAsManyAsAreSet() throws NetlinkException {
    route.groups(36);

    netlink.subscribe(36).close();
    assertRefused(EINVAL, () -> netlink.subscribe(37));
    assertThatThrownBy(() -> route.notify(37, link(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("37");
    assertThatThrownBy(() -> route.groups(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void groupsOfProtocolsAreApart() throws NetlinkException {
    FakeProtocol xfrm = kernel.protocol(Netlink.XFRM);
    try (Netlink other = xfrm.open();
        NetlinkConnection ours = netlink.connect();
        NetlinkConnection theirs = other.connect()) {
      ours.join(LINKS);
      theirs.join(LINKS);
      route.notify(LINKS, link(1));
      xfrm.notify(LINKS, link(2));

      assertThat(show(ours.poll(SOON).orElseThrow())).isEqualTo("event 1");
      assertThat(show(theirs.poll(SOON).orElseThrow())).isEqualTo("event 2");
      assertThat(ours.poll(Duration.ZERO)).isEmpty();
      assertThat(theirs.poll(Duration.ZERO)).isEmpty();
      assertThat(route.send(ours.portId(), link(3))).isTrue();
      assertThat(route.send(theirs.portId(), link(3))).isFalse();
      assertThat(show(ours.poll(SOON).orElseThrow())).isEqualTo("event 3");
    }
  }

  @Test
  void groupThatThereIsNotCannotBeToldWhatWasDone() {
    route.onDo(NEWLINK, HEADER, (request, answer) -> answer.notify(33, NEWLINK, NFGENMSG, a -> {}));

    assertThatThrownBy(() -> netlink.execute(NetlinkRequest.of(NEWLINK, header(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("33");
  }

  @Test
  void messageWithoutAHeaderHasOneOfZeros() throws NetlinkException {
    route.onDo(GETLINK, HEADER, (request, answer) -> answer.message(NEWLINK, a -> {}));

    assertThat(netlink.request(get(5)).length()).isEqualTo(NetlinkConstants.NLMSG_HDRLEN + HEADER);
    assertThat(index(netlink.request(get(5)))).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 65_536})
  void typeOutOfRangeIsRefused(int type) {
    assertThatThrownBy(() -> route.onDo(type, 0, ScriptedRoute::show))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void headerSizeOutOfRangeIsRefused(int size) {
    assertThatThrownBy(() -> route.onDump(GETLINK, size, ScriptedRoute::show))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyNetfilterHasTransactions() {
    assertThatThrownBy(() -> route.onTransaction(GETLINK, ScriptedRoute::show))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> route.onBegin(ScriptedRoute::show))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> route.onCommit(ScriptedRoute::show))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static void assertRefused(int errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }
}
