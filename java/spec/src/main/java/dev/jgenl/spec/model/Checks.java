package dev.jgenl.spec.model;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a value has to be. Bounds of unsigned 64-bit numbers are negative above 2<sup>63</sup> - 1.
 *
 * @param min the least number
 * @param max the greatest number
 * @param minLength the least length in bytes
 * @param maxLength the greatest length in bytes
 * @param exactLength the only length in bytes
 * @param unterminated whether a string need not end with a NUL
 */
public record Checks(
    OptionalLong min,
    OptionalLong max,
    OptionalInt minLength,
    OptionalInt maxLength,
    OptionalInt exactLength,
    boolean unterminated) {

  /** Anything will do. */
  public static final Checks NONE =
      new Checks(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          false);
}
