package dev.jgenl.spec.typed;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Shape;

/**
 * What answers a request that the kernel only acknowledges: nothing, or, if it was asked to echo,
 * what was done, which {@link #toValue()} has.
 */
public final class Acknowledged extends TypedValue {

  private static final Shape NOTHING = Shape.of();

  private Acknowledged(NestValue value) {
    super(NOTHING, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static Acknowledged of(NestValue value) {
    return new Acknowledged(value);
  }
}
