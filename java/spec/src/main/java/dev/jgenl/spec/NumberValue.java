package dev.jgenl.spec;

import java.util.stream.Collectors;

/** A number, which may have a name or be a sum of bits that have names. */
public final class NumberValue extends Value {

  private final long bits;
  private final Notation notation;

  NumberValue(long bits, Notation notation) {
    this.bits = bits;
    this.notation = notation;
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
