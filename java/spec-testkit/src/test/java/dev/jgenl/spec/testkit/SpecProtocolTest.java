package dev.jgenl.spec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.DynamicSubscription;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.transport.Errno;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Parts of other protocols than Generic Netlink that answer by their spec. */
class SpecProtocolTest {

  private static final int GET_ROOM = 402;
  private static final byte[] HEADER = new byte[4];

  private final FakeKernel kernel = new FakeKernel();
  private final Family model = Sensors.compile(Sensors.ROUTE);
  private final SpecFamily rooms = SpecFamily.of(kernel, model);

  private DynamicClient open(Family... models) {
    return DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.of(models), kernel.sockets());
  }

  @Test
  void headerIsReadAndWritten() throws NetlinkException {
    rooms.onRequest(
        "getroom",
        request ->
            Value.of(Map.of("room", request.at("room").asLong(), "floor", 3, "name", "cellar")));
    rooms.onDump("getroom", request -> List.of(Value.parse("{room: 1}"), Value.parse("{room: 2}")));

    try (DynamicClient client = open(model)) {
      DynamicFamily family = client.family("rooms");

      assertThat(family.request("getroom", Value.parse("{room: 515, id: 1}")).toJson())
          .isEqualTo("{\"room\":515,\"floor\":3,\"name\":\"cellar\"}");
      assertThat(family.dump("getroom", Value.parse("{}")).toList())
          .extracting(v -> v.at("room").asLong())
          .containsExactly(1L, 2L);
    }
    assertThat(rooms.requests())
        .extracting(SpecRequest::toString)
        .containsExactly(
            "getroom {\"room\":515,\"floor\":0,\"id\":1}", "getroom dump {\"room\":0,\"floor\":0}");
    assertThatThrownBy(rooms::fake).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void changesAreToldToAGroupByNumber() throws NetlinkException {
    rooms.onRequest("newroom", (request, answer) -> answer.notify("newroom-ntf", request.value()));

    try (DynamicClient client = open(model);
        DynamicSubscription subscription = client.family("rooms").subscribe("rooms")) {
      Value made =
          client
              .family("rooms")
              .request("newroom", Value.parse("{room: 9}"), RequestFlag.CREATE, RequestFlag.ECHO);
      rooms.notify("newroom-ntf", Value.parse("{room: 10}"));

      assertThat(made.at("room").asLong()).isEqualTo(9);
      for (long room : new long[] {9, 10}) {
        assertThat(subscription.next())
            .isInstanceOfSatisfying(
                Event.Notification.class,
                n -> {
                  DynamicMessage message = (DynamicMessage) n.message();
                  assertThat(message.operation()).isEqualTo("newroom-ntf");
                  assertThat(message.value().at("room").asLong()).isEqualTo(room);
                });
      }
    }
    assertThat(rooms.requests().get(0).fake().flags() & 0x400).isNotZero();
  }

  @Test
  void wrongRequestsAreRefusedAsRouteDoes() throws NetlinkException {
    rooms.onRequest("getroom", request -> request);
    rooms.onDump("getroom", request -> List.of());

    try (Netlink route = kernel.protocol(Netlink.ROUTE).open()) {
      assertThat(refusal(route, NetlinkRequest.of(GET_ROOM, HEADER, a -> a.putU16(1, 1))))
          .contains("ERANGE", "Attribute failed policy validation", "attribute 1");
      assertThat(refusal(route, NetlinkRequest.of(GET_ROOM, HEADER, a -> a.putU32(99, 1))))
          .contains("EINVAL", "Unknown attribute type", "attribute 99");
      assertThat(refusal(route, NetlinkRequest.of(GET_ROOM, HEADER, a -> a.putU8(2, 1))))
          .contains("EINVAL", "Unsupported attribute", "attribute 2");
      assertThat(refusal(route, NetlinkRequest.of(GET_ROOM, new byte[0])))
          .contains("EINVAL", "Invalid header length");
      // Longer than it need be, and text without an end: these protocols are older.
      route.request(
          NetlinkRequest.of(GET_ROOM, HEADER, a -> a.putU64(1, 7).putBytes(4, new byte[] {'a'})));
      assertThatThrownBy(
              () ->
                  route
                      .dump(NetlinkRequest.of(GET_ROOM, HEADER, a -> a.putString(4, "a")))
                      .toList())
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("Unknown attribute type");
    }
    assertThat(rooms.faulty())
        .extracting(r -> r.fault().orElseThrow().toString())
        .containsExactly(
            "id: Attribute failed policy validation",
            "99: Unknown attribute type",
            "state: Unsupported attribute",
            ": Invalid header length",
            "name: Unknown attribute type");
  }

  private static String refusal(Netlink route, NetlinkRequest request) {
    return Assertions.catchThrowableOfType(KernelException.class, () -> route.request(request))
        .getMessage();
  }

  @Test
  void twoSpecsShareAProtocolAndEachSeesItsOwnRequests() throws NetlinkException {
    Family other =
        Sensors.compile(
            Sensors.ROUTE
                .replace("name: rooms\n", "name: halls\n")
                .replace("value: 40", "value: 44"));
    SpecFamily halls = SpecFamily.of(kernel, other);
    rooms.onRequest("getroom", request -> request);
    halls.onRequest("getroom", request -> request);

    try (DynamicClient client = open(model, other)) {
      client.family("rooms").request("getroom", Value.parse("{room: 1}"));
      client.family("halls").request("getroom", Value.parse("{room: 2}"));
    }

    assertThat(rooms.requests()).hasToString("[getroom {\"room\":1,\"floor\":0}]");
    assertThat(halls.requests()).hasToString("[getroom {\"room\":2,\"floor\":0}]");
  }

  @Test
  void changesOfNftablesAreForTransactions() throws NetlinkException {
    Family tables =
        Sensors.compile(
            Sensors.ROUTE
                .replace("protonum: 0", "protonum: 12")
                .replace("value: 400", "value: 2560")
                .replace("value: 402", "value: 2561")
                .replace("value: 40}", "value: 7}"));
    SpecFamily nftables = SpecFamily.of(kernel, tables);
    nftables.onRequest(
        "newroom",
        (request, answer) -> {
          if (request.value().at("name").asText().equals("old")) {
            answer.refuse(Errno.EEXIST, "there is one", "name");
          }
        });

    try (DynamicClient client = open(tables)) {
      DynamicFamily family = client.family("rooms");

      assertThat(family.transaction(List.of(room("a"), room("b"))))
          .allMatch(o -> o instanceof Outcome.Success);
      assertThatThrownBy(() -> family.transaction(List.of(room("a"), room("old"))).get(1).get())
          .hasMessageContaining("EEXIST")
          .hasMessageContaining("attribute name");
      assertThatThrownBy(() -> family.transaction(List.of(room("too long"))).get(0).get())
          .hasMessageContaining("ERANGE")
          .hasMessageContaining("attribute name");
      assertThatThrownBy(() -> family.request("newroom", Value.parse("{}")))
          .hasMessageContaining("EINVAL");
    }
    assertThat(nftables.faulty()).hasSize(1);
  }

  private static DynamicRequest room(String name) {
    return DynamicRequest.of("newroom", Value.of(Map.of("name", name)), RequestFlag.CREATE);
  }
}
