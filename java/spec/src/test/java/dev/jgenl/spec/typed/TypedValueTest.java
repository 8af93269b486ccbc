package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.sample.ethtool.Bitset;
import dev.jgenl.spec.sample.ethtool.HeaderFlags;
import dev.jgenl.spec.sample.ethtool.RingsGetReply;
import dev.jgenl.spec.sample.ethtool.RingsNtf;
import dev.jgenl.spec.sample.ethtool.TcpDataSplit;
import dev.jgenl.spec.sample.rtlink.GetlinkReply;
import dev.jgenl.spec.sample.rtlink.LinkinfoAttrs;
import dev.jgenl.spec.sample.rtlink.LinkinfoData;
import dev.jgenl.spec.sample.rtlink.RtnlLinkStats64;
import dev.jgenl.wire.Bitfield32;
import dev.jgenl.wire.MalformedMessageException;
import java.net.Inet6Address;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TypedValueTest {

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
    assertThat(Probe.empty().numbers()).isEmpty();
  }

  @Test
  void structThatIsTooShortHasZeroes() {
    assertThat(RtnlLinkStats64.of(nest(Map.of("rx-packets", 5))).rxPackets()).isEqualTo(5);
    assertThat(RtnlLinkStats64.of(nest(Map.of("rx-packets", 5))).txBytes()).isZero();
    assertThat(Probe.empty().memberText()).isEmpty();
    assertThat(Probe.empty().memberBytes()).isEqualTo(Bytes.of());
    assertThat(Probe.empty().memberEnum().known()).hasValue(TcpDataSplit.UNKNOWN);
    assertThat(Probe.empty().memberNest().memberText()).isEmpty();
    assertThat(Probe.of("text").memberText()).isEqualTo("text");
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
  void wrongKindsOfEverythingAreMalformed() {
    assertMalformed("it: no UUID, but 3 bytes", Probe.of(new byte[3])::uuid);
    assertMalformed("it: no UUID, but text or a flag", Probe.of("x")::uuid);
    assertMalformed("it: no address, but 5 bytes", Probe.of(new byte[5])::address);
    assertMalformed("it: no bitfield, but 8 bytes", Probe.of(new byte[8])::bitfield);
    assertMalformed("it: no text, but a nest", Probe.of(Map.of())::memberText);
    assertMalformed("it: no bytes, but a number", Probe.of(7)::memberBytes);
    assertMalformed("it: no nest, but a number", Probe.of(7)::memberNest);
    assertMalformed("it: no number, but text or a flag", Probe.of("7")::memberEnum);
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
  void elementThatIsNotAsTheSpecSaysCostsNoOther() {
    Probe probe = Probe.of(List.of(1, new byte[3], 3));
    Probe nested = Probe.of(List.of(List.of("a"), List.of("b", 1)));

    assertThat(probe.numbers().get(2)).isEqualTo(3);
    assertMalformed("it[1]: no number, but 3 bytes", () -> probe.numbers().get(1));
    assertMalformed("[1]: no text, but a number", () -> nested.texts().get(1).get(1));
    assertThat(Probe.of(new byte[3]).numbers()).hasSize(1);
    assertMalformed("it[0]: no number, but 3 bytes", Probe.of(new byte[3]).numbers()::toString);
  }

  @Test
  void listsAreReadInEveryWay() {
    assertThat(Probe.of(List.of(1, 9)).enums())
        .extracting(EnumValue::toString)
        .containsExactly("disabled", "9");
    assertThat(Probe.of(List.of(1, 8)).flags())
        .containsExactly(Flags.of(HeaderFlags.COMPACT_BITSETS), Flags.ofBits(HeaderFlags.class, 8));
    assertThat(Probe.of(List.of(List.of("a", "b"), List.of())).texts())
        .containsExactly(List.of("a", "b"), List.of());
    assertThat(Probe.of(List.of(Map.of("it", 1), Map.of())).probes())
        .containsExactly(Probe.of(1), Probe.empty());
    // What is there once may be alone.
    assertThat(Probe.of(Map.of("it", 1)).probes()).containsExactly(Probe.of(1));
  }

  @Test
  void addressesAreThoseThatWereSent() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = -1;
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    assertThat(Probe.of(mapped).address().orElseThrow()).isInstanceOf(Inet6Address.class);
    assertThat(Probe.of(mapped).address().orElseThrow().getAddress()).isEqualTo(mapped);
    assertThat(Probe.of(0xc0000201L).address().orElseThrow().getHostAddress())
        .isEqualTo("192.0.2.1");
    assertThat(Probe.of(uuid).uuid()).hasValue(uuid);
  }

  @Test
  void bitfieldsSayWhichBitsAreMeant() {
    Probe probe = Probe.of(Map.of("value", 1, "selector", 0x8000_0005L));
    Bitfield<HeaderFlags> bits = probe.bitfield().orElseThrow();

    assertThat(bits.isOn(HeaderFlags.COMPACT_BITSETS)).isTrue();
    assertThat(bits.isOff(HeaderFlags.COMPACT_BITSETS)).isFalse();
    assertThat(bits.isOff(HeaderFlags.STATS)).isTrue();
    assertThat(bits.isOff(HeaderFlags.OMIT_REPLY)).isFalse();
    assertThat(bits.selector().unknownBits()).isEqualTo(0x8000_0000L);
    assertThat(probe.bitfield32()).hasValue(new Bitfield32(1, 0x8000_0005));
    assertThat(Probe.of(bits.toValue())).isEqualTo(probe);
  }

  @Test
  void whatASelectorSelectsIsOfItsClass() {
    LinkinfoAttrs bridge =
        LinkinfoAttrs.of(nest(Map.of("kind", "bridge", "data", Map.of("forward-delay", 5))));
    LinkinfoAttrs unknown = LinkinfoAttrs.of(nest(Map.of("kind", "new", "data", new byte[] {1})));
    LinkinfoAttrs nothing = LinkinfoAttrs.of(nest(Map.of("kind", "new", "data", Map.of())));
    LinkinfoAttrs broken = LinkinfoAttrs.of(nest(Map.of("kind", "vlan", "data", new byte[] {1})));
    LinkinfoAttrs alone = LinkinfoAttrs.of(nest(Map.of("data", new byte[] {1})));

    assertThat(bridge.data()).hasValue(LinkinfoData.bridge(b -> b.forwardDelay(5)));
    assertThat(unknown.data()).hasValue(new LinkinfoData.Unknown("new", Bytes.of(new byte[] {1})));
    assertThat(nothing.data()).hasValue(new LinkinfoData.Unknown("new", Bytes.of()));
    assertThat(broken.data()).hasValue(new LinkinfoData.Unknown("vlan", Bytes.of(new byte[] {1})));
    assertThat(alone.data()).hasValue(new LinkinfoData.Unknown("", Bytes.of(new byte[] {1})));
    assertThat(LinkinfoAttrs.of(i -> i.data(unknown.data().orElseThrow()))).isEqualTo(unknown);
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
