package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.GenlPolicy;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.testkit.FakePolicy.NumberType;
import dev.jgenl.wire.AttributeWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Masks, network order, what a dump alone accepts, and the policies of other protocols. */
class RuleTest extends Scripted {

  private static final int GET_LINK = 18;
  private static final int NEW_TABLE = 0x0a00;
  private static final byte[] IFINFOMSG = new byte[16];

  private FakeFault refused(Consumer<? super AttributeWriter> attributes) {
    kernel.forgetRequests();
    KernelException e =
        catchThrowableOfType(
            KernelException.class, () -> genl.execute(genl.family("demo"), COMMAND, attributes));
    FakeFault fault = family.fault(family.requests().get(0)).orElseThrow();
    assertThat(e.errno()).isEqualTo(fault.errno());
    assertThat(e.extendedAck().message()).hasValue(fault.text());
    assertThat(e.extendedAck().path()).isEqualTo(fault.path());
    return fault;
  }

  @Test
  void bitsBeyondAMaskAreReserved() throws NetlinkException {
    family.onDo(COMMAND, (request, answer) -> {}).policy(p -> p.mask(1, NumberType.U16, 5));

    genl.execute(genl.family("demo"), COMMAND, a -> a.putU16(1, 5));
    assertThat(family.fault(family.requests().get(0))).isEmpty();
    assertThat(refused(a -> a.putU16(1, 7)))
        .isEqualTo(new FakeFault(22, "reserved bit set", List.of(1)));
    assertThat(genl.policy(genl.family("demo")).ofDo(COMMAND).get(1).mask()).hasValue(5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> family.policy(p -> p.mask(1, NumberType.S16, 5)))
        .withMessage("S16 has a sign: no mask is for it");
  }

  @Test
  void boundsInNetworkOrderAreCheckedButNotTold() throws NetlinkException {
    family
        .onDo(COMMAND, (request, answer) -> {})
        .policy(p -> p.number(1, NumberType.U16_BE, 1, 9).number(2, NumberType.U32_BE, 0, 9));

    genl.execute(genl.family("demo"), COMMAND, a -> a.putU16Be(1, 9).putU32Be(2, 9));
    assertThat(refused(a -> a.putU16Be(1, 10)).text()).isEqualTo("integer out of range");
    assertThat(refused(a -> a.putU32Be(2, 256)).path()).containsExactly(2);
    assertThat(genl.policy(genl.family("demo")).ofDo(COMMAND)).isEmpty();
  }

  @Test
  void whatIsNotCheckedMayBeAnything() throws NetlinkException {
    family.onDo(COMMAND, (request, answer) -> {}).policy(p -> p.anything(1));

    genl.execute(genl.family("demo"), COMMAND, a -> a.putU8(1, 1));
    genl.execute(genl.family("demo"), COMMAND, a -> a.putNested(1, n -> n.putU8(1, 1)));
    assertThat(refused(a -> a.putU8(2, 1)).text()).isEqualTo("Unknown attribute type");
  }

  @Test
  void policyOfNothingRefusesEveryAttribute() throws NetlinkException {
    family.onDo(COMMAND, (request, answer) -> {}).policy(COMMAND, p -> {});

    genl.execute(genl.family("demo"), COMMAND);
    assertThat(refused(a -> a.putU8(1, 1)).text()).isEqualTo("Unsupported attribute");
    assertThat(refused(a -> a.putU8(2, 1)).text()).isEqualTo("Unknown attribute type");
  }

  @Test
  void dumpMayAcceptSomethingElse() throws NetlinkException {
    family
        .onDo(COMMAND, (request, answer) -> {})
        .onDump(COMMAND, (request, answer) -> {})
        .policy(COMMAND, p -> p.flag(1))
        .dumpPolicy(COMMAND, p -> p.flag(2));
    GenlPolicy policy = genl.policy(genl.family("demo"));

    assertThat(policy.ofDo(COMMAND)).containsOnlyKeys(1);
    assertThat(policy.ofDump(COMMAND)).containsOnlyKeys(2);
    genl.dump(genl.family("demo"), COMMAND, a -> a.putFlag(2)).toList();
    assertThat(refused(a -> a.putFlag(2)).path()).containsExactly(2);
  }

