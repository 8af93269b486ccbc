package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Bytes as text, by what the spec hints at, and back. */
final class Addresses {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]+(:" + IPV4 + ")?|::" + IPV4);
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2})*");
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  private Addresses() {}

  /** Shows bytes; those of another length than the hint's in hexadecimal digits. */
  static String format(byte[] bytes, Hint hint) {
    return switch (hint) {
      case MAC -> COLONS.formatHex(bytes);
      case IPV4 -> bytes.length == 4 ? ip(bytes) : hex(bytes);
      case IPV6 -> bytes.length == 16 ? ip(bytes) : hex(bytes);
      case IPV4_OR_V6 -> bytes.length == 4 || bytes.length == 16 ? ip(bytes) : hex(bytes);
      case UUID -> bytes.length == 16 ? uuid(bytes).toString() : hex(bytes);
      case SOCKET_ADDRESS -> SocketAddresses.format(bytes).orElseGet(() -> hex(bytes));
      case NONE, HEX -> hex(bytes);
    };
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String ipv4(long number) {
    return ip(ByteBuffer.allocate(4).putInt((int) number).array());
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static String ip(byte[] bytes) {
    try {
      return bytes.length == 4
          ? InetAddress.getByAddress(bytes).getHostAddress()
          : compress(Inet6Address.getByAddress(null, bytes, -1).getHostAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Leaves out the first of the longest runs of zeros: RFC 5952. */
  private static String compress(String address) {
    String[] groups = address.split(":");
    int start = -1;
    int longest = 1;
    for (int i = 0, run = 0; i < groups.length; i++) {
      run = groups[i].equals("0") ? run + 1 : 0;
      if (run > longest) {
        longest = run;
        start = i - run + 1;
      }
    }
    if (start < 0) {
      return address;
    }
    String before = String.join(":", Arrays.asList(groups).subList(0, start));
    String behind = String.join(":", Arrays.asList(groups).subList(start + longest, groups.length));
    return before + "::" + behind;
  }

  /** Reads what {@link #format} writes; hexadecimal digits whatever the hint is. */
  static Optional<byte[]> parse(String text, Hint hint) {
    if (hint == Hint.MAC && MAC.matcher(text).matches()) {
      return Optional.of(COLONS.parseHex(text));
    } else if (hint == Hint.UUID && UUIDS.matcher(text).matches()) {
      return Optional.of(bytes(UUID.fromString(text)));
    } else if (hint == Hint.SOCKET_ADDRESS && text.contains(":")) {
      return SocketAddresses.parse(text);
    } else if (IPV4.matcher(text).matches() && (hint == Hint.IPV4 || hint == Hint.IPV4_OR_V6)) {
      return literal(text);
    } else if (text.contains(":")
        && IPV6.matcher(text).matches()
        && (hint == Hint.IPV6 || hint == Hint.IPV4_OR_V6)) {
      return literal(text).map(bytes -> bytes.length == 4 ? mapped(bytes) : bytes);
    }
    try {
      return Optional.of(HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What looks like an address is not looked up. */
  private static Optional<byte[]> literal(String text) {
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** An address of IPv4 mapped to IPv6, which the JDK makes one of IPv4. */
  private static byte[] mapped(byte[] ipv4) {
    return ByteBuffer.allocate(16).putInt(8, 0xffff).put(12, ipv4).array();
  }
}
