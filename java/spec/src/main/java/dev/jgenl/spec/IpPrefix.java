package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.Printable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An address of IPv4 or IPv6, and how many of its first bits count: what the kernel takes apart
 * into a family, an address and a number, and people write as {@code 192.0.2.0/24}.
 *
 * @param address any; the bits behind may be set, as in the address of a host with its network
 * @param length in bits, up to those of the address
 */
public record IpPrefix(InetAddress address, int length) {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  /**
   * Makes one.
   *
   * @param address as {@link #address()}
   * @param length as {@link #length()}
   * @throws IllegalArgumentException if the address has not so many bits
   */
  public IpPrefix {
    if (length < 0 || length > bits(address)) {
      throw new IllegalArgumentException(
          "an address of " + bits(address) + " bits, not of " + length);
    }
  }

  private static int bits(InetAddress address) {
    return Byte.SIZE * address.getAddress().length;
  }

  /**
   * Makes one of an address alone.
   *
   * @param address of which all bits count
   * @return the prefix
   */
  public static IpPrefix of(InetAddress address) {
    return new IpPrefix(address, bits(address));
  }

  /**
   * Reads an address and its length. A name is not looked up.
   *
   * @param text such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}; all bits count of an address
   *     alone
   * @return the prefix
   * @throws IllegalArgumentException if it is none
   */
  public static IpPrefix parse(String text) {
    String[] parts = text.split("/", 2);
    try {
      IpPrefix all = of(InetAddress.getByAddress(bytes(parts[0]).orElseThrow(() -> none(text))));
      return parts.length == 1 ? all : new IpPrefix(all.address, Integer.parseInt(parts[1]));
    } catch (UnknownHostException | NumberFormatException e) {
      throw none(text);
    }
  }

  /** Hexadecimal digits alone are read, too, where an address is expected. */
  private static Optional<byte[]> bytes(String address) {
    return address.contains(".") || address.contains(":")
        ? Addresses.parse(address, Hint.IPV4_OR_V6)
        : Optional.empty();
  }

  private static IllegalArgumentException none(String text) {
    return new IllegalArgumentException(
        "'" + Printable.escape(text) + "' is not an address such as 192.0.2.0/24 or 2001:db8::1");
  }

  /**
   * Returns the number of the family of the address, which goes with it in most messages.
   *
   * @return {@code AF_INET} (2) or {@code AF_INET6} (10)
   */
  public int family() {
    return bits(address) == Integer.SIZE ? AF_INET : AF_INET6;
  }

  /**
   * Returns the address as text, which is shorter than what {@link InetAddress#getHostAddress()}
   * says: RFC 5952.
   *
   * @return such as {@code 2001:db8::1}
   */
  public String hostAddress() {
    return Addresses.format(address.getAddress(), Hint.IPV4_OR_V6);
  }

  /** Returns address and length, such as {@code 2001:db8::/32}; {@link #parse} reads it. */
  @Override
  public String toString() {
    return hostAddress() + "/" + length;
  }
}
