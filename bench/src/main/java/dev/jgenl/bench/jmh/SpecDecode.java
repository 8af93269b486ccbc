package dev.jgenl.bench.jmh;

import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.bench.client.Features;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
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
  public int featuresByName() {
    return lookAt(ethtool.read("features-get", features));
  }

  @Benchmark
  public int linkByName() {
    return lookAt(links.read("getlink", link));
  }

  /** Counts all values: a nest that nobody looks at is not read. */
  private static int lookAt(Value value) {
    int count = 1;
    if (value instanceof NestValue nest) {
      for (int slot = 0; slot < nest.shape().names().size(); slot++) {
        Value within = nest.get(slot);
        count += within == null ? 0 : lookAt(within);
      }
    } else if (value instanceof ListValue list) {
      for (Value element : list.asList()) {
        count += lookAt(element);
      }
    }
    return count;
  }

  @Benchmark
  public Features featuresByHand() {
    return Features.read(features.attributes());
  }
}
