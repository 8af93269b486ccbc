package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private Class<?> program;

  @BeforeEach
  void requireFamily() throws Exception {
    Prerequisite.requireFamily("tcp_metrics");
    program = Prerequisite.requireTypedExample("TcpHosts");
  }

  @Test
  void connectionLeavesWhatIproute2Prints() throws Exception {
    Prerequisite.requireProgram("ip", "iproute2");
    String never = Files.readString(Path.of("/proc/sys/net/ipv4/tcp_no_metrics_save")).strip();
    Prerequisite.require(never.equals("0"), "sysctl net.ipv4.tcp_no_metrics_save is set");
    connect();
    Optional<String> found = find();
    for (int i = 0; found.isEmpty() && i < 20; i++) {
      Thread.sleep(50);
      found = find();
    }

    String line = found.orElseThrow();
    String printed = Command.succeed("ip", "tcp_metrics", "show", HOST);

    assertThat(number(line, "round trip (\\d+) us")).isEqualTo(number(printed, "rtt (\\d+)us"));
    assertThat(number(line, "\\+- (\\d+) us")).isEqualTo(number(printed, "rttvar (\\d+)us"));
    assertThat(number(line, "window (\\d+)")).isEqualTo(number(printed, "cwnd (\\d+)"));
    assertThat(line).contains(HOST + " from 127.");
    assertThat(number(line, "learnt (\\d+) s ago")).isBetween(0L, 120L);
  }

  @Test
  void newNamespaceRemembersNobody() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command ended = namespace.java(program);

      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.output().strip()).isEqualTo("0 hosts");
    }
  }

  private Optional<String> find() throws Exception {
    Command list = Command.java(program);
    assertThat(list.status()).as(list.output()).isZero();
    return list.output().lines().filter(line -> line.startsWith(HOST + " ")).findFirst();
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
    Matcher matcher = Pattern.compile("(?<!\\w)" + pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
