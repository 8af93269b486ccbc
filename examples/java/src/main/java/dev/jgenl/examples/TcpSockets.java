package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.MalformedMessageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * By hand, since no spec describes it: shows the TCP sockets of this process, a server and a
 * connection to it, as the kernel sees them: dumps of {@code NETLINK_SOCK_DIAG}. The numbers are
 * those of {@code linux/inet_diag.h}.
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.TcpSockets
 * </pre>
 */
public final class TcpSockets {

  private static final int SOCK_DIAG_BY_FAMILY = 20;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int IPPROTO_TCP = 6;

  private static final int INET_DIAG_REQ_V2 = 56; // bytes
  private static final int INET_DIAG_MSG = 72;

  /** Of {@code netinet/tcp.h}: there are more, in which a socket is of no process any more. */
  private static final Map<Integer, String> STATES =
      Map.of(
          1, "established", 2, "connecting", 7, "closed", 8, "closed by the peer", 10, "listening");

  private static final int LISTEN = 10;

  private static final String USAGE =
      """
      usage: TcpSockets

      Opens a server and a connection to it, and shows the TCP sockets of this process.
      """;

  private TcpSockets() {}

  /** Prints the table. */
  public static void main(String[] args) {
    if (args.length > 0) {
      boolean help = String.join(" ", args).equals("--help");
      (help ? System.out : System.err).print(USAGE);
      System.exit(help ? 0 : 2);
    }
    InetAddress home = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, home);
        Socket client = new Socket(home, server.getLocalPort());
        Socket accepted = server.accept();
        Netlink netlink = Netlink.open(Netlink.SOCK_DIAG)) {
      print(netlink, AF_INET);
      print(netlink, AF_INET6);
    } catch (IOException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("TcpSockets: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void print(Netlink netlink, int family) throws IOException {
    ByteBuffer anyState =
        ByteBuffer.allocate(INET_DIAG_REQ_V2)
            .put(0, (byte) family)
            .put(1, (byte) IPPROTO_TCP)
            .putInt(4, -1);
    Set<String> ours = openFiles();
    try (Dump<NetlinkMessage> dump =
        netlink.dump(NetlinkRequest.of(SOCK_DIAG_BY_FAMILY, anyState))) {
      for (NetlinkMessage m : dump.toList()) {
        ByteBuffer socket = m.header(INET_DIAG_MSG);
        if (ours.contains("socket:[" + Integer.toUnsignedString(socket.getInt(68)) + "]")) {
          int state = socket.get(1);
          System.out.printf(
              "%-18s %-21s %s%n",
              STATES.getOrDefault(state, "state " + state),
              end(socket, 8, 4),
              state == LISTEN ? "" : "with " + end(socket, 24, 6));
        }
      }
    }
  }

  /** Reads the links that stand for the open files of this process. */
  private static Set<String> openFiles() throws IOException {
    Set<String> files = new HashSet<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : folder) {
        try {
          files.add(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException e) {
          // Another thread has closed it meanwhile.
        }
      }
    }
    return files;
  }

  /** Reads an address and a port, which are in network byte order. */
  private static String end(ByteBuffer socket, int address, int port) throws IOException {
    byte[] bytes = new byte[socket.get(0) == AF_INET ? 4 : 16];
    socket.get(address, bytes);
    return InetAddress.getByAddress(bytes).getHostAddress()
        + ":"
        + Short.toUnsignedInt(socket.order(ByteOrder.BIG_ENDIAN).getShort(port));
  }
}
