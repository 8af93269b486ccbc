package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lists what the kernel remembers of the hosts that it spoke TCP with, through the family
 * "tcp_metrics": a dump. The numbers are those of {@code include/uapi/linux/tcp_metrics.h}.
 *
 * <p>Safe to share between threads; must be closed.
 *
 * <pre>
 * mvn package
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.TcpMetrics
 * </pre>
 */
public final class TcpMetrics implements AutoCloseable {

  private static final int CMD_GET = 1;

  private static final int ATTR_ADDR_IPV4 = 1;
  private static final int ATTR_ADDR_IPV6 = 2;
  private static final int ATTR_AGE = 3;
  private static final int ATTR_VALS = 6;
  private static final int ATTR_SADDR_IPV4 = 11;
  private static final int ATTR_SADDR_IPV6 = 12;

  private static final int METRIC_SSTHRESH = 3;
  private static final int METRIC_CWND = 4;
  private static final int METRIC_RTT_US = 6;
  private static final int METRIC_RTTVAR_US = 7;

  private static final String USAGE =
      """
      usage: TcpMetrics

      Lists what the kernel remembers of the hosts that it spoke TCP with.
      """;

  private final Genl genl;
  private final GenlFamily family;

  private TcpMetrics(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /**
   * What the kernel remembers of a host.
   *
   * @param host the host
   * @param source our address in those connections
   * @param age since it was learnt, to 1 ms
   * @param roundTrip the smoothed round trip time in us
   * @param variance how much the round trip time varies, in us
   * @param congestionWindow in segments
   * @param slowStartThreshold in segments
   */
  public record Metrics(
      InetAddress host,
      Optional<InetAddress> source,
      Duration age,
      OptionalLong roundTrip,
      OptionalLong variance,
      OptionalLong congestionWindow,
      OptionalLong slowStartThreshold) {}

  /**
   * Connects.
   *
   * @return an open client
   * @throws FamilyNotFoundException if the kernel lacks the family
   * @throws NetlinkException for any other failure
   */
  public static TcpMetrics open() throws NetlinkException {
    Genl genl = Genl.open();
    try {
      return new TcpMetrics(genl, genl.family("tcp_metrics"));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy("it is part of every kernel with CONFIG_INET, and no module");
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /**
   * Lists the hosts of this network namespace.
   *
   * @return what is remembered of each
   * @throws NetlinkException if the dump fails
   */
  public List<Metrics> list() throws NetlinkException {
    List<Metrics> hosts = new ArrayList<>();
    try (Dump<GenlMessage> dump = genl.dump(family, CMD_GET)) {
      for (GenlMessage m : dump.toList()) {
        hosts.add(metricsOf(m.attributes()));
      }
    }
    return hosts;
  }

  @Override
  public void close() {
    genl.close();
  }

  private static Metrics metricsOf(Attributes a) {
    Attributes values = a.findNested(ATTR_VALS).orElse(Attributes.none());
    return new Metrics(
        address(a, ATTR_ADDR_IPV4, ATTR_ADDR_IPV6)
            .orElseThrow(() -> new MalformedMessageException("metrics of no address")),
        address(a, ATTR_SADDR_IPV4, ATTR_SADDR_IPV6),
        Duration.ofMillis(a.get(ATTR_AGE).u64()),
        number(values, METRIC_RTT_US, 8),
        number(values, METRIC_RTTVAR_US, 4),
        number(values, METRIC_CWND, 1),
        number(values, METRIC_SSTHRESH, 1));
  }

  private static Optional<InetAddress> address(Attributes a, int ipv4, int ipv6) {
    return a.findInetAddress(ipv4).or(() -> a.findInetAddress(ipv6));
  }

  /** Reads a metric; the kernel keeps times as multiples of a fraction of a microsecond. */
  private static OptionalLong number(Attributes values, int metric, int fraction) {
    OptionalLong number = values.findU32(metric);
    return number.isPresent() ? OptionalLong.of(number.getAsLong() / fraction) : number;
  }

  /**
   * Prints the list.
   *
   * @param args none
   */
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (args.length > 0) {
      System.err.print(USAGE);
      System.exit(2);
    }
    try (TcpMetrics client = open()) {
      List<Metrics> hosts = client.list();
      hosts.forEach(TcpMetrics::print);
      System.out.println(hosts.size() + " hosts");
    } catch (NetlinkException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("TcpMetrics: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void print(Metrics m) {
    StringBuilder line = new StringBuilder(m.host().getHostAddress());
    m.source().ifPresent(s -> line.append(" from ").append(s.getHostAddress()));
    m.roundTrip().ifPresent(us -> line.append(", round trip ").append(us).append(" us"));
    m.variance().ifPresent(us -> line.append(" +- ").append(us).append(" us"));
    m.congestionWindow().ifPresent(n -> line.append(", window ").append(n));
    m.slowStartThreshold().ifPresent(n -> line.append(", threshold ").append(n));
    System.out.println(line.append(", learnt ").append(m.age().toSeconds()).append(" s ago"));
  }
}
