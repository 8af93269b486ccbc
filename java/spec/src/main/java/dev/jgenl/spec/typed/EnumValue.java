package dev.jgenl.spec.typed;

import dev.jgenl.spec.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number that may have a name: a newer kernel has more of them than the spec. Two are equal if
 * they are the same number of the same enum. Immutable, and safe to share between threads.
 *
 * @param <E> the names
 */
public final class EnumValue<E extends Enum<E> & EnumNumber> {

  private final EnumType<E> type;
  private final long number;
  private final @Nullable E known;

  EnumValue(EnumType<E> type, long number, @Nullable E known) {
    this.type = type;
    this.number = number;
    this.known = known;
  }

  /**
   * Returns the value of a name.
   *
   * @param <E> the names
   * @param name one of them
   * @return its value
   */
  public static <E extends Enum<E> & EnumNumber> EnumValue<E> of(E name) {
    return EnumType.of(name.getDeclaringClass()).value(name.number());
  }

  /**
   * Returns the value of a number.
   *
   * @param <E> the names
   * @param type of the names
   * @param number any number
   * @return its value
   */
  public static <E extends Enum<E> & EnumNumber> EnumValue<E> of(Class<E> type, long number) {
    return EnumType.of(type).value(number);
  }

  /**
   * Reads what {@link #toString()} writes.
   *
   * @param <E> the names
   * @param type of the names
   * @param text a name as the spec has it, or decimal digits
   * @return its value
   * @throws IllegalArgumentException if it is neither
   */
  public static <E extends Enum<E> & EnumNumber> EnumValue<E> parse(Class<E> type, String text) {
    return EnumType.of(type).parse(text);
  }

  /**
   * Returns the number.
   *
   * @return the number, whether it has a name or not
   */
  public long number() {
    return number;
  }

  /**
   * Returns the name.
   *
   * @return the first that the number has; empty if it has none
   */
  public Optional<E> known() {
    return Optional.ofNullable(known);
  }

  /**
   * Tells whether it is the number of a name.
   *
   * @param name such as a constant
   * @return whether it is
   */
  public boolean is(E name) {
    return number == name.number();
  }

  /**
   * Returns the same for a dynamic client.
   *
   * @return a number that is shown by its name
   */
  public Value toValue() {
    return type.toValue(number);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EnumValue<?> value && value.type == type && value.number == number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  /** Returns the name as the spec has it, or the number. */
  @Override
  public String toString() {
    return toValue().asText();
  }
}
