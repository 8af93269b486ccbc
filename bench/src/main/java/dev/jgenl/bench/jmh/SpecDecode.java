package dev.jgenl.bench.jmh;

import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a message by its spec, and for comparison by code written for it: the
 * features of the loopback device, some 270 attributes in five nests.
 *
 * <pre>
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main SpecDecode
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class SpecDecode {

  private static final int FEATURES_GET = 11;
  private static final int RTM_GETLINK = 18;

  /** A feature, as a program would have it. */
  public record Feature(long index, String name, boolean value) {}

  /** The answer to features-get, as a program would have it. */
  public record Features(
      long device,
      String name,
      List<Feature> hardware,
      List<Feature> wanted,
      List<Feature> active,
      List<Feature> unchangeable) {}

  private Genl genl;
  private Netlink route;
  private DynamicClient client;
  private DynamicFamily ethtool;
  private DynamicFamily links;
  private GenlMessage features;
  private NetlinkMessage link;

  /** Opens what it takes, and asks once. */
  @Setup
  public void setup() throws NetlinkException {
    client = DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.bundled());
    ethtool = client.family("ethtool");
    links = client.family("rt-link");
    genl = Genl.open();
    features =
        genl.request(
            genl.family("ethtool"),
            FEATURES_GET,
            a -> a.putNested(1, header -> header.putString(2, "lo")));
    route = Netlink.open(Netlink.ROUTE);
    byte[] ifinfomsg = new byte[16];
    link = route.request(NetlinkRequest.of(RTM_GETLINK, ifinfomsg, a -> a.putString(3, "lo")));
  }

  /** Closes it. */
  @TearDown
  public void tearDown() {
    route.close();
    genl.close();
    client.close();
  }

  @Benchmark
  public Value featuresByName() {
    return ethtool.read("features-get", features);
  }

  @Benchmark
  public Value linkByName() {
    return links.read("getlink", link);
  }

  @Benchmark
  public Features featuresByHand() {
    long device = 0;
    String name = "";
    List<Feature> hardware = List.of();
    List<Feature> wanted = List.of();
    List<Feature> active = List.of();
    List<Feature> unchangeable = List.of();
    for (Attribute a : features.attributes()) {
      switch (a.type()) {
        case 1 -> {
          for (Attribute h : a.nested()) {
            switch (h.type()) {
              case 1 -> device = h.u32();
              case 2 -> name = h.string();
              default -> {}
            }
          }
        }
        case 2 -> hardware = bitset(a.nested());
        case 3 -> wanted = bitset(a.nested());
        case 4 -> active = bitset(a.nested());
        case 5 -> unchangeable = bitset(a.nested());
        default -> {}
      }
    }
    return new Features(device, name, hardware, wanted, active, unchangeable);
  }

  private static List<Feature> bitset(Attributes bitset) {
    List<Feature> features = new ArrayList<>();
    for (Attribute bits : bitset) {
      if (bits.type() == 3) {
        for (Attribute bit : bits.nested()) {
          features.add(feature(bit.nested()));
        }
      }
    }
    return features;
  }

  private static Feature feature(Attributes bit) {
    long index = 0;
    String name = "";
    boolean value = false;
    for (Attribute a : bit) {
      switch (a.type()) {
        case 1 -> index = a.u32();
        case 2 -> name = a.string();
        case 3 -> value = true;
        default -> {}
      }
    }
    return new Feature(index, name, value);
  }
}
