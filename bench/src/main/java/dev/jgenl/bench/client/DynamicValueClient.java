package dev.jgenl.bench.client;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicDump;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import java.util.List;
import java.util.Map;

/** The client of this library that knows families by the names of their specs. */
public final class DynamicValueClient {

  private DynamicValueClient() {}

  public static void main(String[] args) {
    Serve.main(
        args,
        kernel -> {
          DynamicClient client = DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.bundled());
          return kernel == Kernel.HOST ? new OnHost(client) : new InVm(client);
        });
  }

  private static final class OnHost extends ObjectClient {

    private final DynamicFamily ethtool;
    private final DynamicFamily route;

    OnHost(DynamicClient client) throws NetlinkException {
      ethtool = client.family("ethtool");
      route = client.family("rt-link");
    }

    private Value ask(String operation) throws NetlinkException {
      return ethtool.request(operation, Value.of(Map.of("header", Map.of("dev-name", LINK))));
    }

    @Override
    Sum linkinfo() throws NetlinkException {
      Value info = ask("linkinfo-get");
      Value header = info.at("header");
      return new Sum()
          .object()
          .add(header.at("dev-index").asLong())
          .add(header.at("dev-name").asText())
          .add(info.at("port").asLong())
          .add(info.at("phyaddr").asLong())
          .add(info.at("tp-mdix").asLong())
          .add(info.at("tp-mdix-ctrl").asLong())
          .add(info.at("transceiver").asLong());
    }

    @Override
    Sum features() throws NetlinkException {
      Value features = ask("features-get");
      Sum sum = new Sum().object();
      for (String set : List.of("hw", "wanted", "active", "nochange")) {
        List<Value> bits =
            features
                .find(set)
                .flatMap(f -> f.find("bits"))
                .flatMap(b -> b.find("bit"))
                .map(Value::asList)
                .orElse(List.of());
        for (Value bit : bits) {
          sum.add(bit.at("index").asLong())
              .add(bit.at("name").asText())
              .add(bit.find("value").isPresent());
        }
      }
      return sum;
    }

    @Override
    Sum links() throws NetlinkException {
      Sum sum = new Sum();
      try (DynamicDump dump = route.dump("getlink", Value.of(Map.of()))) {
        for (Value link : dump) {
          String kind =
              link.find("linkinfo").flatMap(i -> i.find("kind")).map(Value::asText).orElse("");
          sum.object()
              .add(link.at("ifi-index").asLong())
              .add(link.at("ifname").asText())
              .add(link.at("mtu").asLong())
              .add(link.at("txqlen").asLong())
              .add(link.at("group").asLong())
              .add(link.at("num-tx-queues").asLong())
              .add(link.at("address").asBytes(), 5)
              .add(link.at("stats64").at("rx-errors").asLong())
              .add(kind.equals("veth"));
        }
      }
      return sum;
    }
  }

  private static final class InVm extends ObjectClient {

    private final DynamicFamily wireguard;

    InVm(DynamicClient client) throws NetlinkException {
      wireguard = client.family("wireguard");
    }

    @Override
    Sum peers() throws NetlinkException {
      Sum sum = new Sum();
      try (DynamicDump dump = wireguard.dump("get-device", Value.of(Map.of("ifname", DEVICE)))) {
        for (Value device : dump.merged()) {
          device.at("peers").asList().forEach(peer -> add(sum.object(), peer));
        }
      }
      return sum;
    }

    private static void add(Sum sum, Value peer) {
      byte[] endpoint = peer.at("endpoint").asBytes();
      sum.add(peer.at("public-key").asBytes(), 0)
          .add(endpoint, PORT)
          .add(endpoint, ADDRESS)
          .add(peer.at("persistent-keepalive-interval").asLong())
          .add(peer.at("last-handshake-time").at("sec").asLong())
          .add(peer.at("rx-bytes").asLong())
          .add(peer.at("tx-bytes").asLong())
          .add(peer.at("protocol-version").asLong());
      for (Value allowed : peer.at("allowedips").asList()) {
        sum.add(allowed.at("ipaddr").asBytes(), 3).add(allowed.at("cidr-mask").asLong());
      }
    }
  }
}
