package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.families.ethtool.Ethtool;
import dev.jgenl.families.ethtool.EthtoolGroup;
import dev.jgenl.families.ethtool.EthtoolNotification;
import dev.jgenl.families.ethtool.FeaturesSetReply;
import dev.jgenl.families.ethtool.FeaturesSetRequest;
import dev.jgenl.families.ethtool.RingsGetDumpRequest;
import dev.jgenl.families.ethtool.RingsGetReply;
import dev.jgenl.families.ethtool.RingsGetRequest;
import dev.jgenl.families.ethtool.RingsNtf;
import dev.jgenl.families.ethtool.RingsSetRequest;
import dev.jgenl.families.rtlink.RtLink;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.InvalidValueException;
import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakeRequest;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.NetlinkConstants;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A generated client of a scripted kernel. */
class TypedFamilyTest {

  private static final int RINGS_GET = 15;
  private static final int RINGS_SET = 16;
  private static final int RINGS_GET_REPLY = 16;
  private static final int RINGS_NTF = 17;
  private static final int FEATURES_SET = 12;

  private static final int HEADER = 1;
  private static final int DEV_NAME = 2;
  private static final int RX = 6;

  private final FakeKernel kernel = new FakeKernel();
  private FakeFamily fake;
  private Genl genl;
  private Ethtool ethtool;

  @BeforeEach
  void open() throws NetlinkException {
    fake = kernel.family("ethtool");
    fake.group("monitor");
    genl = kernel.open();
    ethtool = Ethtool.of(genl);
  }

  @AfterEach
  void close() {
    ethtool.close();
    genl.close();
    assertThat(kernel.openSockets()).isZero();
  }

  /** Answers with the name that was asked for. */
  private void answerRings() {
    fake.onDo(
        RINGS_GET,
        (request, answer) -> {
          String name = request.attributes().get(HEADER).nested().get(DEV_NAME).string();
          answer.message(
              RINGS_GET_REPLY,
              a -> a.putNested(HEADER, h -> h.putString(DEV_NAME, name)).putU32(RX, 512));
        });
  }

  private void listRings() {
    fake.onDump(
        RINGS_GET,
        (request, answer) -> {
          for (int i = 0; i < 3; i++) {
            int rx = i;
            answer.message(RINGS_GET_REPLY, a -> a.putU32(RX, rx));
          }
        });
  }

  @Test
  void asksWithMethodsAndReadsWithMethods() throws NetlinkException {
    answerRings();

    RingsGetReply reply = ethtool.ringsGet(r -> r.header(h -> h.devName("eth0")));

    assertThat(reply.header().orElseThrow().devName()).hasValue("eth0");
    assertThat(reply.rx()).hasValue(512);
    assertThat(ethtool.ringsGet(RingsGetRequest.of(r -> r.header(h -> h.devName("eth0")))))
        .isEqualTo(reply);
    assertThat(ethtool).hasToString("ethtool");
  }

  @Test
  void changesAreAcknowledged() throws NetlinkException {
    fake.onDo(RINGS_SET, (request, answer) -> {});

    ethtool.ringsSet(r -> r.header(h -> h.devName("eth0")).rx(7));

    assertThat(fake.requests().get(0).attributes().get(RX).u32()).isEqualTo(7);
  }

  @Test
  void refusalNamesWhatWasRefused() {
    fake.onDo(RINGS_SET, (request, answer) -> answer.error(22));

    assertThatThrownBy(() -> ethtool.ringsSet(r -> r.rx(7)))
        .isInstanceOf(KernelException.class)
        .hasMessageStartingWith("ethtool rings-set: EINVAL");
  }

