package dev.jgenl.cli;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes of an attribute as a type and a value: {@code u32:5}, {@code str:eth0}, {@code hex:00ff}.
 */
final class RawValue {

  private RawValue() {}

  /** Returns the bytes. */
  static byte[] parse(String text) {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    try {
      return switch (colon < 0 ? "" : text.substring(0, colon)) {
        case "u8", "u16", "u32", "u64" -> unsigned(text, value, ByteOrder.nativeOrder());
        case "be16", "be32", "be64" -> unsigned(text, value, ByteOrder.BIG_ENDIAN);
        case "s8", "s16", "s32", "s64" -> signed(text, value);
        case "str" -> string(value);
        case "hex" -> HexFormat.of().parseHex(value);
        case "flag" -> flag(text, value);
        default -> throw wrong(text);
      };
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
  }

  private static byte[] unsigned(String text, String value, ByteOrder order) {
    BigInteger number = number(value);
    int bits = bits(text);
    if (number.signum() < 0 || number.bitLength() > bits) {
      throw outside(text, BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
    }
    return bytes(number, bits, order);
  }

  private static byte[] signed(String text, String value) {
    BigInteger number = number(value);
    int bits = bits(text);
    if (number.bitLength() >= bits) {
      BigInteger beyond = BigInteger.TWO.pow(bits - 1);
      throw outside(text, beyond.negate(), beyond.subtract(BigInteger.ONE));
    }
    return bytes(number, bits, ByteOrder.nativeOrder());
  }

  private static BigInteger number(String text) {
    return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }

  /** The digits of a type such as be16. */
  private static int bits(String text) {
    return Integer.parseInt(text.substring(text.startsWith("be") ? 2 : 1, text.indexOf(':')));
  }

  private static CommandException outside(String text, BigInteger least, BigInteger most) {
    return new CommandException(
        ExitStatus.USAGE, "'" + text + "' is not within " + least + " to " + most);
  }

  private static byte[] flag(String text, String value) {
    if (!value.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, "'" + text + "': a flag has no value");
    }
    return new byte[0];
  }

  private static byte[] bytes(BigInteger number, int bits, ByteOrder order) {
    int length = bits / Byte.SIZE;
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).order(order).putLong(number.longValue()).array();
    return order == ByteOrder.LITTLE_ENDIAN
        ? Arrays.copyOf(bytes, length)
        : Arrays.copyOfRange(bytes, Long.BYTES - length, Long.BYTES);
  }

  private static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static CommandException wrong(String text) {
    return new CommandException(
        ExitStatus.USAGE,
        "'"
            + text
            + "': wanted is u8:, u16:, u32:, u64:, s8: to s64:, be16: to be64: and a number,"
            + " str: and text, hex: and digits, or flag:");
  }
}
