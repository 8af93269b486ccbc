package dev.jgenl.spec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicDump;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.DynamicSubscription;
import dev.jgenl.spec.InvalidValueException;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A family of Generic Netlink that answers by its spec. */
class SpecFamilyTest {

  private final FakeKernel kernel = new FakeKernel();
  private final Family model = Sensors.compile(Sensors.GENERIC);
  private final SpecFamily sensors = SpecFamily.of(kernel, model);
  private DynamicClient client;
  private DynamicFamily family;

  @BeforeEach
  void open() throws NetlinkException {
    client = DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.of(model), kernel.sockets());
    family = client.family("sensors");
  }

  @AfterEach
  void close() {
    client.close();
    assertThat(kernel.openSockets()).isZero();
  }

  private Value request(String operation, String value, RequestFlag... flags)
      throws NetlinkException {
    return family.request(operation, Value.parse(value), flags);
  }

  @Test
  void answersByName() throws NetlinkException {
    sensors.onRequest(
        "get", request -> Value.of(Map.of("id", request.at("id").asLong() + 1, "state", "warm")));

    assertThat(request("get", "{id: 4}").toJson()).isEqualTo("{\"id\":5,\"state\":\"warm\"}");
    assertThat(sensors.requests()).hasToString("[get {\"id\":4}]");
    assertThat(sensors.faulty()).isEmpty();
    assertThat(sensors.fake().requests().get(0).version()).isEqualTo(3);
    assertThat(sensors.model()).isSameAs(model);
    assertThat(sensors).hasToString("sensors by its spec");
  }

  @Test
  void changesAreAcknowledged() throws NetlinkException {
    List<String> names = new ArrayList<>();
    sensors.onRequest("set", (request, answer) -> names.add(request.value().at("name").asText()));

    assertThat(request("set", "{name: north}").names()).isEmpty();
    assertThat(names).containsExactly("north");
  }

  @Test
  void operationWithoutScriptIsNone() {
    assertThatThrownBy(() -> request("get", "{}"))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("EOPNOTSUPP");
    assertThat(sensors.faulty()).isEmpty();
  }

  @Test
  void dumpComesInPartsAsFullAsTheKernels() throws NetlinkException {
    Value one = Value.of(Map.of("id", 7, "name", "north"));
    sensors.onDump("get", request -> Collections.nCopies(500, one));
    AtomicInteger received = new AtomicInteger();

    try (DynamicClient counted =
        DynamicClient.open(
            NetlinkOptions.DEFAULTS,
            Specs.of(model),
            (protocol, purpose) -> counting(kernel.sockets().open(protocol, purpose), received))) {
      DynamicFamily sensor = counted.family("sensors");
      received.set(0);

      assertThat(sensor.dump("get", Value.parse("{}")).toList()).hasSize(500).containsOnly(one);
    }

    // 40 bytes each, 94 of them in 3,776 bytes; and the end.
    assertThat(received).hasValue(6 + 1);
  }

  /** Counts the datagrams that a socket receives. */
  private static Transport counting(Transport socket, AtomicInteger received) {
    return (Transport)
        Proxy.newProxyInstance(
            Transport.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(socket, arguments);
              if (Set.of("receive", "exchange").contains(method.getName())) {
                received.addAndGet(Math.max(0, (Integer) result));
              }
              return result;
            });
  }

  @Test
  void dumpOfNothingHasAnEndAndOneWithAnErrorFailsThere() throws NetlinkException {
    sensors.onDump("get", request -> List.of());
    assertThat(family.dump("get", Value.parse("{}")).toList()).isEmpty();

    sensors.onDump(
        "get",
        (request, answer) ->
            answer.message(Value.of(Map.of("id", 1))).refuse(Errno.EIO, "gone", ""));
    try (DynamicDump dump = family.dump("get", Value.parse("{}"))) {
      assertThat(dump.next().at("id").asLong()).isEqualTo(1);
      assertThatThrownBy(dump::next).hasMessageContaining("EIO").hasMessageContaining("gone");
    }
  }

  @Test
  void refusalNamesTheAttribute() {
    sensors.refuse("set", Errno.EINVAL, "no such room", "place.within.room");

    assertThatThrownBy(
            () -> request("set", "{id: 1, place: {room: a, within: {tag: [1, 2], room: b}}}"))
        .isInstanceOf(KernelException.class)
        .hasMessage(
            "sensors set: EINVAL (Invalid argument): no such room; attribute place.within.room"
                + " (5.2.1)");
  }

  @Test
  void whatTheRequestLacksIsSaidToBeMissing() {
    sensors.onRequest(
        "get",
        request -> {
          throw new Refusal(
              Errno.EINVAL, "", request.find("place").isPresent() ? "place.room" : "id");
        });

    assertThatThrownBy(() -> request("get", "{}"))
        .isInstanceOfSatisfying(
            KernelException.class,
            e -> {
              assertThat(e.extendedAck().missingType()).hasValue(1);
              assertThat(e.extendedAck().missingNest()).isEmpty();
              assertThat(e.extendedAck().message()).isEmpty();
            });
    assertThatThrownBy(() -> request("get", "{id: 3, place: {tag: [5]}}"))
        .isInstanceOfSatisfying(
            KernelException.class,
            e -> {
              assertThat(e.extendedAck().missingType()).hasValue(1);
              assertThat(e.extendedAck().missingNest()).hasValue(28);
            });
  }

  @Test
  void refusalIsForDoAndDump() {
    sensors.refuse("get", Errno.EPERM, "not now", "");

    assertThatThrownBy(() -> request("get", "{}")).hasMessageEndingWith("not now");
    assertThatThrownBy(() -> family.dump("get", Value.parse("{}")).toList())
        .hasMessageEndingWith("not now");
  }

  @Test
  void privilegeIsThatOfTheSpec() {
    sensors.onRequest("set", (request, answer) -> {});
    kernel.privileged(false);

    assertThatThrownBy(() -> request("set", "{}")).hasMessageContaining("EPERM");
    assertThat(sensors.requests()).hasSize(1);
  }

  @Test
  void notificationGoesToItsGroup() throws NetlinkException {
    try (DynamicSubscription events = family.subscribe("events");
        DynamicSubscription others = family.subscribe("others")) {
      sensors.notify("set-ntf", Value.parse("{id: 1, state: hot}"));
      sensors.notify("lost-ntf", "others", Value.parse("{id: 2}"));

      assertThat(events.next())
          .isEqualTo(
              new Event.Notification<>(
                  new DynamicMessage("set-ntf", Value.of(Map.of("id", 1, "state", 2))),
                  "sensors",
                  "events"));
      assertThat(((Event.Notification<DynamicMessage>) others.next()).message().operation())
          .isEqualTo("lost-ntf");
    }
  }

  @Test
  void whoAsksWithEchoIsAnsweredWhatOthersAreTold() throws NetlinkException {
    sensors.onRequest("set", (request, answer) -> answer.notify("set-ntf", Value.parse("{id: 6}")));

    try (DynamicSubscription events = family.subscribe("events")) {
      assertThat(request("set", "{}", RequestFlag.ECHO).at("id").asLong()).isEqualTo(6);
      assertThat(events.next()).isInstanceOf(Event.Notification.class);
    }
  }

  @Test
  void faultsOfAnyAnswerCanBeHad() {
    sensors.onRequest(
        "get",
        (request, answer) -> {
          answer.fake().sequence(request.fake().sequence() + 1);
          answer.message(Value.of(Map.of("id", 1)));
          answer.fake().unanswered();
        });
    kernel.clock().skipWaits();

    assertThatThrownBy(() -> request("get", "{}")).isInstanceOf(NetlinkException.class);
  }

  @Test
  void scriptsThatTheSpecDoesNotAllowAreRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sensors.onRequest("got", request -> request))
        .withMessage("sensors: no such operation: 'got'; is it get, set?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sensors.onRequest("set", request -> request))
        .withMessage("sensors set has no answer: write a script");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sensors.onDump("set", request -> List.of()))
        .withMessage("sensors set is no dump");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sensors.refuse("set-ntf", Errno.EIO, "", ""))
        .withMessage("sensors set-ntf is no do");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sensors.notify("get", Value.parse("{}")))
        .withMessageStartingWith("sensors get");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sensors.notify("lost-ntf", Value.parse("{}")))
        .withMessage("sensors lost-ntf: the spec does not say which group it is for");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecFamily.of(kernel, model))
        .withMessageContaining("sensors");
  }

  @Test
  void answersThatTheSpecDoesNotAllowAreTheTestsOwnFault() {
    sensors.onRequest("get", request -> Value.parse("{nme: x}"));
    sensors.onRequest("set", (request, answer) -> answer.message(Value.parse("{}")));

    assertThatThrownBy(() -> request("get", "{}"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("is it name");
    assertThatThrownBy(() -> request("set", "{}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("set has no answer in its spec");
    assertThatThrownBy(() -> sensors.notify("set-ntf", Value.parse("{state: mild}")))
        .isInstanceOf(InvalidValueException.class);
  }
}
