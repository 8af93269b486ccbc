package dev.jgenl.examples.typed;

import dev.jgenl.NetlinkException;
import dev.jgenl.families.tcpmetrics.GetReply;
import dev.jgenl.families.tcpmetrics.Metrics;
import dev.jgenl.families.tcpmetrics.TcpMetrics;
import dev.jgenl.spec.IpPrefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Lists what the kernel remembers of the hosts that it spoke TCP with: a dump. */
public final class TcpHosts {

  private static final String USAGE =
      """
      usage: TcpHosts

      Lists what the kernel remembers of the hosts that it spoke TCP with.
      """;

  private TcpHosts() {}

  /** Prints the list. */
  public static void main(String[] args) {
    Program.run(TcpHosts.class, USAGE, "", args, TcpHosts::list);
  }

  private static void list() throws NetlinkException {
    try (TcpMetrics tcp = TcpMetrics.open()) {
      List<GetReply> hosts = tcp.getDump().toList();
      hosts.forEach(TcpHosts::print);
      System.out.println(hosts.size() + " hosts");
    }
  }

  private static void print(GetReply host) {
    StringBuilder line = new StringBuilder();
    host.addrIpv4().or(host::addrIpv6).map(TcpHosts::text).ifPresent(line::append);
    host.saddrIpv4().or(host::saddrIpv6).ifPresent(a -> line.append(" from ").append(text(a)));
    Metrics m = host.vals().orElseGet(() -> Metrics.of(v -> {}));
    // The kernel keeps times as multiples of a fraction of a microsecond.
    m.rttUs().ifPresent(t -> line.append(", round trip ").append(t / 8).append(" us"));
    m.rttvarUs().ifPresent(t -> line.append(" +- ").append(t / 4).append(" us"));
    m.cwnd().ifPresent(n -> line.append(", window ").append(n));
    m.ssthresh().ifPresent(n -> line.append(", threshold ").append(n));
    host.age().ifPresent(ms -> line.append(", learnt ").append(seconds(ms)).append(" s ago"));
    System.out.println(line);
  }

  private static String text(InetAddress address) {
    return IpPrefix.of(address).hostAddress();
  }

  private static long seconds(long milliseconds) {
    return Duration.ofMillis(milliseconds).toSeconds();
  }
}
