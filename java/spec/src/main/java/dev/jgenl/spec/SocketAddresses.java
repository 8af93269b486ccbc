package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The structs {@code sockaddr_in} and {@code sockaddr_in6}, and their text with the port. */
final class SocketAddresses {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int IPV4_LENGTH = 16;
  private static final int IPV6_LENGTH = 28;
  private static final int PORT_MAX = 0xffff;

  private static final Pattern TEXT =
      Pattern.compile(
          "(?<four>[0-9.]+|\\[(?<six>[0-9a-fA-F:.]+)(%(?<scope>\\d{1,9}))?])"
              + ":(?<port>\\d{1,5})");

  private SocketAddresses() {}

  /** Reads a struct; what is behind it, as in {@code sockaddr_storage}, is left out. */
  static Optional<InetSocketAddress> read(byte[] struct) {
    ByteBuffer buffer = ByteBuffer.wrap(struct);
    int family = struct.length < IPV4_LENGTH ? 0 : order(buffer).getShort(0);
    if (family == AF_INET) {
      return Optional.of(address(Arrays.copyOfRange(struct, 4, 8), 0, port(struct)));
    } else if (family == AF_INET6 && struct.length >= IPV6_LENGTH) {
      return Optional.of(
          address(Arrays.copyOfRange(struct, 8, 24), buffer.getInt(24), port(struct)));
    }
    return Optional.empty();
  }

  /** The family is in the order of the machine that made it, and the one byte of it tells which. */
  private static ByteBuffer order(ByteBuffer struct) {
    return struct.order(struct.get(0) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static int port(byte[] struct) {
    return Short.toUnsignedInt(ByteBuffer.wrap(struct).getShort(2));
  }

  private static InetSocketAddress address(byte[] ip, int scope, int port) {
    try {
      return new InetSocketAddress(
          ip.length == 4
              ? InetAddress.getByAddress(ip)
              : Inet6Address.getByAddress(null, ip, scope == 0 ? -1 : scope),
          port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a struct for this machine.
   *
   * @throws IllegalArgumentException if the address is a name that was not resolved
   */
  static byte[] bytes(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("an unresolved name is no address");
    }
    InetAddress ip = address.getAddress();
    int scope = ip instanceof Inet6Address six ? six.getScopeId() : 0;
    return bytes(ip.getAddress(), scope, address.getPort());
  }

  private static byte[] bytes(byte[] ip, int scope, int port) {
    boolean four = ip.length == 4;
    ByteBuffer struct = ByteBuffer.allocate(four ? IPV4_LENGTH : IPV6_LENGTH);
    struct.order(ByteOrder.nativeOrder());
    struct.putShort(0, (short) (four ? AF_INET : AF_INET6));
    struct.put(2, (byte) (port >> 8)).put(3, (byte) port);
    struct.put(four ? 4 : 8, ip);
    if (!four) {
      struct.putInt(24, scope);
    }
    return struct.array();
  }

  /** Shows a struct such as {@code 192.0.2.1:80} or {@code [fe80::1%3]:80}. */
  static Optional<String> format(byte[] struct) {
    return read(struct).map(SocketAddresses::text);
  }

  private static String text(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    String text = Addresses.format(ip.getAddress(), Hint.IPV4_OR_V6);
    if (ip instanceof Inet6Address six) {
      text = "[" + text + (six.getScopeId() == 0 ? "" : "%" + six.getScopeId()) + "]";
    }
    return text + ":" + address.getPort();
  }

  /** Makes a struct of what {@link #format} shows. */
  static Optional<byte[]> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group("port")) > PORT_MAX) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group("port"));
    String six = parts.group("six");
    String scope = parts.group("scope");
    return six == null
        ? Addresses.parse(parts.group("four"), Hint.IPV4)
            .filter(ip -> ip.length == 4)
            .map(ip -> bytes(ip, 0, port))
        : Addresses.parse(six, Hint.IPV6)
            .filter(ip -> ip.length == 16)
            .map(ip -> bytes(ip, scope == null ? 0 : Integer.parseInt(scope), port));
  }
}
