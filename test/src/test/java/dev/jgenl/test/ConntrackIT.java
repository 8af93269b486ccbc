package dev.jgenl.test;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import dev.jgenl.test.Conntrack.Flow;
import dev.jgenl.transport.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flows that the kernel tracks, compared with {@code /proc/net/nf_conntrack}. */
@Timeout(60)
class ConntrackIT {

  private NamedNamespace namespace;
  private Netlink netfilter;

  @BeforeEach
  void open() throws Exception {
    namespace = NamedNamespace.open();
    netfilter = namespace.netlink(Netlink.NETFILTER);
    try {
      assertThat(dump()).isEmpty();
    } catch (KernelException e) {
      Prerequisite.require(false, "this kernel tells of no connections: " + e.getMessage());
    }
  }

  @AfterEach
  void close() throws Exception {
    if (netfilter != null) {
      netfilter.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  @Test
  @DisplayName("flows of packets of IPv4 and IPv6 are those that /proc shows")
  void flowsOfPackets() throws Exception {
    Prerequisite.requireProgram("nft", "nftables");
    namespace.run("ip", "link", "set", "lo", "up");
    // Who asks for the state of a connection has the kernel track them.
    namespace.run(
        "nft",
        "add table inet f;"
            + "add chain inet f c { type filter hook output priority 0; };"
            + "add rule inet f c ct state new counter");
    // On a slow machine they must not end before they are compared.
    namespace.run(
        "bash",
        "-c",
        "echo 600 >/proc/sys/net/netfilter/nf_conntrack_udp_timeout; for i in {1..20}; do"
            + " echo 1 >/dev/udp/127.0.0.1/$((4000 + i));"
            + " echo 1 >/dev/udp/::1/$((5000 + i)); done");

    List<Flow> flows = dump();

    assertThat(flows)
        .extracting(Flow::destinationPort)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.concat(IntStream.rangeClosed(4001, 4020), IntStream.rangeClosed(5001, 5020))
                .boxed()
                .toList());
    assertThat(flows)
        .allSatisfy(
            f ->
                assertThat(f.destination())
                    .isEqualTo(Flow.address(f.destinationPort() < 5000 ? "127.0.0.1" : "::1")));
    assertThat(flows).containsExactlyInAnyOrderElementsOf(shown());
  }

  @ParameterizedTest(name = "2,000 flows that were made, to {0}1, are those that /proc shows")
  @ValueSource(strings = {"192.0.2.", "2001:db8::"})
  void manyFlows(String network) throws Exception {
    List<Flow> made = new ArrayList<>();
    List<NetlinkRequest> requests = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      Flow flow = flow(network, 1000 + i);
      made.add(flow);
      requests.add(Conntrack.newFlow(flow));
    }
    for (Outcome<?> outcome : netfilter.batch(requests)) {
      outcome.get();
    }

    List<Flow> flows = dump();

    // As sets, since AssertJ takes long to compare lists in any order.
    assertThat(flows).hasSize(2000);
    assertThat(Set.copyOf(flows)).isEqualTo(Set.copyOf(made));
    assertThat(Set.copyOf(shown())).isEqualTo(Set.copyOf(made));
  }

