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
        case "u8", "s8" -> number(value, 1, ByteOrder.nativeOrder());
        case "u16", "s16" -> number(value, 2, ByteOrder.nativeOrder());
        case "u32", "s32" -> number(value, 4, ByteOrder.nativeOrder());
        case "u64", "s64" -> number(value, 8, ByteOrder.nativeOrder());
        case "be16" -> number(value, 2, ByteOrder.BIG_ENDIAN);
        case "be32" -> number(value, 4, ByteOrder.BIG_ENDIAN);
        case "be64" -> number(value, 8, ByteOrder.BIG_ENDIAN);
        case "str" -> string(value);
        case "hex" -> HexFormat.of().parseHex(value);
        case "flag" -> new byte[0];
        default -> throw wrong(text);
      };
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
  }

  private static byte[] number(String text, int length, ByteOrder order) {
    boolean hex = text.startsWith("0x");
    BigInteger number = hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    boolean fits =
        number.signum() < 0
            ? number.bitLength() < Byte.SIZE * length
            : number.bitLength() <= Byte.SIZE * length;
    if (!fits) {
      throw new IllegalArgumentException(text);
    }
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
