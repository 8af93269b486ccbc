package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.families.ethtool.Bitset;
import dev.jgenl.families.ethtool.HeaderFlags;
import dev.jgenl.families.ethtool.RingsGetReply;
import dev.jgenl.families.ethtool.RingsNtf;
import dev.jgenl.families.ethtool.TcpDataSplit;
import dev.jgenl.families.rtlink.AfSpec;
import dev.jgenl.families.rtlink.GetlinkReply;
import dev.jgenl.families.rtlink.Linkinfo;
import dev.jgenl.families.rtlink.LinkinfoData;
import dev.jgenl.families.rtlink.RtnlLinkStats64;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.MalformedMessageException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What generated views show of values, as the spec says they are or not. */
class TypedViewTest {

  private static NestValue nest(Map<String, ?> map) {
    return (NestValue) Value.of(map);
  }

  private static void assertMalformed(String message, ThrowingCallable call) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(call)
        .withMessage(message);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    RingsGetReply rings = RingsGetReply.of(nest(Map.of()));
    GetlinkReply link = GetlinkReply.of(nest(Map.of()));

    assertThat(rings.header()).isEmpty();
    assertThat(rings.rx()).isEmpty();
    assertThat(rings.tcpDataSplit()).isEmpty();
    assertThat(rings.txPush()).isEmpty();
    assertThat(link.address()).isEmpty();
    assertThat(link.ifname()).isEmpty();
    assertThat(link.header().ifiIndex()).isZero();
    assertThat(link.header().ifiFlags().bits()).isZero();
    assertThat(Bitset.of(nest(Map.of())).nomask()).isFalse();
    assertThat(Bitset.of(nest(Map.of())).value()).isEmpty();
  }

  @Test
  void structThatIsTooShortHasZeroes() {
    assertThat(RtnlLinkStats64.of(nest(Map.of("rx-packets", 5))).rxPackets()).isEqualTo(5);
    assertThat(RtnlLinkStats64.of(nest(Map.of("rx-packets", 5))).txBytes()).isZero();
  }

  @Test
  void namesAreFoundInWhateverOrderTheyAre() {
    NestValue value =
        nest(Map.of("tx-push", 1, "77", new byte[1], "rx", 5, "header", Map.of("dev-name", "e")));
    RingsGetReply reply = RingsGetReply.of(value);

    assertThat(reply.rx()).hasValue(5);
    assertThat(reply.txPush()).hasValue(1);
    assertThat(reply.header().orElseThrow().devName()).hasValue("e");
    assertThat(reply.toValue()).isSameAs(value);
    assertThat(reply.toValue().at("77").asBytes()).hasSize(1);
  }

  @Test
  void whatIsNotAsTheSpecSaysIsNamedAndKept() {
    RingsGetReply reply =
        RingsGetReply.of(
            nest(
                Map.of(
                    "header",
                    new byte[5],
                    "rx",
                    new byte[3],
                    "tcp-data-split",
                    List.of(1),
                    "tx-push",
                    1L << 40)));

    assertMalformed("header: no nest, but 5 bytes", reply::header);
    assertMalformed("rx: no number, but 3 bytes", reply::rx);
    assertMalformed("tcp-data-split: no number, but a list", reply::tcpDataSplit);
    assertMalformed("tx-push: 1099511627776 needs more than 32 bits", reply::txPush);
    assertThat(reply.rxMax()).isEmpty();
    assertThat(reply.toValue().at("rx").asBytes()).hasSize(3);
  }

  @Test
  void whatABridgeHasInPlaceOfAnotherNestIsNothingOfThat() {
    AfSpec ofBridge = AfSpec.of(nest(Map.of("inet", List.of(new byte[4], new byte[4]))));
    AfSpec ofLink = AfSpec.of(a -> a.inet(i -> {}));

    assertThat(ofBridge.inet()).isEmpty();
    assertThat(ofBridge.toValue().at("inet").asList()).hasSize(2);
    assertThat(ofLink.inet()).isPresent();
    assertMalformed(
        "inet6: no nest, but 5 bytes", AfSpec.of(nest(Map.of("inet6", new byte[5])))::inet6);
  }

  @Test
  void wrongKindsOfAddressesAndNamesAreMalformed() {
    assertMalformed(
        "address: no link-layer address, but 33 bytes",
        GetlinkReply.of(nest(Map.of("address", new byte[33])))::address);
    assertMalformed(
        "address: no link-layer address, but 0 bytes",
        GetlinkReply.of(nest(Map.of("address", new byte[0])))::address);
    assertMalformed(
        "ifname: no text, but 2 bytes",
        GetlinkReply.of(nest(Map.of("ifname", new byte[2])))::ifname);
  }

  @Test
  void whatASelectorSelectsIsOfItsClass() {
    Linkinfo bridge =
        Linkinfo.of(nest(Map.of("kind", "bridge", "data", Map.of("forward-delay", 5))));
    Linkinfo unknown = Linkinfo.of(nest(Map.of("kind", "new", "data", new byte[] {1})));
    Linkinfo nothing = Linkinfo.of(nest(Map.of("kind", "new", "data", Map.of())));
    Linkinfo broken = Linkinfo.of(nest(Map.of("kind", "vlan", "data", new byte[] {1})));
    Linkinfo alone = Linkinfo.of(nest(Map.of("data", new byte[] {1})));

    assertThat(bridge.data()).hasValue(LinkinfoData.bridge(b -> b.forwardDelay(5)));
    assertThat(unknown.data()).hasValue(new LinkinfoData.Unknown("new", Value.of(new byte[] {1})));
    assertThat(nothing.data()).hasValue(new LinkinfoData.Unknown("new", nest(Map.of())));
    assertThat(broken.data()).hasValue(new LinkinfoData.Unknown("vlan", Value.of(new byte[] {1})));
    assertThat(alone.data()).hasValue(new LinkinfoData.Unknown("", Value.of(new byte[] {1})));
    assertThat(Linkinfo.of(i -> i.data(unknown.data().orElseThrow()))).isEqualTo(unknown);
  }

  @Test
  void viewsAreEqualIfClassAndValueAre() {
    NestValue value = nest(Map.of("rx", 5));
    RingsGetReply reply = RingsGetReply.of(value);

    assertThat(reply)
        .isEqualTo(RingsGetReply.of(r -> r.rx(5)))
        .hasSameHashCodeAs(RingsGetReply.of(r -> r.rx(5)))
        .isNotEqualTo(RingsGetReply.of(r -> r.rx(6)))
        .isNotEqualTo(RingsNtf.of(value))
        .hasToString("{\"rx\":5}");
  }

  @Test
  void builtOnesAreShownWithNames() {
    assertThat(
            RingsGetReply.of(
                r ->
                    r.header(
                            h ->
                                h.flags(
                                    Flags.ofBits(HeaderFlags.class, HeaderFlags.STATS.bit() | 16)))
                        .tcpDataSplit(TcpDataSplit.ENABLED)))
        .hasToString("{\"header\":{\"flags\":[\"stats\",16]},\"tcp-data-split\":\"enabled\"}");
  }
}
