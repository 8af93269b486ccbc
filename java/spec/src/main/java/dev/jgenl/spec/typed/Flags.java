package dev.jgenl.spec.typed;

import dev.jgenl.spec.Value;
import java.util.Set;

/**
 * Bits that may have names: a newer kernel has more of them than the spec. Two are equal if they
 * are the same bits of the same enum. Immutable, and safe to share between threads.
 *
 * @param <E> the names
 */
public final class Flags<E extends Enum<E> & EnumNumber> {

  private final EnumType<E> type;
  private final long bits;

  Flags(EnumType<E> type, long bits) {
    this.type = type;
    this.bits = bits;
  }

  /**
   * Returns the bits of names.
   *
   * @param <E> the names
   * @param first one of them
   * @param more others
   * @return all of them
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // Nothing is written to the array.
  public static <E extends Enum<E> & EnumNumber> Flags<E> of(E first, E... more) {
    return new Flags<>(EnumType.of(first.getDeclaringClass()), sum(first, more));
  }

  /**
   * Returns bits, which may have no names.
   *
   * @param <E> the names
   * @param type of the names
   * @param bits up to 64; 0 for none
   * @return the bits
   */
  public static <E extends Enum<E> & EnumNumber> Flags<E> ofBits(Class<E> type, long bits) {
    return new Flags<>(EnumType.of(type), bits);
  }

  /**
   * Reads what {@link #toString()} writes.
   *
   * @param <E> the names
   * @param type of the names
   * @param text names as the spec has them or decimal digits, with commas between; empty for none
   * @return the bits
   * @throws IllegalArgumentException if it is something else
   */
  public static <E extends Enum<E> & EnumNumber> Flags<E> parse(Class<E> type, String text) {
    return new Flags<>(EnumType.of(type), EnumType.of(type).parseFlags(text));
  }

  @SafeVarargs
  private static <E extends Enum<E> & EnumNumber> long sum(E first, E... more) {
    long sum = first.bit();
    for (E name : more) {
      sum |= name.bit();
    }
    return sum;
  }

  /**
   * Returns the bits.
   *
   * @return all of them, whether they have names or not
   */
  public long bits() {
    return bits;
  }

  /**
   * Tells whether a bit is set.
   *
   * @param name its name; of one of several bits, whether all are
   * @return whether it is; false of a name without a bit
   */
  public boolean has(E name) {
    long bit = name.bit();
    return bit != 0 && (bits & bit) == bit;
  }

  /**
   * Returns the names of the bits.
   *
   * @return those that are set, in the order of the spec
   */
  public Set<E> known() {
    return type.known(bits);
  }

  /**
   * Returns the bits that have no name.
   *
   * @return 0 if all have
   */
  public long unknownBits() {
    long rest = bits;
    for (E name : known()) {
      rest &= ~name.bit();
    }
    return rest;
  }

  /**
   * Returns the same for a dynamic client.
   *
   * @return a number that is shown by the names of its bits
   */
  public Value toValue() {
    return type.toFlagsValue(bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Flags<?> flags && flags.type == type && flags.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  /**
   * Returns the names as the spec has them, and the number of what has none, with commas between.
   */
  @Override
  public String toString() {
    return toValue().asText();
  }
}
