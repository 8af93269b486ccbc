package dev.jgenl.spec.typed;

/** A number that has a name in a spec: what generated enums implement. */
public interface EnumNumber {

  /**
   * Returns the number.
   *
   * @return as the spec has it; of flags the bit itself, such as 8
   */
  long number();

  /**
   * Returns what it adds to a sum of bits.
   *
   * @return the bit whose number {@link #number()} is; of flags that itself
   */
  default long bit() {
    return number() >= 0 && number() < Long.SIZE ? 1L << number() : 0;
  }

  /**
   * Returns the name.
   *
   * @return as the spec has it
   */
  String specName();
}
