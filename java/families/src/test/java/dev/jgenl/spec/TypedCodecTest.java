package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.families.ethtool.Ethtool;
import dev.jgenl.families.ethtool.HeaderFlags;
import dev.jgenl.families.ethtool.RingsGetReply;
import dev.jgenl.families.ethtool.TcpDataSplit;
import dev.jgenl.families.rtlink.GetlinkReply;
import dev.jgenl.families.rtlink.IfinfoFlags;
import dev.jgenl.families.rtlink.LinkinfoData;
import dev.jgenl.families.rtlink.RtLink;
import dev.jgenl.families.wireguard.GetDeviceReply;
import dev.jgenl.families.wireguard.Wireguard;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.typed.Bytes;
import dev.jgenl.spec.typed.EnumValue;
import dev.jgenl.spec.typed.Flags;
import dev.jgenl.wire.MacAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was built with methods is sent, and what comes is read with methods. */
class TypedCodecTest {

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void nestsAndNumbersComeBack(ByteOrder order) {
    RingsGetReply reply =
        RingsGetReply.of(
            r ->
                r.header(h -> h.devName("eth0").flags(HeaderFlags.STATS, HeaderFlags.OMIT_REPLY))
                    .rx(0xffff_ffffL)
                    .tcpDataSplit(EnumValue.of(TcpDataSplit.class, 77))
                    .txPush(1));

    NestValue read = sent(Ethtool.model(), "rings-get", reply.toValue(), order);

    assertThat(RingsGetReply.of(read)).isEqualTo(reply).hasToString(reply.toString());
    assertThat(read).isEqualTo(reply.toValue());
    // Nothing is looked up by name.
    assertThat(read.shape()).isSameAs(reply.toValue().shape());
    assertThat(RingsGetReply.of(read).rx()).hasValue(0xffff_ffffL);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void headersStructsAndWhatIsSelectedComeBack(ByteOrder order) {
    GetlinkReply reply =
        GetlinkReply.of(
            r ->
                r.header(
                        h ->
                            h.ifiType(772)
                                .ifiIndex(-1)
                                .ifiFlags(Flags.ofBits(IfinfoFlags.class, 0x8000_0001L)))
                    .address(MacAddress.parse("02:00:00:00:00:2a"))
                    .ifname("br0")
                    .linkinfo(i -> i.data(LinkinfoData.bridge(b -> b.forwardDelay(1500))))
                    .stats64(s -> s.rxBytes(-2)));

    NestValue read = sent(RtLink.model(), "getlink", reply.toValue(), order);
    GetlinkReply typed = GetlinkReply.of(read);

    assertThat(read.shape()).isSameAs(reply.toValue().shape());
    assertThat(typed.header().ifiType()).isEqualTo(772);
    assertThat(typed.header().ifiIndex()).isEqualTo(-1);
    assertThat(typed.header().ifiFlags().known()).containsExactly(IfinfoFlags.UP);
    assertThat(typed.header().ifiFlags().unknownBits()).isEqualTo(0x8000_0000L);
    assertThat(typed.address()).hasValue(MacAddress.parse("02:00:00:00:00:2a"));
    assertThat(typed.linkinfo().flatMap(i -> i.data()))
        .hasValueSatisfying(
            data -> assertThat(((LinkinfoData.Bridge) data).forwardDelay()).hasValue(1500));
    assertThat(typed.stats64().orElseThrow().rxBytes()).isEqualTo(-2);
    assertThat(typed.stats64().orElseThrow().txBytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void arraysOfNestsComeBack(ByteOrder order) throws UnknownHostException {
    InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
    GetDeviceReply reply =
        GetDeviceReply.of(
            r ->
                r.ifname("wg0")
                    .peers(
                        p ->
                            p.publicKey(new byte[32])
                                .lastHandshakeTime(t -> t.sec(7))
                                .rxBytes(Long.MIN_VALUE)
                                .allowedips(a -> a.family(10).ipaddr(ipv6).cidrMask(64))
                                .allowedips(a -> a.family(10).cidrMask(128)))
                    .peers(p -> p.publicKey(Bytes.of(new byte[32]))));

    GetDeviceReply read =
        GetDeviceReply.of(sent(Wireguard.model(), "get-device", reply.toValue(), order));

    assertThat(read.peers()).hasSize(2);
    assertThat(read.peers().get(0).lastHandshakeTime().orElseThrow().sec()).isEqualTo(7);
    assertThat(read.peers().get(0).rxBytes()).hasValue(Long.MIN_VALUE);
    assertThat(read.peers().get(0).allowedips().get(0).ipaddr()).hasValue(ipv6);
    assertThat(read.peers().get(0).allowedips())
        .extracting(a -> a.cidrMask().orElseThrow())
        .isEqualTo(List.of(64, 128));
    assertThat(read.peers().get(1)).isEqualTo(reply.peers().get(1));
  }

  private static NestValue sent(Family family, String operation, NestValue value, ByteOrder order) {
    Operations operations = new Operations(family, order);
    MessageCodec codec = operations.message(operations.operation(operation));
    return codec.read(ByteBuffer.wrap(codec.bytes(value, null, order)).order(order), null);
  }
}