  @Test
  @DisplayName("one flow is got by its addresses and ports, until it is deleted")
  void oneFlow() throws Exception {
    Flow flow = flow("192.0.2.", 1000);
    netfilter.execute(Conntrack.newFlow(flow));
    netfilter.execute(Conntrack.newFlow(flow("192.0.2.", 1001)));

    assertThat(Flow.of(netfilter.request(Conntrack.getFlow(flow)))).isEqualTo(flow);
    assertThatThrownBy(() -> netfilter.execute(Conntrack.newFlow(flow)))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.EEXIST));
    netfilter.execute(Conntrack.deleteFlow(flow));
    assertThatThrownBy(() -> netfilter.request(Conntrack.getFlow(flow)))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.ENOENT));
    assertThat(dump()).hasSize(1);
  }

  @Test
  @DisplayName("T33 conntrack marks its answer as one of several: only an acknowledgement ends it")
  void answerThatIsMarked() throws Exception {
    Flow flow = flow("192.0.2.", 1000);
    netfilter.execute(Conntrack.newFlow(flow));
    NetlinkRequest get = Conntrack.getFlow(flow).withTimeout(Duration.ofMillis(100));

    assertThat(Flow.of(netfilter.request(get))).isEqualTo(flow);
    assertThatThrownBy(() -> netfilter.request(get.withoutAck()))
        .isInstanceOf(RequestTimeoutException.class);
    assertThat(Flow.of(netfilter.request(get))).isEqualTo(flow);
  }

  @ParameterizedTest(name = "T68 a request that gets a flow with flags {0} is refused")
  @ValueSource(ints = {0x100, 0x200, 0x300})
  void flagsOfADumpAreRefused(int flags) throws Exception {
    Flow flow = flow("192.0.2.", 1000);
    netfilter.execute(Conntrack.newFlow(flow));

    assertThatThrownBy(() -> netfilter.request(Conntrack.getFlow(flow).withFlags(flags)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would dump");
  }

  @Test
  @DisplayName("T65 what a request of a connection has done is an event")
  void memberHearsItsOwn() throws Exception {
    Flow flow = flow("192.0.2.", 1000);
    Flow other = flow("192.0.2.", 1001);
    try (NetlinkConnection connection = netfilter.connect()) {
      connection.join(Conntrack.GROUP_NEW);
      connection.join(Conntrack.GROUP_DESTROY);

      assertThat(connection.execute(Conntrack.newFlow(flow)).messages()).isEmpty();
      assertThat(Flow.of(connection.request(Conntrack.getFlow(flow)))).isEqualTo(flow);
      netfilter.execute(Conntrack.newFlow(other));
      assertThat(connection.execute(Conntrack.deleteFlow(flow)).messages()).isEmpty();

      assertThat(heard(connection))
          .containsExactly("1: 256 " + flow, "1: 256 " + other, "3: 258 " + flow);
    }
  }

  /** Group, type and flow of what has come. */
  private static List<String> heard(NetlinkConnection connection) throws NetlinkException {
    List<String> heard = new ArrayList<>();
    for (Event<NetlinkMessage> event : Events.drain(connection::poll)) {
      var notification = (Event.Notification<NetlinkMessage>) event;
      NetlinkMessage message = notification.message();
      heard.add(notification.group() + ": " + message.type() + " " + Flow.of(message));
    }
    return heard;
  }

  @Test
  @DisplayName("T02 T65 conntrack echoes without a sequence number, which has to be tolerated")
  void echoWithoutSequenceNumber() throws Exception {
    Flow flow = flow("192.0.2.", 1000);
    NetlinkRequest echoed =
        Conntrack.newFlow(flow).withFlags(Conntrack.newFlow(flow).flags() | NLM_F_ECHO);
    try (NetlinkSubscription anyListener = netfilter.subscribe(Conntrack.GROUP_NEW)) {
      assertThatThrownBy(() -> netfilter.execute(echoed))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("withAnySequence");
      netfilter.execute(Conntrack.deleteFlow(flow));
      Reply<NetlinkMessage> reply = netfilter.execute(echoed.withAnySequence());
      assertThat(reply.messages()).hasSize(1);
      assertThat(Flow.of(reply.messages().get(0))).isEqualTo(flow);
      for (int i = 0; i < 2; i++) {
        assertThat(anyListener.poll(Duration.ofSeconds(1))).isPresent();
      }
    }
  }

  private List<Flow> dump() throws NetlinkException {
    try (Dump<NetlinkMessage> dump = netfilter.dump(Conntrack.getFlows())) {
      return dump.toList().stream().map(Flow::of).toList();
    }
  }

  private List<Flow> shown() throws Exception {
    Prerequisite.require(
        Files.exists(Path.of("/proc/net/nf_conntrack")),
        "this kernel does not show connections in /proc");
    return namespace.run("cat", "/proc/net/nf_conntrack").lines().map(Flow::of).toList();
  }

  private static Flow flow(String network, int port) {
    return new Flow(Flow.address(network + "1"), port, Flow.address(network + "2"), 53);
  }
}
