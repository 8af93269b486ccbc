package dev.jgenl.spec;

import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Hint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;

/** A number, which may have a name or be a sum of bits that have names. */
public final class NumberValue extends Value {

  private static final Notation IPV4 = new Notation(false, null, false, Hint.IPV4);

  private final long bits;
  private final Notation notation;

  NumberValue(long bits, Notation notation) {
    this.bits = bits;
    this.notation = notation;
  }

  /**
   * Makes one without a sign.
   *
   * @param bits the number; one above 2<sup>63</sup> - 1 is negative
   * @return the value
   */
  public static NumberValue unsigned(long bits) {
    return new NumberValue(bits, Notation.UNSIGNED);
  }

  /**
   * Makes one of an address of IPv4, where the spec takes that for a number.
   *
   * @param address the address
   * @return the value
   * @throws IllegalArgumentException if it is one of IPv6
   */
  public static NumberValue of(InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      throw new IllegalArgumentException(address.getHostAddress() + " is no address of IPv4");
    }
    return new NumberValue(
        Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt()), IPV4);
  }

  /**
   * Makes one that may have a name.
   *
   * @param bits the number
   * @param names what numbers are called
   * @param flags whether it is a sum of bits
   * @return the value
   */
  public static NumberValue of(long bits, Enumeration names, boolean flags) {
    return new NumberValue(bits, new Notation(!flags && bits < 0, names, flags, Hint.NONE));
  }

  @Override
  public long asLong() {
    return bits;
  }

  /** Returns the name, the names of the bits with commas between, an address or digits. */
  @Override
  public String asText() {
    return isFlags()
        ? notation.showFlags(bits).stream().map(Object::toString).collect(Collectors.joining(","))
        : notation.show(bits).toString();
  }

  /**
   * Tells whether this is a sum of bits.
   *
   * @return whether it is
   */
  public boolean isFlags() {
    return notation.flags();
  }

  /**
   * Tells whether a bit is set.
   *
   * @param name of the bit
   * @return whether it is; false if the bit has no such name
   */
  public boolean has(String name) {
    return isFlags()
        && notation.number(name).map(bit -> bit != 0 && (bits & bit) == bit).orElse(false);
  }

  Notation notation() {
    return notation;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberValue n && n.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }
}