  @Test
  void valueThatIsNotWhatTheSpecWantsIsNotSent() {
    assertThatThrownBy(() -> ethtool.ringsSet(r -> r.rx(-1)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("ethtool rings-set: rx: -1 is no unsigned number of 32 bits");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void dumpsAreReadOneByOneOrWhole() throws NetlinkException {
    listRings();

    try (TypedDump<RingsGetReply> dump = ethtool.ringsGetDump()) {
      assertThat(dump.next()).isEqualTo(RingsGetReply.of(r -> r.rx(0)));
      assertThat(dump)
          .containsExactly(RingsGetReply.of(r -> r.rx(1)), RingsGetReply.of(r -> r.rx(2)));
      assertThat(dump.next()).isNull();
      assertThat(dump.isConsistent()).isTrue();
    }
    assertThat(ethtool.ringsGetDump(r -> r.header(h -> h.devIndex(1))).toList()).hasSize(3);
    assertThat(ethtool.ringsGetDump().merged()).hasSize(3);
    try (var stream = ethtool.ringsGetDump().stream()) {
      assertThat(stream.map(r -> r.rx().orElseThrow())).containsExactly(0L, 1L, 2L);
    }
  }

  /** Returns how many sockets are open after that is done with dumps that nobody closes. */
  private int socketsAfter(Consumer<TypedDump<RingsGetReply>> use) throws NetlinkException {
    List<TypedDump<RingsGetReply>> dumps = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TypedDump<RingsGetReply> dump = ethtool.ringsGetDump();
      dumps.add(dump);
      use.accept(dump);
    }
    int open = kernel.openSockets(Transport.Purpose.REQUESTS);
    dumps.forEach(TypedDump::close); // until here, so that none is taken for forgotten
    return open;
  }

  @Test
  void dumpThatIsLeftEarlyHoldsASocketUntilItIsClosed() throws NetlinkException {
    listRings();

    assertThat(socketsAfter(dump -> assertThat(dump.iterator().hasNext()).isTrue())).isEqualTo(3);
    assertThat(kernel.openSockets(Transport.Purpose.REQUESTS)).isZero();
  }

  @Test
  void dumpThatHasEndedHoldsNoSocket() throws NetlinkException {
    listRings();

    // One is kept for the next request.
    assertThat(socketsAfter(dump -> assertThat(dump).hasSize(3))).isEqualTo(1);
    assertThat(socketsAfter(dump -> dump.forEach(r -> {}))).isEqualTo(1);
  }

  @Test
  void dumpThatHasFailedHoldsNoSocket() throws NetlinkException {
    fake.onDump(RINGS_GET, (request, answer) -> answer.error(22));
    assertThat(socketsAfter(dump -> assertFails(dump, KernelException.class))).isEqualTo(1);

    fake.onDump(RINGS_GET, (request, answer) -> answer.datagram(broken(request)));
    assertThat(socketsAfter(dump -> assertFails(dump, ProtocolException.class))).isZero();
  }

  @Test
  void forEachWhoseActionFailsHoldsNoSocket() throws NetlinkException {
    listRings();
    Consumer<RingsGetReply> failing =
        reply -> {
          throw new IllegalStateException("the action");
        };

    assertThat(
            socketsAfter(
                dump -> assertThatIllegalStateException().isThrownBy(() -> dump.forEach(failing))))
        .isZero();
  }

  private static void assertFails(
      TypedDump<RingsGetReply> dump, Class<? extends NetlinkException> how) {
    assertThatThrownBy(() -> dump.iterator().next())
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(how);
  }

  /** An answer whose attribute is longer than it. */
  private static ByteBuffer broken(FakeRequest request) {
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
    bytes.putInt(24).putShort((short) request.type()).putShort((short) 0);
    bytes.putInt(request.sequence()).putInt(request.portId());
    bytes.put((byte) RINGS_GET_REPLY).put((byte) 1).putShort((short) 0);
    bytes.putShort((short) 400).putShort((short) RX);
    return bytes.flip();
  }

  @Test
  @DisplayName(
      "T12 an inconsistent dump is repeated as often as asked, then fails with its answers")
  void inconsistentDumpIsRepeated() throws NetlinkException {
    int[] interruptions = {2};
    fake.onDump(
        RINGS_GET,
        (request, answer) ->
            answer
                .flags(interruptions[0]-- > 0 ? NetlinkConstants.NLM_F_DUMP_INTR : 0)
                .message(RINGS_GET_REPLY, a -> a.putU32(RX, 7)));
    try (Genl patient = kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(2)))) {
      Ethtool persistent = Ethtool.of(patient);

      assertThat(persistent.ringsGetDump().toList()).hasSize(1);
      interruptions[0] = 1;
      assertThat(persistent.ringsGetDump().merged()).hasSize(1);
      interruptions[0] = 9;
      assertThatExceptionOfType(DumpInterruptedException.class)
          .isThrownBy(() -> persistent.ringsGetDump().toList())
          .satisfies(
              e ->
                  assertThat(e.messages(RingsGetReply.class))
                      .containsExactly(RingsGetReply.of(r -> r.rx(7))));
    }
  }

  @Test
  void batchHasAnOutcomeForEachRequest() throws NetlinkException {
    answerRings();
    fake.onDo(
        FEATURES_SET,
        (request, answer) ->
            answer.message(FEATURES_SET, a -> a.putNested(HEADER, h -> h.putU32(1, 4))));

    List<Outcome<Reply<TypedValue>>> outcomes =
        ethtool.batch(
            List.of(
                RingsGetRequest.of(r -> r.header(h -> h.devName("eth0"))),
                RingsSetRequest.of(r -> r.rx(-1)),
                FeaturesSetRequest.of(
                    r -> r.wanted(w -> w.bits(b -> b.bit(x -> x.name("tso").value(true)))))));

    assertThat(((RingsGetReply) outcomes.get(0).get().messages().get(0)).rx()).hasValue(512);
    assertThatThrownBy(() -> outcomes.get(1).get()).isInstanceOf(InvalidValueException.class);
    assertThat(outcomes.get(2).get().messages())
        .containsExactly(FeaturesSetReply.of(r -> r.header(h -> h.devIndex(4))));
  }

