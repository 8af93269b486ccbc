package dev.jgenl.spec.typed;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Shape;
import dev.jgenl.spec.Value;
import java.util.Objects;

/**
 * Bits of which only some are meant: {@code struct nla_bitfield32}; see {@link
 * dev.jgenl.wire.Bitfield32}, which is the same without names. Immutable, and safe to share between
 * threads.
 *
 * @param <E> the names of the bits
 */
public final class Bitfield<E extends Enum<E> & EnumNumber> {

  private static final Shape SHAPE = Shape.of("value", "selector");

  private final Flags<E> value;
  private final Flags<E> selector;

  private Bitfield(Flags<E> value, Flags<E> selector) {
    this.value = value;
    this.selector = selector;
  }

  /**
   * Makes one.
   *
   * @param <E> the names of the bits
   * @param value the bits; one outside the selector is 0
   * @param selector the bits that are meant
   * @return both
   */
  public static <E extends Enum<E> & EnumNumber> Bitfield<E> of(Flags<E> value, Flags<E> selector) {
    return new Bitfield<>(value, selector);
  }

  /**
   * Selects bits and turns them on.
   *
   * @param <E> the names of the bits
   * @param first one of them
   * @param more others
   * @return the bits as value and selector
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // Nothing is written to the array.
  public static <E extends Enum<E> & EnumNumber> Bitfield<E> on(E first, E... more) {
    Flags<E> flags = Flags.of(first, more);
    return of(flags, flags);
  }

  /**
   * Selects bits and turns them off.
   *
   * @param <E> the names of the bits
   * @param first one of them
   * @param more others
   * @return the bits as selector, and none as value
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // Nothing is written to the array.
  public static <E extends Enum<E> & EnumNumber> Bitfield<E> off(E first, E... more) {
    return of(Flags.ofBits(first.getDeclaringClass(), 0), Flags.of(first, more));
  }

  /**
   * Returns the bits.
   *
   * @return those that are on
   */
  public Flags<E> value() {
    return value;
  }

  /**
   * Returns the bits that are meant.
   *
   * @return those that are either on or off
   */
  public Flags<E> selector() {
    return selector;
  }

  /**
   * Tells whether a bit is on.
   *
   * @param name its name
   * @return whether it is meant and 1
   */
  public boolean isOn(E name) {
    return selector.has(name) && value.has(name);
  }

  /**
   * Tells whether a bit is off.
   *
   * @param name its name
   * @return whether it is meant and 0
   */
  public boolean isOff(E name) {
    return selector.has(name) && !value.has(name);
  }

  /**
   * Returns the same for a dynamic client.
   *
   * @return numbers that are shown by the names of their bits
   */
  public NestValue toValue() {
    return toValue(value.toValue(), selector.toValue());
  }

  static NestValue toValue(Value value, Value selector) {
    return NestValue.of(SHAPE, new Value[] {value, selector});
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bitfield<?> bitfield
        && bitfield.value.equals(value)
        && bitfield.selector.equals(selector);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value, selector);
  }

  /** Returns such as {@code [a] of [a,b]}. */
  @Override
  public String toString() {
    return "[" + value + "] of [" + selector + "]";
  }
}
