package dev.jgenl.bench.client;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * This library without specs: records and readers as one writes them for a family, by the numbers
 * of linux/ethtool.h, linux/if_link.h and linux/wireguard.h. Fields that are not asked for are not
 * read.
 */
public final class HandClient {

  private HandClient() {}

  public static void main(String[] args) {
    Serve.main(args, kernel -> kernel == Kernel.HOST ? new OnHost() : new InVm());
  }

  private static final class OnHost extends ObjectClient {

    private static final int LINKINFO_GET = 2;
    private static final int FEATURES_GET = 11;

    private final Genl genl = Genl.open();
    private final GenlFamily ethtool = genl.family("ethtool");
    private final Netlink route = Netlink.open(Netlink.ROUTE);

    OnHost() throws NetlinkException {}

    private GenlRequest request(int command) {
      return GenlRequest.of(ethtool, command, a -> a.putNested(1, h -> h.putString(2, LINK)));
    }

    @Override
    Sum linkinfo() throws NetlinkException {
      LinkInfo info = genl.request(request(LINKINFO_GET), LinkInfo::read);
      return new Sum()
          .object()
          .add(info.index)
          .add(info.name)
          .add(info.port)
          .add(info.address)
          .add(info.mdix)
          .add(info.mdixControl)
          .add(info.transceiver);
    }

    @Override
    Sum features() throws NetlinkException {
      Features features = genl.request(request(FEATURES_GET), m -> Features.read(m.attributes()));
      Sum sum = new Sum().object();
      add(sum, features.hardware());
      add(sum, features.wanted());
      add(sum, features.active());
      add(sum, features.unchangeable());
      return sum;
    }

    private static void add(Sum sum, List<Features.Feature> features) {
      for (Features.Feature feature : features) {
        sum.add(feature.index()).add(feature.name()).add(feature.value());
      }
    }

    @Override
    Sum links() throws NetlinkException {
      Sum sum = new Sum();
      try (Dump<NetlinkMessage> dump = route.dump(JgenlClient.LINKS)) {
        for (NetlinkMessage m : dump) {
          Link link = Link.read(m);
          sum.object()
              .add(link.index)
              .add(link.name)
              .add(link.mtu)
              .add(link.queueLength)
              .add(link.group)
              .add(link.queues)
              .add(link.address.bytes(), 5)
              .add(link.errors)
              .add(link.kind.equals("veth"));
        }
      }
      return sum;
    }
  }

  private record LinkInfo(
      long index, String name, int port, int address, int mdix, int mdixControl, int transceiver) {

    static LinkInfo read(GenlMessage m) {
      Attributes info = m.attributes();
      Attributes header = info.get(1).nested();
      return new LinkInfo(
          header.get(1).u32(),
          header.get(2).string(),
          info.get(2).u8(),
          info.get(3).u8(),
          info.get(4).u8(),
          info.get(5).u8(),
          info.get(6).u8());
    }
  }

  private record Link(
      int index,
      String name,
      long mtu,
      long queueLength,
      long group,
      long queues,
      MacAddress address,
      long errors,
      String kind) {

    private static final MacAddress NO_ADDRESS = MacAddress.of((byte) 0);
    private static final int INDEX = 4;
    private static final int ERRORS = 32;

    static Link read(NetlinkMessage m) {
      String name = "";
      String kind = "";
      long mtu = 0;
      long queueLength = 0;
      long group = 0;
      long queues = 0;
      long errors = 0;
      MacAddress address = NO_ADDRESS;
      for (Attribute a : m.attributes(JgenlClient.IFINFOMSG)) {
        switch (a.type()) {
          case 1 -> address = a.macAddress();
          case 3 -> name = a.string();
          case 4 -> mtu = a.u32();
          case 13 -> queueLength = a.u32();
          case 18 -> kind = a.nested().findString(1).orElse("");
          case 23 -> errors = a.payload().getLong(ERRORS);
          case 27 -> group = a.u32();
          case 31 -> queues = a.u32();
          default -> {}
        }
      }
      int index = m.header(JgenlClient.IFINFOMSG).getInt(INDEX);
      return new Link(index, name, mtu, queueLength, group, queues, address, errors, kind);
    }
  }

  private static final class InVm extends ObjectClient {

    private static final int GET_DEVICE = 0;

    private final Genl genl = Genl.open();
    private final GenlFamily wireguard = genl.family("wireguard");

    InVm() throws NetlinkException {}

    @Override
    Sum peers() throws NetlinkException {
      List<Peer> peers = new ArrayList<>();
      GenlRequest request = GenlRequest.of(wireguard, GET_DEVICE, a -> a.putString(2, DEVICE));
      try (Dump<GenlMessage> dump = genl.dump(request)) {
        for (GenlMessage m : dump) {
          for (Attribute peer : m.attributes().get(8).nested()) {
            read(peer.nested(), peers);
          }
        }
      }
      Sum sum = new Sum();
      peers.forEach(peer -> add(sum.object(), peer));
      return sum;
    }

    /** A peer of which the kernel has begun before comes without an endpoint. */
    private static void read(Attributes attributes, List<Peer> peers) {
      Peer peer = attributes.has(4) ? Peer.read(attributes) : peers.remove(peers.size() - 1);
      for (Attribute allowed : attributes.get(9).nested()) {
        Attributes a = allowed.nested();
        peer.allowed.add(new Allowed(a.get(2).inetAddress(), a.get(3).u8()));
      }
      peers.add(peer);
    }

    private static void add(Sum sum, Peer peer) {
      sum.add(peer.key.get(0) & 0xff)
          .add(peer.endpoint.get(PORT) & 0xff)
          .add(peer.endpoint.get(ADDRESS) & 0xff)
          .add(peer.keepalive)
          .add(peer.handshake)
          .add(peer.received)
          .add(peer.sent)
          .add(peer.version);
      for (Allowed allowed : peer.allowed) {
        sum.add(allowed.address.getAddress(), 3).add(allowed.mask);
      }
    }
  }

  private record Allowed(InetAddress address, int mask) {}

  private record Peer(
      ByteBuffer key,
      ByteBuffer endpoint,
      int keepalive,
      long handshake,
      long received,
      long sent,
      long version,
      List<Allowed> allowed) {

    static Peer read(Attributes peer) {
      return new Peer(
          peer.get(1).payload(),
          peer.get(4).payload(),
          peer.get(5).u16(),
          peer.get(6).payload().getLong(0),
          peer.get(7).u64(),
          peer.get(8).u64(),
          peer.get(10).u32(),
          new ArrayList<>());
    }
  }
}
