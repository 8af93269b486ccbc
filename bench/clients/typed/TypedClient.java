package dev.jgenl.bench.client;

import dev.jgenl.NetlinkException;
import dev.jgenl.families.ethtool.Bitset;
import dev.jgenl.families.ethtool.BitsetBit;
import dev.jgenl.families.ethtool.BitsetBits;
import dev.jgenl.families.ethtool.Ethtool;
import dev.jgenl.families.ethtool.FeaturesGetReply;
import dev.jgenl.families.ethtool.Header;
import dev.jgenl.families.ethtool.LinkinfoGetReply;
import dev.jgenl.families.rtlink.GetlinkReply;
import dev.jgenl.families.rtlink.Linkinfo;
import dev.jgenl.families.rtlink.RtLink;
import dev.jgenl.families.wireguard.GetDeviceReply;
import dev.jgenl.families.wireguard.Wgallowedip;
import dev.jgenl.families.wireguard.Wgpeer;
import dev.jgenl.families.wireguard.Wireguard;
import dev.jgenl.spec.typed.TypedDump;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The generated classes of this library. */
public final class TypedClient {

  private TypedClient() {}

  public static void main(String[] args) {
    Serve.main(args, kernel -> kernel == Kernel.HOST ? new OnHost() : new InVm());
  }

  private static final class OnHost extends ObjectClient {

    private final Ethtool ethtool = Ethtool.open();
    private final RtLink route = RtLink.open();

    OnHost() throws NetlinkException {}

    @Override
    Sum linkinfo() throws NetlinkException {
      LinkinfoGetReply info = ethtool.linkinfoGet(r -> r.header(h -> h.devName(LINK)));
      Header header = info.header().orElseThrow();
      return new Sum()
          .object()
          .add(header.devIndex().orElseThrow())
          .add(header.devName().orElseThrow())
          .add(info.port().orElseThrow())
          .add(info.phyaddr().orElseThrow())
          .add(info.tpMdix().orElseThrow())
          .add(info.tpMdixCtrl().orElseThrow())
          .add(info.transceiver().orElseThrow());
    }

    @Override
    Sum features() throws NetlinkException {
      FeaturesGetReply features = ethtool.featuresGet(r -> r.header(h -> h.devName(LINK)));
      Sum sum = new Sum().object();
      add(sum, features.hw());
      add(sum, features.wanted());
      add(sum, features.active());
      add(sum, features.nochange());
      return sum;
    }

    private static void add(Sum sum, Optional<Bitset> features) {
      List<BitsetBit> bits = features.flatMap(Bitset::bits).map(BitsetBits::bit).orElse(List.of());
      for (BitsetBit bit : bits) {
        sum.add(bit.index().orElseThrow()).add(bit.name().orElseThrow()).add(bit.value());
      }
    }

    @Override
    Sum links() throws NetlinkException {
      Sum sum = new Sum();
      try (TypedDump<GetlinkReply> dump = route.getlinkDump()) {
        for (GetlinkReply link : dump) {
          String kind = link.linkinfo().flatMap(Linkinfo::kind).orElse("");
          sum.object()
              .add(link.header().ifiIndex())
              .add(link.ifname().orElseThrow())
              .add(link.mtu().orElseThrow())
              .add(link.txqlen().orElseThrow())
              .add(link.group().orElseThrow())
              .add(link.numTxQueues().orElseThrow())
              .add(link.address().orElseThrow().bytes(), 5)
              .add(link.stats64().orElseThrow().rxErrors())
              .add(kind.equals("veth"));
        }
      }
      return sum;
    }
  }

  private static final class InVm extends ObjectClient {

    private final Wireguard wireguard = Wireguard.open();

    InVm() throws NetlinkException {}

    @Override
    Sum peers() throws NetlinkException {
      Sum sum = new Sum();
      try (TypedDump<GetDeviceReply> dump = wireguard.getDeviceDump(r -> r.ifname(DEVICE))) {
        for (GetDeviceReply device : dump.merged()) {
          device.peers().forEach(peer -> add(sum.object(), peer));
        }
      }
      return sum;
    }

    private static void add(Sum sum, Wgpeer peer) {
      InetSocketAddress endpoint = peer.endpoint().orElseThrow();
      sum.add(peer.publicKey().orElseThrow().toArray(), 0)
          .add(endpoint.getPort() & 0xff)
          .add(endpoint.getAddress().getAddress(), 3)
          .add(peer.persistentKeepaliveInterval().orElseThrow())
          .add(peer.lastHandshakeTime().orElseThrow().sec())
          .add(peer.rxBytes().orElseThrow())
          .add(peer.txBytes().orElseThrow())
          .add(peer.protocolVersion().orElseThrow());
      for (Wgallowedip allowed : peer.allowedips()) {
        sum.add(allowed.ipaddr().orElseThrow().getAddress(), 3)
            .add(allowed.cidrMask().orElseThrow());
      }
    }
  }
}
