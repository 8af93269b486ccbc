package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestNames;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Another protocol than Generic Netlink is asked as families are, in every way. */
class NetlinkTest extends ScriptedRoute {

  private static final int EPERM = 1;
  private static final int EINVAL = 22;
  private static final int EOPNOTSUPP = 95;

  // enum nlmsgerr_attrs
  private static final int TEXT = 1;
  private static final int OFFSET = 2;
  private static final int MISSING_TYPE = 5;
  private static final int MISSING_NEST = 6;

  private static final RequestNames NAMES =
      new RequestNames() {
        @Override
        public Optional<String> command(int type) {
          return type == GETLINK ? Optional.of("getlink") : Optional.empty();
        }

        @Override
        public Optional<String> attribute(List<Integer> path) {
          return switch (path.size()) {
            case 1 -> path.get(0) == LINKINFO ? Optional.of("linkinfo") : Optional.empty();
            default -> Optional.of("kind");
          };
        }
      };

  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(300));
  }

  private void answer(FakeFamily.Script script) {
    route.onDo(GETLINK, HEADER, script).onDump(GETLINK, HEADER, script);
  }

  // What is asked, and what comes.

  @Test
  void eachWayGetsItsAnswer() throws NetlinkException {
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  void messageShowsHeaderAndAttributes(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> link(7).accept(answer));

    NetlinkMessage link = way.ask(netlink, get(7)).get(0);

    assertThat(link.type()).isEqualTo(NEWLINK);
    assertThat(link.sequence()).isEqualTo(route.requests().get(0).sequence());
    assertThat(link.header(HEADER)).isEqualTo(ByteBuffer.wrap(header(7)));
    assertThat(link.attributes(HEADER).get(NAME).string()).isEqualTo("eth");
    assertThatThrownBy(() -> link.header(HEADER + 9)).isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> link.attributes(HEADER + 9))
        .isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5})
  void headerMayHaveAnyLength(int length) throws NetlinkException {
    byte[] header = new byte[length];
    Arrays.fill(header, (byte) 0xab);
    route.onDo(
        GETLINK,
        length,
        (request, answer) ->
            answer.message(
                NEWLINK,
                request.header(),
                a -> a.putString(NAME, request.attributes().get(NAME).string())));
    NetlinkRequest request = NetlinkRequest.of(GETLINK, header, a -> a.putString(NAME, "lo"));

    NetlinkMessage link = netlink.request(request);

    assertThat(route.requests().get(0).header()).isEqualTo(header);
    assertThat(link.header(length)).isEqualTo(ByteBuffer.wrap(header));
    assertThat(link.attributes(length).get(NAME).string()).isEqualTo("lo");
  }

  @Test
  void manyAreAskedAtOnce() throws NetlinkException {
    List<NetlinkRequest> requests = IntStream.range(0, 500).mapToObj(i -> get(i)).toList();

    List<Outcome<Integer>> outcomes = netlink.batch(requests, ScriptedRoute::index);

    for (int i = 0; i < 500; i++) {
      assertThat(outcomes.get(i).get()).isEqualTo(i);
    }
    assertThat(kernel.openedSockets()).isEqualTo(1);
  }

  @Test
  void oneThatCannotBeWrittenSpoilsNoOtherOfABatch() throws NetlinkException {
    NetlinkRequest bad =
        NetlinkRequest.of(
            GETLINK,
            header(2),
            a -> {
              a.putU32(NAME, 1);
              throw new IllegalStateException("made by a test");
            });

    List<Outcome<Integer>> outcomes =
        netlink.batch(List.of(get(1), bad, get(3)), ScriptedRoute::index);

    assertThat(outcomes.get(0).get()).isEqualTo(1);
    assertThatThrownBy(() -> outcomes.get(1).get()).hasMessage("made by a test");
    assertThat(outcomes.get(2).get()).isEqualTo(3);
    assertServed();
  }

  @Test
  void dumpThatChangesMeanwhileIsMarked() throws NetlinkException {
    answer(
        (request, answer) -> links(1).run(request, answer.flags(NetlinkConstants.NLM_F_DUMP_INTR)));
    try (Dump<NetlinkMessage> dump = netlink.dump(get(0))) {
      assertThat(dump.next()).isNotNull();
      assertThat(dump.isConsistent()).isFalse();
      assertThatThrownBy(dump::next)
          .isInstanceOf(DumpInterruptedException.class)
          .hasMessageContaining("route type 18");
    }
    assertServed();
  }

  @Test
  void messageIsInvalidAfterItsReader() throws NetlinkException {
    NetlinkMessage kept = netlink.<NetlinkMessage>request(get(1), message -> message);

    assertThatThrownBy(() -> kept.header(HEADER)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(kept::type).isInstanceOf(IllegalStateException.class);
  }

  // What is refused, and why.

  @ParameterizedTest
  @EnumSource
  void refusalSaysWhatWasAskedAndWhichAttributeOffends(NetlinkWay way) throws NetlinkException {
    answer(
        (request, answer) ->
            // Behind nlmsghdr, ifinfomsg and the header of the nest.
            answer.error(
                EOPNOTSUPP,
                ack -> ack.putString(TEXT, "no such kind").putU32(OFFSET, 16 + 16 + 4)));
    NetlinkRequest request =
        NetlinkRequest.of(
            GETLINK,
            header(0),
            a -> a.putNested(LINKINFO, info -> info.putString(KIND, "nonesuch")));

    assertThatThrownBy(() -> way.ask(netlink, request.withNames(NAMES)))
        .isInstanceOf(KernelException.class)
        .hasMessageStartingWith("route getlink: EOPNOTSUPP")
        .hasMessageEndingWith(": no such kind; attribute linkinfo.kind (18.1)");
    assertThatThrownBy(() -> way.ask(netlink, request))
        .hasMessageStartingWith("route type 18: EOPNOTSUPP")
        .hasMessageEndingWith(": no such kind; attribute 18.1");
    assertServed();
  }

  @Test
  void pathIsThatOfItsOwnRequestInABatch() {
    answer((request, answer) -> answer.error(EINVAL, ack -> ack.putU32(OFFSET, 16 + 16 + 8)));
    NetlinkRequest two =
        NetlinkRequest.of(GETLINK, header(1), a -> a.putString(NAME, "a").putU32(4, 1500));
    NetlinkRequest other =
        NetlinkRequest.of(GETLINK, header(1), a -> a.putU32(5, 1).putString(6, "b"));

    List<Outcome<Integer>> outcomes = netlink.batch(List.of(two, other), ScriptedRoute::index);

    assertThatThrownBy(() -> outcomes.get(0).get()).hasMessageEndingWith("; attribute 4");
    assertThatThrownBy(() -> outcomes.get(1).get()).hasMessageEndingWith("; attribute 6");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 16})
  void pathIsRightBehindAHeaderOfAnyLength(int length) {
    int start = 16 + NetlinkConstants.align(length);
    route.onDo(
        GETLINK,
        length,
        (request, answer) ->
            answer.error(
                EINVAL, ack -> ack.putU32(MISSING_TYPE, KIND).putU32(MISSING_NEST, start)));
    NetlinkRequest request =
        NetlinkRequest.of(GETLINK, new byte[length], a -> a.putNested(LINKINFO, info -> {}));

    KernelException e =
        catchThrowableOfType(
            KernelException.class, () -> netlink.execute(request.withNames(NAMES)));

    assertThat(e).hasMessageEndingWith("; attribute linkinfo.kind (18.1) is missing");
    assertThat(e.extendedAck().path()).containsExactly(LINKINFO);
  }

  @ParameterizedTest
  @EnumSource
  void refusalForWantOfPrivilegeNamesTheCapability(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> answer.error(EPERM));
    assertThatThrownBy(() -> way.ask(netlink, get(1)))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("EPERM")
        .hasMessageEndingWith(
            "; what may be missing is CAP_NET_ADMIN in the user namespace that owns the network"
                + " namespace");

    answer((request, answer) -> answer.error(EINVAL));
    assertThatThrownBy(() -> way.ask(netlink, get(1)))
        .hasMessageContaining("EINVAL")
        .hasMessageNotContaining("CAP_NET_ADMIN");
    assertServed();
  }

  @Test
  void changeWithoutPrivilegeIsRefused() {
    kernel.privileged(false);

    assertThatThrownBy(() -> netlink.execute(NetlinkRequest.of(NEWLINK, header(1))))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("route type 16: EPERM")
        .hasMessageContaining("CAP_NET_ADMIN");
  }

  // T02: sequence numbers and ports.

  @ParameterizedTest
  @EnumSource
  @DisplayName("T02 a wrong sequence number is a protocol error, and the next request is right")
  void wrongSequence(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> show(request, answer.sequence(request.sequence() + 1)));

    assertThatThrownBy(() -> way.ask(netlink, get(1)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("route type 18")
        .hasMessageContaining("withAnySequence()");
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T02 a wrong port is a protocol error, and the next request is right")
  void wrongPort(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> show(request, answer.portId(4711)));

    assertThatThrownBy(() -> way.ask(netlink, get(1)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("port 4711")
        .hasMessageContaining("withAnyPort()");
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T02 what is wrong is said of the protocol, which has no family")
  void wrongNumbersAreSaidOfTheProtocol(NetlinkWay way) {
    answer((request, answer) -> show(request, answer.portId(4711)));
    assertThatThrownBy(() -> way.ask(netlink, get(1))).hasMessageNotContaining("family");
    answer((request, answer) -> show(request, answer.sequence(0)));
    assertThatThrownBy(() -> way.ask(netlink, get(1))).hasMessageNotContaining("family");
    assertThatThrownBy(() -> way.ask(netlink, get(1).withAnyPort()))
        .hasMessageNotContaining("family")
        .hasMessageNotContaining("Genl");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T35 wrong numbers are tolerated where asked for, on a socket of its own")
  void wrongNumbersAreTolerated(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> show(request, answer.sequence(0).portId(0)));
    NetlinkRequest tolerant = get(5).withAnySequence().withAnyPort();

    for (NetlinkRequest request : List.of(tolerant, tolerant.withoutAck())) {
      if (way.isOwned()) {
        assertThatThrownBy(() -> way.ask(netlink, request))
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(route.requests()).isEmpty();
      } else {
        int opened = kernel.openedSockets();
        assertThat(way.ask(netlink, request)).extracting(ScriptedRoute::index).containsExactly(5);
        assertThat(kernel.openedSockets()).isGreaterThan(opened);
      }
    }
    assertServed();
  }

  // T65: what one has done oneself, and others meanwhile.

  @Test
  @DisplayName("T65 what a request has done is a notification to a member, before its ACK")
  void ownChangeIsANotification() throws NetlinkException {
    tellOfChanges();
    try (NetlinkConnection c = netlink.connect()) {
      c.join(LINKS);

      assertThat(c.execute(NetlinkRequest.of(NEWLINK, header(5))).messages()).isEmpty();
      assertThat(show(c.poll(SOON).orElseThrow())).isEqualTo("event 5");
      assertThat(c.poll(Duration.ZERO)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_NONE,
      names = {".*DUMP", "LIST"})
  @DisplayName("T65 with NLM_F_ECHO it is the answer, once, member or not")
  void echoIsTheAnswer(NetlinkWay way) throws NetlinkException {
    tellOfChanges();
    NetlinkRequest change =
        NetlinkRequest.of(NEWLINK, header(5)).withFlags(NetlinkConstants.NLM_F_ECHO);

    for (NetlinkRequest request : List.of(change, change.withoutAck())) {
      assertThat(way.ask(netlink, request)).extracting(ScriptedRoute::index).containsExactly(5);
    }
    assertServed();
  }

  @Test
  @DisplayName("T65 with NLM_F_ECHO a member gets it as the answer, and not as an event")
  void echoToAMemberIsTheAnswer() throws NetlinkException {
    tellOfChanges();
    try (NetlinkConnection c = netlink.connect();
        NetlinkConnection other = netlink.connect()) {
      c.join(LINKS);
      other.join(LINKS);
      NetlinkRequest change =
          NetlinkRequest.of(NEWLINK, header(5)).withFlags(NetlinkConstants.NLM_F_ECHO);

      assertThat(index(c.request(change))).isEqualTo(5);
      assertThat(c.poll(Duration.ZERO)).isEmpty();
      assertThat(show(other.poll(SOON).orElseThrow())).isEqualTo("event 5");
    }
  }

  @Test
  @DisplayName("T65 what others do meanwhile is no answer, though an echo is awaited")
  void changesOfOthersAreNoAnswer() throws NetlinkException {
    route.onDo(
        NEWLINK,
        HEADER,
        (request, answer) -> {
          // With a sequence number like ours, but another port, as another process has it.
          route.notify(
              LINKS,
              n -> link(6).accept(n.sequence(request.sequence()).portId(request.portId() + 1)));
          answer.notify(LINKS, NEWLINK, request.header(), a -> {});
          route.notify(LINKS, link(7));
        });
    try (NetlinkConnection c = netlink.connect()) {
      c.join(LINKS);
      NetlinkRequest change =
          NetlinkRequest.of(NEWLINK, header(5)).withFlags(NetlinkConstants.NLM_F_ECHO);

      assertThat(index(c.request(change))).isEqualTo(5);
      assertThat(show(c.next())).isEqualTo("event 6");
      assertThat(show(c.next())).isEqualTo("event 7");
      assertThat(c.poll(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  @DisplayName("T65 a notification within a dump is no part of it")
  void notificationWithinADump() throws NetlinkException {
    answer(
        (request, answer) -> {
          link(1).accept(answer);
          route.notify(
              LINKS, n -> link(6).accept(n.sequence(request.sequence()).portId(request.portId())));
          link(2).accept(answer);
        });
    try (NetlinkConnection c = netlink.connect()) {
      c.join(LINKS);
      try (Dump<NetlinkMessage> dump = c.dump(get(0))) {
        assertThat(dump.toList()).extracting(ScriptedRoute::index).containsExactly(1, 2);
      }
      assertThat(show(c.next())).isEqualTo("event 6");
    }
  }

  private void tellOfChanges() {
    route.onDo(
        NEWLINK,
        HEADER,
        (request, answer) -> answer.notify(LINKS, NEWLINK, request.header(), a -> {}));
  }

  // T68: flags that make a do a dump.

  @ParameterizedTest
  @EnumSource
  @DisplayName("T68 flags with which the kernel would dump are refused before a do is sent")
  void flagsOfADump(NetlinkWay way) throws NetlinkException {
    for (int flags : List.of(0x100, 0x200, 0x300, 0x700)) {
      NetlinkRequest request = get(5).withFlags(flags);
      if (way.isDump()) {
        assertThat(way.ask(netlink, request)).hasSize(1);
        continue;
      }
      for (NetlinkRequest r : List.of(request, request.withoutAck())) {
        assertThatThrownBy(() -> way.ask(netlink, r))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("route type 18")
            .hasMessageContaining("dump()");
      }
      assertThat(route.requests()).isEmpty();
    }
    assertServed();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_NONE,
      names = {".*DUMP", "LIST"})
  @DisplayName("T68 of what changes something either bit is sent, and both are refused")
  void flagsOfAChange(NetlinkWay way) throws NetlinkException {
    route.onDo(NEWLINK, HEADER, ScriptedRoute::show);
    NetlinkRequest change = NetlinkRequest.of(NEWLINK, header(5));
    List<Integer> sent =
        List.of(
            NetlinkConstants.NLM_F_CREATE | NetlinkConstants.NLM_F_EXCL,
            NetlinkConstants.NLM_F_CREATE | NetlinkConstants.NLM_F_REPLACE);
    for (int flags : sent) {
      assertThat(way.ask(netlink, change.withFlags(flags))).hasSize(1);
    }
    assertThat(route.requests()).extracting(r -> r.flags() & 0xff00).isEqualTo(sent);
    assertThatThrownBy(() -> way.ask(netlink, change.withFlags(NetlinkConstants.NLM_F_DUMP)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(route.requests()).hasSize(2);
  }

  @ParameterizedTest(name = "T68 protocol {0}, type {1}: a bit of a dump is refused: {2}")
  @CsvSource({
    "0, 22, true", // RTM_GETADDR
    "0, 26, true", // RTM_GETROUTE
    "0, 20, false", // RTM_NEWADDR
    "0, 21, false", // RTM_DELADDR
    "4, 20, true", // SOCK_DIAG_BY_FAMILY
    "4, 21, false", // SOCK_DESTROY
    "6, 18, true", // XFRM_MSG_GETSA
    "6, 21, true", // XFRM_MSG_GETPOLICY
    "6, 16, false", // XFRM_MSG_NEWSA
    "12, 0x0101, true", // IPCTNL_MSG_CT_GET
    "12, 0x0100, false", // IPCTNL_MSG_CT_NEW
    "12, 0x0a01, true", // NFT_MSG_GETTABLE
    "12, 0x0a0a, true", // NFT_MSG_GETSET
    "12, 0x0a06, false", // NFT_MSG_NEWRULE
    "12, 0x0601, false", // IPSET_CMD_PROTOCOL
  })
  void getsOfProtocols(int number, String type, boolean get) throws NetlinkException {
    int t = Integer.decode(type);
    FakeProtocol protocol = kernel.protocol(number).onDo(t, 0, (request, answer) -> {});
    try (Netlink other = protocol.open()) {
      for (int bit : List.of(0x100, 0x200)) {
        NetlinkRequest request = NetlinkRequest.of(t, new byte[4]).withFlags(bit);
        if (get) {
          assertThatThrownBy(() -> other.execute(request))
              .isInstanceOf(IllegalArgumentException.class);
        } else {
          other.execute(request);
        }
      }
    }
    assertThat(protocol.requests()).hasSize(get ? 0 : 2);
  }

  // Answers that are wrong, late or none.

  @ParameterizedTest
  @EnumSource
  void malformedAnswerIsAProtocolError(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> answer.datagram(ByteBuffer.allocate(17)));

    assertThatThrownBy(() -> way.ask(netlink, get(1)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("route type 18: malformed answer");
    assertServed();
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST", "BATCH_WITH_READER", "OWNED_REQUEST"})
  void answerThatIsTooShortForItsReaderIsAProtocolError(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> answer.message(NEWLINK, new byte[HEADER - 4], a -> {}));

    assertThatThrownBy(
            () -> {
              switch (way) {
                case REQUEST -> netlink.<Integer>request(get(1), ScriptedRoute::index);
                case BATCH_WITH_READER ->
                    netlink.batch(List.of(get(1)), ScriptedRoute::index).get(0).get();
                default -> {
                  try (NetlinkConnection c = netlink.connect()) {
                    c.<Integer>request(get(1), ScriptedRoute::index);
                  }
                }
              }
            })
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("route type 18: malformed answer")
        .hasMessageContaining("28 bytes");
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  void answersOfWrongNumber(NetlinkWay way) throws NetlinkException {
    answer(links());
    if (way.takesSeveral()) {
      assertThat(way.ask(netlink, get(1))).isEmpty();
    } else {
      assertThatThrownBy(() -> way.ask(netlink, get(1)))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("0 messages");
    }
    answer(links(1, 2));
    if (way.takesSeveral()) {
      assertThat(way.ask(netlink, get(1))).extracting(ScriptedRoute::index).containsExactly(1, 2);
    } else {
      assertThatThrownBy(() -> way.ask(netlink, get(1)))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("2 messages");
    }
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  void foreignMessagesAreNoAnswer(NetlinkWay way) throws NetlinkException {
    answer(
        (request, answer) -> {
          link(666).accept(answer.sender(4711));
          link(667).accept(answer.sender(0).portId(0));
          answer.control(NetlinkConstants.NLMSG_NOOP, new byte[0]);
          show(request, answer.portId(request.portId()));
        });

    assertThat(way.ask(netlink, get(5))).extracting(ScriptedRoute::index).containsExactly(5);
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  void silenceIsATimeout(NetlinkWay way) throws NetlinkException {
    kernel.clock().skipWaits();
    answer((request, answer) -> answer.unanswered());

    assertThatThrownBy(() -> way.ask(netlink, get(1).withNames(NAMES)))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("route getlink")
        .hasMessageContaining("300 ms");
    assertThatThrownBy(() -> way.ask(netlink, get(1).withTimeout(Duration.ofMillis(70))))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("70 ms");
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  void overrunIsSaid(NetlinkWay way) throws NetlinkException {
    answer((request, answer) -> answer.overrun().unanswered());

    assertThatThrownBy(() -> way.ask(netlink, get(1)))
        .isInstanceOf(OverrunException.class)
        .hasMessageContaining("route type 18");
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  void interruptEndsTheWait(NetlinkWay way) throws Exception {
    answer((request, answer) -> answer.unanswered());
    try (Netlink patient = route.open()) {
      Interruptible<List<NetlinkMessage>> asking =
          startInterruptible(() -> way.ask(patient, get(1)));
      awaitWaiting(asking.thread());
      asking.thread().interrupt();

      assertThatThrownBy(() -> await(asking.future()))
          .isInstanceOf(RequestInterruptedException.class);
    }
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsTheWait(NetlinkWay way) throws Exception {
    answer((request, answer) -> answer.unanswered());
    Netlink patient = route.open();
    try (patient) {
      Interruptible<List<NetlinkMessage>> asking =
          startInterruptible(() -> way.ask(patient, get(1)));
      awaitWaiting(asking.thread());
      patient.close();

      assertThatThrownBy(() -> await(asking.future())).isInstanceOf(ClosedException.class);
      assertThatThrownBy(() -> way.ask(patient, get(1))).isInstanceOf(ClosedException.class);
    }
    assertServed();
  }

  @Test
  void readerThatThrowsLeavesNothingBehind() throws NetlinkException {
    assertThatThrownBy(
            () ->
                netlink.request(
                    get(1),
                    m -> {
                      throw new IllegalStateException("made by a test");
                    }))
        .hasMessage("made by a test");
    assertServed();
  }

  // Opening.

  @Test
  void genericNetlinkIsRefusedAndItsTransportsAreClosed() {
    boolean[] closed = new boolean[1];
    Transport.Factory transports =
        new Transport.Factory() {
          @Override
          public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
            throw new TransportException(EINVAL);
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        };

    assertThatThrownBy(() -> Netlink.open(16, options(), transports))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Genl");
    assertThat(closed[0]).isTrue();
  }

  @Test
  void instanceThatCannotBeOpenedLeavesNothing() {
    kernel.refuseSockets(24, 1);

    assertThatThrownBy(route::open)
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("EMFILE");
    assertThat(kernel.openSockets()).isEqualTo(1);
  }

  @Test
  void instanceNamesItsProtocol() throws NetlinkException {
    assertThat(netlink).hasToString("netlink route");
    try (Netlink other = kernel.protocol(15).open()) {
      assertThat(other).hasToString("netlink protocol 15");
    }
  }
}