  @Test
  void batchOfOneKindHasItsAnswers() throws NetlinkException {
    answerRings();

    List<Outcome<Reply<RingsGetReply>>> outcomes =
        ethtool.batch(List.of(RingsGetRequest.of(r -> r.header(h -> h.devName("a")))));

    assertThat(outcomes.get(0).get().messages().get(0).rx()).hasValue(512);
  }

  @Test
  void whatIsNullIsTold() {
    assertNull(
        "requests[1]", () -> ethtool.batch(Arrays.asList(RingsGetRequest.of(r -> {}), null)));
    assertNull("group", () -> ethtool.subscribe((EthtoolGroup) null));
    assertNull("request", () -> ethtool.ringsGet((RingsGetRequest) null));
    assertNull("request", () -> ethtool.ringsGetDump((Consumer<RingsGetDumpRequest.Builder>) null));
    assertNull("content", () -> RingsGetRequest.of((Consumer<RingsGetRequest.Builder>) null));
    assertThat(fake.requests()).isEmpty();
  }

  private static void assertNull(String what, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(what);
  }

  @Test
  void executeHasAllAnswers() throws NetlinkException {
    fake.onDo(
        RINGS_GET,
        (request, answer) ->
            answer
                .message(RINGS_GET_REPLY, a -> a.putU32(RX, 1))
                .message(RINGS_GET_REPLY, a -> a.putU32(RX, 2)));

    Reply<RingsGetReply> reply =
        TypedFamily.of(genl, Ethtool.model()).execute(RingsGetRequest.of(r -> {}));

    assertThat(reply.messages()).extracting(r -> r.rx().orElseThrow()).containsExactly(1L, 2L);
  }

  @Test
  void notificationsAreOfTheirClassesAndWhatIsUnknownIsToo() throws NetlinkException {
    try (TypedSubscription<EthtoolNotification> changes = ethtool.subscribe(EthtoolGroup.MONITOR)) {
      assertThat(changes.poll(Duration.ZERO)).isEmpty();
      fake.notify("monitor", n -> n.message(RINGS_NTF, a -> a.putU32(RX, 7)));
      fake.notify("monitor", n -> n.message(99, a -> {}));

      assertThat(changes.next())
          .isEqualTo(new Event.Notification<>(RingsNtf.of(r -> r.rx(7)), "ethtool", "monitor"));
      assertThat(changes.poll(Duration.ofSeconds(10)).orElseThrow())
          .isInstanceOfSatisfying(
              Event.Notification.class,
              n ->
                  assertThat(n.message())
                      .isInstanceOfSatisfying(
                          EthtoolNotification.Unrecognized.class,
                          u -> assertThat(u.operation()).isEqualTo("99")));
    }
  }

  @Test
  void listsFirstAndThenTells() throws NetlinkException {
    listRings();

    try (TypedSubscription<EthtoolNotification> changes =
        ethtool.subscribe(RingsGetDumpRequest.of(r -> {}), EthtoolGroup.MONITOR)) {
      assertThat(changes.next()).isEqualTo(new Event.Listed<>(RingsGetReply.of(r -> r.rx(0))));
      assertThat(changes.next()).isInstanceOf(Event.Listed.class);
      assertThat(changes.next()).isInstanceOf(Event.Listed.class);
      assertThat(changes.next()).isEqualTo(new Event.Synchronized<>(true));
      fake.notify("monitor", n -> n.overrun());
      assertThat(changes.next()).isInstanceOf(Event.Gap.class);
      assertThat(changes.next()).isInstanceOf(Event.Listed.class);
    }
  }

  @Test
  void borrowedClientStaysOpen() throws NetlinkException {
    answerRings();

    ethtool.close();

    assertThat(Ethtool.of(genl).ringsGet(r -> r.header(h -> h.devName("a"))).rx()).hasValue(512);
  }

  @Test
  void familyThatTheKernelLacksOrThatIsOfAnotherProtocolIsRefused() throws NetlinkException {
    kernel.unregister(fake);

    try (Genl other = kernel.open();
        Netlink netlink = kernel.protocol(Netlink.ROUTE).open()) {
      assertThatThrownBy(() -> Ethtool.of(other)).isInstanceOf(FamilyNotFoundException.class);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TypedFamily.of(other, RtLink.model()))
          .withMessage("rt-link is none of Generic Netlink");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TypedFamily.of(netlink, Ethtool.model()))
          .withMessage("ethtool is one of Generic Netlink");
    }
  }
}
