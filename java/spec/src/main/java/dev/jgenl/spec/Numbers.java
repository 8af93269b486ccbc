package dev.jgenl.spec;

import java.math.BigInteger;
import java.util.Optional;

/** Numbers in text. */
final class Numbers {

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final int BITS = Long.SIZE;

  /** More digits than any number of 64 bits has. */
  private static final int LENGTH_MAX = 24;

  private Numbers() {}

  /** Reads decimal digits, or hexadecimal ones behind 0x, of a number that fits into 64 bits. */
  static Optional<Long> parse(String text) {
    return parseBig(text).filter(Numbers::fits).map(BigInteger::longValue);
  }

  static Optional<BigInteger> parseBig(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
    digits = hex ? digits.substring(2) : digits;
    if (digits.isEmpty() || digits.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    int radix = hex ? 16 : 10;
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), radix) < 0) {
        return Optional.empty();
      }
    }
    BigInteger number = new BigInteger(digits, radix);
    return Optional.of(negative ? number.negate() : number);
  }

  /** Tells whether a number is one of 64 bits, signed or unsigned. */
  static boolean fits(BigInteger number) {
    return number.compareTo(LEAST) >= 0 && number.bitLength() <= BITS;
  }
}
