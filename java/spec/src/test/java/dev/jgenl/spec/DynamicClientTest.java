package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.named;
import static dev.jgenl.spec.Models.repeated;
import static dev.jgenl.spec.Models.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakePolicy;
import dev.jgenl.testkit.FakeRequest;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client of a scripted kernel. */
class DynamicClientTest {

  private static final int GET = 1;

  private final FakeKernel kernel = new FakeKernel();
  private FakeFamily demo;
  private DynamicClient client;
  private DynamicFamily family;

  @BeforeEach
  void open() throws NetlinkException {
    Models models =
        new Models()
            .enumeration("color", "red", "green")
            .set(
                "thing",
                attribute("number", 1, scalar(Width.U32)),
                attribute("color", 2, named(Width.U8, "color", false)),
                attribute("inner", 3, new Type.Nest("inner")))
            .set("inner", repeated("names", 1, new Type.Text()))
            .operation("get", GET, "thing", Optional.empty());
    demo = kernel.family("demo");
    demo.group("things");
    client =
        DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.of(models.family()), kernel.sockets());
    family = client.family("demo");
  }

  @AfterEach
  void close() {
    client.close();
    assertThat(kernel.openSockets()).isZero();
  }

  private void echo() {
    demo.onDo(
        GET,
        (request, answer) ->
            answer.message(
                GET, a -> a.putU32(1, request.attributes().get(1).u32() + 1).putU8(2, 1)));
  }

  @Test
  void asksByName() throws NetlinkException {
    echo();

    assertThat(family.request("get", Value.parse("{number: 5}")).toJson())
        .isEqualTo("{\"number\":6,\"color\":\"green\"}");
    assertThat(family.execute("get", Value.parse("{number: 6}")).messages())
        .extracting(v -> v.at("number").asLong())
        .containsExactly(7L);
  }

  @Test
  void wrongNamesAreRefusedBeforeTheFamilyIsAsked() {
    assertThatThrownBy(() -> family.request("get", Value.parse("{inner: {name: x}}")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("demo get: inner.name: no such attribute: 'name'; is it names?");
    assertThatThrownBy(() -> family.dump("get", Value.parse("[1]")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("demo get: names are wanted, not a list of 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> family.request("got", Value.parse("{}")))
        .withMessage("demo: no such operation: 'got'; is it get?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.family("dmo"))
        .withMessage("no such family: 'dmo'; is it demo?");
    // The number of the family may have been asked for again: on a slow machine it is not fresh.
    assertThat(demo.requests()).isEmpty();
  }

  @Test
  void refusalNamesOperationAndPath() {
    demo.onDo(
        GET,
        (request, answer) ->
            // The names within the nest: behind nlmsghdr, genlmsghdr, the nest's header.
            answer.error(
                22, ack -> ack.putString(1, "Unknown attribute type").putU32(2, 16 + 4 + 4)));

    assertThatThrownBy(() -> family.request("get", Value.parse("{inner: {names: [x]}}")))
        .isInstanceOf(KernelException.class)
        .hasMessage(
            "demo get: EINVAL (Invalid argument): Unknown attribute type; attribute inner.names"
                + " (3.1), which this kernel does not know");
  }

  @Test
  void dumpsAreReadOneByOneOrWhole() throws NetlinkException {
    demo.onDump(
        GET,
        (request, answer) -> {
          for (int i = 0; i < 3; i++) {
            int number = i;
            answer.message(GET, a -> a.putU32(1, number));
          }
        });

    try (DynamicDump dump = family.dump("get", Value.parse("{}"))) {
      assertThat(dump.next()).isEqualTo(Value.of(Map.of("number", 0)));
      assertThat(dump.iterator().next().at("number").asLong()).isEqualTo(1);
    }
    assertThat(family.dump("get", Value.parse("{}")).toList()).hasSize(3);
    assertThat(family.dump("get", Value.parse("{}")).merged()).hasSize(3);
    try (var stream = family.dump("get", Value.parse("{}")).stream()) {
      assertThat(stream.map(v -> v.at("number").asLong())).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void batchHasAnOutcomeForEachRequestAlsoForOneThatCannotBeMade() throws NetlinkException {
    echo();

    List<Outcome<Reply<Value>>> outcomes =
        family.batch(
            List.of(
                DynamicRequest.of("get", Value.parse("{number: 1}")),
                DynamicRequest.of("get", Value.parse("{nummer: 1}")),
                DynamicRequest.of("gone", Value.parse("{}")),
                DynamicRequest.of("get", Value.parse("{number: 2}")),
                DynamicRequest.of("get", Value.parse("{color: pink, number: 1}"))));

    assertThat(outcomes.get(0).get().messages().get(0).at("number").asLong()).isEqualTo(2);
    assertThat(cause(outcomes.get(1))).isInstanceOf(InvalidValueException.class);
    assertThat(cause(outcomes.get(2))).hasMessageContaining("no such operation");
    assertThat(outcomes.get(3).get().messages().get(0).at("number").asLong()).isEqualTo(3);
    assertThat(cause(outcomes.get(4)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("demo get: color: ");
    assertThat(family.batch(List.of())).isEmpty();
  }

  private static Exception cause(Outcome<?> outcome) {
    return ((Outcome.Failure<?>) outcome).cause();
  }

  @Test
  void transactionsAreForNetfilterAlone() {
    for (String value : List.of("{}", "{nummer: 1}")) {
      assertThatThrownBy(
              () -> family.transaction(List.of(DynamicRequest.of("get", Value.parse(value)))))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("demo has no transactions: netfilter has");
    }
  }

  @Test
  void notificationsAreNamedAndWhatIsUnknownHasItsNumber() throws NetlinkException {
    try (DynamicSubscription subscription = family.subscribe("things")) {
      demo.notify("things", n -> n.message(GET, a -> a.putU32(1, 7)));
      demo.notify("things", n -> n.message(77, a -> {}));

      assertThat(subscription.next())
          .isEqualTo(
              new Event.Notification<>(
                  new DynamicMessage("get", Value.of(Map.of("number", 7))), "demo", "things"));
      assertThat(((Event.Notification<DynamicMessage>) subscription.next()).message())
          .isEqualTo(new DynamicMessage("77", Value.parse("{}")));
    }
    assertThatThrownBy(() -> family.subscribe("thing"))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("which has [things]");
  }

  @Test
  void listsFirstAndThenTells() throws NetlinkException {
    demo.onDump(GET, (request, answer) -> answer.message(GET, a -> a.putU32(1, 1)));

    try (DynamicSubscription subscription =
        family.subscribe(DynamicRequest.of("get", Value.parse("{}")), "things")) {
      assertThat(subscription.next())
          .isEqualTo(new Event.Listed<>(new DynamicMessage("get", Value.of(Map.of("number", 1)))));
      assertThat(subscription.next()).isInstanceOf(Event.Synchronized.class);
      demo.notify("things", n -> n.message(GET, a -> a.putU32(1, 2)));
      assertThat(subscription.next()).isInstanceOf(Event.Notification.class);
    }
  }

  @Test
  void listTakesNoFlags() {
    DynamicRequest list =
        DynamicRequest.of("get", Value.parse("{}"), RequestFlag.REPLACE, RequestFlag.CREATE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> family.subscribe(list, "things"))
        .withMessage("demo get: a list takes no flags, but has [CREATE, REPLACE]");
  }

  @Test
  void flagsWithWhichTheKernelWouldDumpAreNamed() {
    demo.onDo(GET, (request, answer) -> answer.message(GET, a -> a.putU32(1, 1)));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> family.request("get", Value.parse("{}"), RequestFlag.EXCL, RequestFlag.REPLACE))
        .withMessageContaining("NLM_F_REPLACE and NLM_F_EXCL together are NLM_F_DUMP");
  }

  @Test
  void whatIsNullIsTold() {
    assertThatNullPointerException()
        .isThrownBy(() -> family.batch(Collections.singletonList(null)))
        .withMessage("requests[0]");
    assertThatNullPointerException()
        .isThrownBy(() -> family.subscribe("things", null))
        .withMessage("group");
    assertThatNullPointerException()
        .isThrownBy(() -> DynamicRequest.of("get", null))
        .withMessage("value");
  }

  @Test
  void whatIsOfAnotherOperationIsReadAsThat() throws NetlinkException {
    Models models =
        new Models()
            .set("thing", attribute("number", 1, scalar(Width.U32)))
            .set("other", attribute("name", 1, new Type.Text()));
    models.operation("get", GET, "thing", Optional.empty());
    models.operation("other", 2, "other", Optional.empty());
    demo.onDo(
        GET,
        (request, answer) ->
            answer.message(GET, a -> a.putU32(1, 5)).message(2, a -> a.putString(1, "text")));
    try (DynamicClient both =
        DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.of(models.family()), kernel.sockets())) {
      assertThat(both.family("demo").execute("get", Value.parse("{}")).messages())
          .extracting(Value::toJson)
          .containsExactly("{\"number\":5}", "{\"name\":\"text\"}");
    }
  }

  @Test
  void malformedAnswerIsAProtocolExceptionInEveryWayToAsk() throws NetlinkException {
    demo.onDo(GET, (request, answer) -> answer.datagram(broken(request)));
    demo.onDump(GET, (request, answer) -> answer.datagram(broken(request)));

    assertThatThrownBy(() -> family.request("get", Value.parse("{}")))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> family.execute("get", Value.parse("{}")))
        .isInstanceOf(ProtocolException.class);
    assertThat(cause(family.batch(List.of(DynamicRequest.of("get", Value.parse("{}")))).get(0)))
        .isInstanceOf(ProtocolException.class);
    try (DynamicDump dump = family.dump("get", Value.parse("{}"))) {
      assertThatThrownBy(dump::next)
          .isInstanceOf(ProtocolException.class)
          .hasMessageStartingWith("demo get: malformed answer: ");
    }
    try (DynamicDump dump = family.dump("get", Value.parse("{}"))) {
      assertThatThrownBy(() -> dump.iterator().next())
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(ProtocolException.class);
    }
  }

  /** An answer whose attribute is longer than it. */
  private static ByteBuffer broken(FakeRequest request) {
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
    bytes.putInt(24).putShort((short) request.type()).putShort((short) 0);
    bytes.putInt(request.sequence()).putInt(request.portId());
    bytes.put((byte) GET).put((byte) 1).putShort((short) 0);
    bytes.putShort((short) 400).putShort((short) 1);
    return bytes.flip();
  }

  @Test
  void dumpsAndSubscriptionsSayWhatTheyAre() throws NetlinkException {
    demo.onDump(GET, (request, answer) -> answer.message(GET, a -> a.putU32(1, 1)));

    try (DynamicDump dump = family.dump("get", Value.parse("{}"));
        DynamicSubscription subscription = family.subscribe("things")) {
      assertThat(dump).hasToString("dump of demo get, under way");
      assertThat(subscription.toString()).startsWith("subscription to demo/things, port");
      dump.toList();
      assertThat(dump).hasToString("dump of demo get, read to its end");
    }
  }

  @Test
  void twoSpecsOfOneNameAreRefused() {
    Family demo = family.model();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Specs.of(demo, demo))
        .withMessage("two specs are called demo");
  }

  @Test
  void readsWhatGenlHasReceived() throws NetlinkException {
    echo();
    try (Genl genl = kernel.open()) {
      GenlMessage message = genl.request(genl.family("demo"), GET, a -> a.putU32(1, 1));

      assertThat(family.read("get", message).at("number").asLong()).isEqualTo(2);
      assertThatIllegalArgumentException().isThrownBy(() -> family.read("got", message));
    }
  }

  @Test
  void checksBySpecAndByTheKernelsPolicy() throws NetlinkException {
    echo();
    demo.policy(p -> p.number(1, FakePolicy.NumberType.U32).nested(3, n -> n.nulString(1, 4)));
    DynamicRequest request =
        DynamicRequest.of("get", Value.parse("{number: 5, color: red, inner: {names: [abcdef]}}"));

    assertThat(family.check(request)).isEmpty();
    // What a family has is asked for once.
    try (DynamicClient other =
        DynamicClient.open(NetlinkOptions.DEFAULTS, client.specs(), kernel.sockets())) {
      assertThat(other.family("demo").checkAgainstKernel(request))
          .extracting(Finding::toString)
          .containsExactly(
              "color: this kernel does not know it",
              "inner.names: longer than the 4 bytes that this kernel takes");
    }
    assertThat(family.check(DynamicRequest.of("get", Value.parse("{\"9\": 00}"))))
        .containsExactly(new Finding("9", "the spec does not have it"));
  }

  @Test
  void familyThatTheKernelLacksIsNamed() throws NetlinkException {
    kernel.unregister(demo);

    try (DynamicClient other =
        DynamicClient.open(NetlinkOptions.DEFAULTS, client.specs(), kernel.sockets())) {
      assertThatThrownBy(() -> other.family("demo"))
          .isInstanceOf(FamilyNotFoundException.class)
          .hasMessageContaining("demo");
    }
  }

  @Test
  void closedClientSaysSo() {
    client.close();
    client.close();

    assertThatThrownBy(() -> client.family("demo"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
    assertThatThrownBy(() -> family.request("get", Value.parse("{}")))
        .isInstanceOf(ClosedException.class);
  }
}