  @Test
  void elementsOfAnArrayAreNamedByTheirIndex() {
    family
        .onDo(COMMAND, (request, answer) -> {})
        .policy(p -> p.nested(1, n -> n.nestedArray(2, n).number(3, NumberType.U8)));

    assertThat(
            refused(
                a -> a.putNested(1, n -> n.putNested(2, l -> l.putNested(9, e -> e.putU16(3, 1))))))
        .isEqualTo(new FakeFault(22, "invalid attribute length", List.of(1, 2, 9, 3)));
  }

  @Test
  void attributesAreFoundByTheirPath() throws NetlinkException {
    family.onDo(COMMAND, (request, answer) -> {});

    genl.execute(
        GenlRequest.of(
            genl.family("demo"),
            COMMAND,
            a -> a.putU8(1, 1).putNested(2, n -> n.putU16(3, 1).putU16(3, 2))));
    FakeRequest request = family.requests().get(0);

    assertThat(request.offset(List.of(1))).hasValue(20);
    assertThat(request.offset(List.of(2))).hasValue(28);
    assertThat(request.offset(List.of(2, 3))).hasValue(32);
    assertThat(request.offset(List.of(3))).isEmpty();
    assertThat(request.offset(List.of(2, 1))).isEmpty();
    assertThat(request.offset(List.of())).isEmpty();
  }

  @Test
  void otherProtocolsTakeNumbersThatAreTooLongAndNestsWithoutAFlag() throws NetlinkException {
    FakeProtocol route =
        kernel
            .protocol(Netlink.ROUTE)
            .policy(GET_LINK, p -> p.number(1, NumberType.U32, 0, 9).nested(2, n -> n.flag(1)))
            .dumpPolicy(GET_LINK, p -> p.flag(3))
            .onDo(GET_LINK, IFINFOMSG.length, (request, answer) -> {})
            .onDump(GET_LINK, IFINFOMSG.length, (request, answer) -> {});

    try (Netlink netlink = route.open()) {
      netlink.execute(get(a -> a.putU64(1, 5).putBytes(2, new byte[0])));
      netlink.dump(get(a -> a.putFlag(3))).toList();
      KernelException shorter =
          catchThrowableOfType(
              KernelException.class, () -> netlink.execute(get(a -> a.putU16(1, 5))));
      KernelException unknown =
          catchThrowableOfType(
              KernelException.class, () -> netlink.dump(get(a -> a.putU32(4, 5))).toList());

      assertThat(shorter.errno()).isEqualTo(34);
      assertThat(shorter.extendedAck().path()).containsExactly(1);
      assertThat(unknown).hasMessageContaining("EINVAL").hasMessageContaining("attribute 4");
    }
    assertThat(route.requests().stream().map(route::fault))
        .extracting(f -> f.map(FakeFault::text).orElse("none"))
        .containsExactly(
            "none", "none", "Attribute failed policy validation", "Unknown attribute type");
  }

  private static NetlinkRequest get(Consumer<AttributeWriter> attributes) {
    return NetlinkRequest.of(GET_LINK, IFINFOMSG, attributes);
  }

  @Test
  void partOfATransactionThatIsWrongDoesNotReachItsScript() throws NetlinkException {
    FakeProtocol netfilter =
        kernel
            .protocol(Netlink.NETFILTER)
            .policy(NEW_TABLE, p -> p.string(1, 5))
            .onTransaction(
                NEW_TABLE,
                (request, answer) -> {
                  throw new AssertionError("it is asked");
                });

    try (Netlink netlink = netfilter.open()) {
      var outcomes =
          netlink.transaction(
              10,
              List.of(NetlinkRequest.of(NEW_TABLE, new byte[4], a -> a.putString(1, "longer"))));

      assertThat(catchThrowableOfType(KernelException.class, () -> outcomes.get(0).get()).errno())
          .isEqualTo(34);
    }
  }

  @Test
  void groupsAreNeverFewerForOneMore() throws NetlinkException {
    FakeProtocol route = kernel.protocol(Netlink.ROUTE).group(40).group(2);

    try (Netlink netlink = route.open();
        var subscription = netlink.subscribe(40)) {
      assertThat(subscription.poll(Duration.ZERO)).isEmpty();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> route.group(0));
  }
}
