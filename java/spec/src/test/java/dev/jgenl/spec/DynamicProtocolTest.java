package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.member;
import static dev.jgenl.spec.Models.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakeProtocol;
import dev.jgenl.wire.NetlinkConstants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of a scripted protocol that is not Generic Netlink, with a header of its own. */
class DynamicProtocolTest {

  /** A change of nftables, so that it may be part of a transaction. */
  private static final int NEW = 0xa00;

  private static final int GET = 0xa01;
  private static final int EEXIST = 17;
  private static final byte[] HEADER = {2, 0, 0, 0};

  private final FakeKernel kernel = new FakeKernel();
  private final FakeProtocol netfilter = kernel.protocol(Netlink.NETFILTER);
  private DynamicClient client;
  private DynamicFamily family;

  @BeforeEach
  void open() throws NetlinkException {
    Models models =
        new Models()
            .struct(
                "nfgenmsg",
                member("nfgen-family", 1, scalar(Width.U8)),
                member("version", 1, scalar(Width.U8)),
                member("res-id", 2, Models.bigEndian(Width.U16)))
            .set(
                "table",
                attribute("name", 1, new Type.Text()),
                attribute("address", 2, Models.bytes(), Hint.IPV4_OR_V6));
    models.operation("new", NEW, "table", Optional.of("nfgenmsg"));
    models.operation("get", GET, "table", Optional.of("nfgenmsg"));
    models.protocol = new Protocol.Raw(Netlink.NETFILTER);
    models.groups.add(new Group("tables", OptionalInt.of(7)));
    netfilter.groups(7);
    client =
        DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.of(models.family()), kernel.sockets());
    family = client.family("demo");
  }

  @AfterEach
  void close() {
    client.close();
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  void clientOfAnotherProtocolIsRefused() throws NetlinkException {
    kernel.protocol(Netlink.XFRM);
    try (Netlink xfrm = Netlink.open(Netlink.XFRM, NetlinkOptions.DEFAULTS, kernel.sockets())) {
      assertThatThrownBy(() -> DynamicFamily.of(family.model(), xfrm))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("demo is of protocol 12, and the client speaks 6");
    }
  }

  @Test
  void aRefusalNamesTheFamilyAndNotTheProtocol() {
    netfilter.onDo(NEW, 4, (request, answer) -> answer.error(EEXIST));

    assertThatThrownBy(() -> family.request("new", Value.parse("{name: a}")))
        .hasMessageStartingWith("demo new: EEXIST");
  }

  @Test
  void headerIsSentAndRead() throws NetlinkException {
    netfilter.onDo(
        GET,
        4,
        (request, answer) -> {
          assertThat(request.header()).containsExactly(HEADER);
          answer.message(NEW, HEADER, a -> a.putString(1, request.attributes().get(1).string()));
        });

    assertThat(family.request("get", Value.parse("{nfgen-family: 2, name: t}")).toJson())
        .isEqualTo("{\"nfgen-family\":2,\"version\":0,\"res-id\":0,\"name\":\"t\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2001:db8::1, an address of IPv4 is wanted",
    "2, 0a0000, an address of IPv4 is wanted",
    "10, 192.0.2.1, an address of IPv6 is wanted"
  })
  void addressOfAnotherFamilyThanTheHeaderSaysIsRefused(
      int family, String address, String message) {
    assertThatThrownBy(() -> request(family, address))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("demo get: address: " + message + ", as nfgen-family says");
    assertThat(netfilter.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2, 192.0.2.1", "10, 2001:db8::1", "0, 2001:db8::1", "1, 192.0.2.1"})
  void addressThatFitsOrOfNoFamilyIsSent(int family, String address) throws NetlinkException {
    netfilter.onDo(GET, 4, (request, answer) -> {});

    request(family, address);

    assertThat(netfilter.requests()).hasSize(1);
  }

  private void request(int family, String address) throws NetlinkException {
    this.family.execute("get", Value.of(Map.of("nfgen-family", family, "address", address)));
  }

  @Test
  void flagsAreSent() throws NetlinkException {
    netfilter.onDo(GET, 4, (request, answer) -> {});

    family.execute("get", Value.parse("{}"), RequestFlag.ECHO, RequestFlag.APPEND);

    assertThat(netfilter.requests().get(0).flags())
        .isEqualTo(
            NetlinkConstants.NLM_F_REQUEST
                | NetlinkConstants.NLM_F_ACK
                | NetlinkConstants.NLM_F_ECHO
                | NetlinkConstants.NLM_F_APPEND);
  }

  @Test
  void ofATransactionAllAreDoneOrNone() {
    netfilter.onTransaction(
        NEW,
        (request, answer) -> {
          if (request.attributes().get(1).string().equals("old")) {
            answer.error(EEXIST);
          }
        });

    assertThat(family.transaction(List.of(make("a"), make("b"))))
        .allMatch(o -> o instanceof Outcome.Success);
    List<Outcome<Reply<Value>>> outcomes = family.transaction(List.of(make("a"), make("old")));
    assertThat(cause(outcomes.get(0))).isInstanceOf(NotDoneException.class);
    assertThat(cause(outcomes.get(1))).hasMessageContaining("demo new: EEXIST");
    int sent = netfilter.requests().size();
    for (String wrong : List.of("{nme: x}", "{version: x}", "[x]")) {
      outcomes =
          family.transaction(List.of(make("a"), DynamicRequest.of("new", Value.parse(wrong))));
      assertThat(cause(outcomes.get(0))).isInstanceOf(NotDoneException.class);
      assertThat(cause(outcomes.get(1)))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageStartingWith("demo new: ");
    }
    assertThatThrownBy(() -> family.transaction(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(netfilter.requests()).hasSize(sent);
  }

  private static DynamicRequest make(String name) {
    return DynamicRequest.of("new", Value.of(Map.of("name", name)), RequestFlag.CREATE);
  }

  private static Exception cause(Outcome<?> outcome) {
    return ((Outcome.Failure<?>) outcome).cause();
  }

  @Test
  void groupsAreJoinedByName() throws NetlinkException {
    try (DynamicSubscription subscription = family.subscribe("tables")) {
      netfilter.notify(7, n -> n.message(NEW, HEADER, a -> a.putString(1, "t")));

      assertThat(subscription.next())
          .isInstanceOfSatisfying(
              Event.Notification.class,
              n ->
                  assertThat(n.message().toString())
                      .contains("new", "{\"nfgen-family\":2,", "\"name\":\"t\"}"));
    }
    assertThatThrownBy(() -> family.subscribe("table"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("demo: no such multicast group: 'table'; is it tables?");
  }

  @Test
  void onlyGenericNetlinkTellsItsPolicy() {
    assertThatThrownBy(() -> family.checkAgainstKernel(DynamicRequest.of("get", Value.parse("{}"))))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(family.check(DynamicRequest.of("get", Value.parse("{name: t}")))).isEmpty();
  }
}
