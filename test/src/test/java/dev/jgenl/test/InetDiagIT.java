package dev.jgenl.test;

import static java.net.StandardProtocolFamily.INET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.jgenl.Dump;
import dev.jgenl.KernelException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.test.InetDiag.Socket;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sockets of TCP that this process has, as the kernel tells them. */
@Timeout(60)
class InetDiagIT {

  private Netlink diag;

  @BeforeEach
  void open() throws Exception {
    diag = Netlink.open(Netlink.SOCK_DIAG);
    try {
      dump(INET, InetDiag.ANY_STATE);
    } catch (KernelException e) {
      Prerequisite.require(false, "this kernel tells of no sockets: " + e.getMessage());
    }
  }

  @AfterEach
  void close() {
    diag.close();
  }

  /** A socket that listens, and both ends of a connection to it. */
  private record Connection(
      ServerSocketChannel listening, SocketChannel connected, SocketChannel accepted)
      implements AutoCloseable {

    static Connection open(StandardProtocolFamily family) throws IOException {
      ServerSocketChannel listening = ServerSocketChannel.open(family);
      listening.bind(new InetSocketAddress(loopback(family), 0));
      // Of the family itself: one of IPv6 can be connected to an address of IPv4, too.
      SocketChannel connected = SocketChannel.open(family);
      connected.connect(listening.getLocalAddress());
      return new Connection(listening, connected, listening.accept());
    }

    InetSocketAddress server() throws IOException {
      return (InetSocketAddress) listening.getLocalAddress();
    }

    InetSocketAddress client() throws IOException {
      return (InetSocketAddress) connected.getLocalAddress();
    }

    /** Where a socket that listens is connected to. */
    InetSocketAddress nobody() throws IOException {
      byte[] zeros = new byte[server().getAddress().getAddress().length];
      return new InetSocketAddress(InetAddress.getByAddress(zeros), 0);
    }

    @Override
    public void close() throws IOException {
      accepted.close();
      connected.close();
      listening.close();
    }
  }

  private static InetAddress loopback(StandardProtocolFamily family) throws IOException {
    return InetAddress.getByName(family == INET ? "127.0.0.1" : "::1");
  }

  @ParameterizedTest(name = "{0}: who listens and both ends of a connection, with their inodes")
  @EnumSource(
      value = StandardProtocolFamily.class,
      names = {"INET", "INET6"})
  void socketsOfThisProcess(StandardProtocolFamily family) throws Exception {
    try (Connection c = Connection.open(family)) {
      List<Socket> sockets = ours(c, dump(family, InetDiag.ANY_STATE));

      assertThat(sockets)
          .extracting(Socket::state, Socket::local, Socket::remote)
          .containsExactlyInAnyOrder(
              tuple(InetDiag.LISTEN, c.server(), c.nobody()),
              tuple(InetDiag.ESTABLISHED, c.server(), c.client()),
              tuple(InetDiag.ESTABLISHED, c.client(), c.server()));
      assertThat(sockets)
          .extracting(Socket::inode)
          .doesNotHaveDuplicates()
          .isSubsetOf(inodesOfThisProcess());
    }
  }

  @ParameterizedTest(name = "{0}: the kernel tells of no other states than those asked for")
  @EnumSource(
      value = StandardProtocolFamily.class,
      names = {"INET", "INET6"})
  void states(StandardProtocolFamily family) throws Exception {
    try (Connection c = Connection.open(family)) {
      List<Socket> listening = dump(family, 1 << InetDiag.LISTEN);
      List<Socket> established = dump(family, 1 << InetDiag.ESTABLISHED);

      assertThat(listening).extracting(Socket::state).containsOnly(InetDiag.LISTEN);
      assertThat(established).extracting(Socket::state).containsOnly(InetDiag.ESTABLISHED);
      assertThat(ours(c, listening)).hasSize(1);
      assertThat(ours(c, established)).hasSize(2);
    }
  }

  @ParameterizedTest(name = "{0}: one socket by its addresses, with any cookie and its own")
  @EnumSource(
      value = StandardProtocolFamily.class,
      names = {"INET", "INET6"})
  void oneSocket(StandardProtocolFamily family) throws Exception {
    try (Connection c = Connection.open(family)) {
      NetlinkRequest any = InetDiag.socket(c.client(), c.server(), InetDiag.ANY_COOKIE);

      Socket socket = Socket.of(diag.request(any));

      assertThat(ours(c, dump(family, InetDiag.ANY_STATE))).contains(socket);
      assertThat(socket.local()).isEqualTo(c.client());
      assertThat(Socket.of(diag.request(any.withoutAck()))).isEqualTo(socket);
      assertThat(Socket.of(diag.request(InetDiag.socket(c.client(), c.server(), socket.cookie()))))
          .isEqualTo(socket);
      assertThat(
              Socket.of(diag.request(InetDiag.socket(c.server(), c.nobody(), InetDiag.ANY_COOKIE)))
                  .state())
          .isEqualTo(InetDiag.LISTEN);
      assertThatThrownBy(
              () -> diag.request(InetDiag.socket(c.client(), c.server(), socket.cookie() + 1)))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.ENOENT));
    }
  }

  @ParameterizedTest(name = "{0}: a socket that is not there")
  @EnumSource(
      value = StandardProtocolFamily.class,
      names = {"INET", "INET6"})
  void noSocket(StandardProtocolFamily family) throws Exception {
    Connection c = Connection.open(family);
    NetlinkRequest request = InetDiag.socket(c.client(), c.client(), InetDiag.ANY_COOKIE);
    try (c) {
      assertThatThrownBy(() -> diag.request(request))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.ENOENT));
    }
  }

  @ParameterizedTest(name = "T68 a request for one socket with flags {0} is refused")
  @ValueSource(ints = {0x100, 0x200, 0x300})
  void flagsOfADumpAreRefused(int flags) throws Exception {
    try (Connection c = Connection.open(INET)) {
      NetlinkRequest request = InetDiag.socket(c.client(), c.server(), InetDiag.ANY_COOKIE);

      assertThatThrownBy(() -> diag.request(request.withFlags(flags)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("would dump");
    }
  }

  private List<Socket> dump(StandardProtocolFamily family, int states) throws Exception {
    NetlinkRequest request =
        InetDiag.sockets(family == INET ? InetDiag.IPV4 : InetDiag.IPV6, states);
    List<Socket> sockets = new ArrayList<>();
    try (Dump<NetlinkMessage> dump = diag.dump(request)) {
      for (NetlinkMessage message : dump.toList()) {
        sockets.add(Socket.of(message));
      }
    }
    return sockets;
  }

  /** Those of the connection, by their ports. */
  private static List<Socket> ours(Connection c, List<Socket> sockets) throws IOException {
    Set<Integer> ports = Set.of(c.server().getPort(), c.client().getPort());
    return sockets.stream().filter(s -> ports.contains(s.local().getPort())).toList();
  }

  private static Set<Long> inodesOfThisProcess() throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links
          .map(InetDiagIT::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> Long.parseLong(target, 8, target.length() - 1, 10))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // Closed by now.
      return "";
    }
  }
}
