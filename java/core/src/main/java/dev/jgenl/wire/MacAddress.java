package dev.jgenl.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A link-layer address: the 6 bytes of Ethernet and Wi-Fi, or the 1 to 32 bytes of another link,
 * such as the 20 of InfiniBand. The kernel calls it a hardware address, and has room for {@code
 * MAX_ADDR_LEN} bytes of it ({@code include/uapi/linux/netdevice.h}).
 *
 * <p>Immutable, and safe to share between threads.
 */
public final class MacAddress {

  /** The longest address in bytes: {@code MAX_ADDR_LEN}. */
  public static final int LENGTH_MAX = 32;

  private static final HexFormat HEX = HexFormat.ofDelimiter(":");
  private static final int TEXT_LENGTH_MAX = 3 * LENGTH_MAX - 1;

  private final byte[] bytes;

  /** The caller has checked the length, and gives the array away. */
  MacAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Makes an address of its bytes.
   *
   * @param bytes 1 to 32, in the order in which they are sent and written; they are copied
   * @return the address
   * @throws IllegalArgumentException if there are none, or more
   */
  public static MacAddress of(byte... bytes) {
    if (!isLength(bytes.length)) {
      throw new IllegalArgumentException(
          "a link-layer address of " + bytes.length + " bytes, not of 1 to " + LENGTH_MAX);
    }
    return new MacAddress(bytes.clone());
  }

  /**
   * Reads an address as {@code ip link} shows it.
   *
   * @param text two hexadecimal digits a byte, of either case, between colons, such as {@code
   *     02:00:00:00:00:2a}; 1 to 32 bytes
   * @return the address
   * @throws IllegalArgumentException if the text is none
   */
  public static MacAddress parse(String text) {
    if (!text.isEmpty() && text.length() <= TEXT_LENGTH_MAX) {
      try {
        return new MacAddress(HEX.parseHex(text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'" + Printable.escape(text) + "' is not an address such as 02:00:00:00:00:2a", e);
      }
    }
    throw new IllegalArgumentException(
        "an address of " + text.length() + " characters, not of 2 to " + TEXT_LENGTH_MAX);
  }

  /** Tells whether an address can have so many bytes. */
  static boolean isLength(int length) {
    return length >= 1 && length <= LENGTH_MAX;
  }

  /**
   * Returns the length of the address.
   *
   * @return 1 to 32 bytes
   */
  public int length() {
    return bytes.length;
  }

  /**
   * Copies the address.
   *
   * @return its bytes, in the order in which they are sent and written
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Tells whether the other is an address of the same bytes.
   *
   * @param other anything
   * @return whether it is
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof MacAddress address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * Writes the address as {@code ip link} shows it.
   *
   * @return two lower-case hexadecimal digits a byte, between colons; {@link #parse} reads it
   */
  @Override
  public String toString() {
    return HEX.formatHex(bytes);
  }
}
