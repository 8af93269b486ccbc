package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.NetlinkException;
import dev.jgenl.examples.TcpMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family tcp_metrics, compared with what iproute2 prints. */
@Timeout(120)
class TcpMetricsIT {

  /** An address of this machine that nobody else connects to. */
  private static final String HOST = "127.83.21.9";

  @BeforeEach
  void requireFamily() throws NetlinkException {
    Prerequisite.requireFamily("tcp_metrics");
  }

  @Test
  void connectionLeavesWhatIproute2Prints() throws Exception {
    Prerequisite.requireProgram("ip", "iproute2");
    String never = Files.readString(Path.of("/proc/sys/net/ipv4/tcp_no_metrics_save")).strip();
    Prerequisite.require(never.equals("0"), "sysctl net.ipv4.tcp_no_metrics_save is set");
    try (TcpMetrics client = TcpMetrics.open()) {
      connect();
      Optional<TcpMetrics.Metrics> found = find(client);
      for (int i = 0; found.isEmpty() && i < 100; i++) {
        Thread.sleep(50);
        found = find(client);
      }

      TcpMetrics.Metrics metrics = found.orElseThrow();
      String printed = Command.succeed("ip", "tcp_metrics", "show", HOST);

      assertThat(metrics.roundTrip()).hasValue(number(printed, "rtt (\\d+)us"));
      assertThat(metrics.variance()).hasValue(number(printed, "rttvar (\\d+)us"));
      assertThat(metrics.congestionWindow()).hasValue(number(printed, "cwnd (\\d+)"));
      assertThat(metrics.source()).isPresent();
      assertThat(metrics.age()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
    }
  }

  @Test
  void newNamespaceRemembersNobody() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command program = namespace.java(TcpMetrics.class);

      assertThat(program.status()).as(program.output()).isZero();
      assertThat(program.output().strip()).isEqualTo("0 hosts");
    }
  }

  private static Optional<TcpMetrics.Metrics> find(TcpMetrics client) throws NetlinkException {
    return client.list().stream().filter(m -> m.host().getHostAddress().equals(HOST)).findFirst();
  }

  /** Sends there and back: who sends data measures. */
  private static void connect() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(HOST));
        Socket near = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket far = server.accept()) {
      near.getOutputStream().write(new byte[10_000]);
      near.shutdownOutput();
      far.getInputStream().readAllBytes();
      far.getOutputStream().write(1);
      far.shutdownOutput();
      near.getInputStream().readAllBytes();
    }
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile("\\b" + pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
