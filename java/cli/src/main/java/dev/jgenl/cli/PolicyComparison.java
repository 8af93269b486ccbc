package dev.jgenl.cli;

import dev.jgenl.AttributePolicy;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Type;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compares what a spec says of an attribute with what the kernel accepts. */
final class PolicyComparison {

  private PolicyComparison() {}

  /** Returns how they differ, or null. */
  static @Nullable String of(Attribute attribute, AttributePolicy accepted) {
    if (accepted.type() == AttributePolicy.Type.UNKNOWN) {
      return null;
    }
    if (!isSame(attribute.type(), accepted.type())) {
      return "spec " + TypeText.of(attribute.type()) + ", kernel " + accepted;
    }
    return isWithin(attribute, accepted)
        ? null
        : "spec " + TypeText.of(attribute) + ", kernel " + accepted;
  }

  private static boolean isSame(Type type, AttributePolicy.Type accepted) {
    if (type instanceof Type.Scalar scalar) {
      String width = scalar.width().name();
      return accepted.name().equals(width)
          // The kernel tells of bytes where it checks the length alone.
          || accepted == AttributePolicy.Type.BINARY;
    } else if (type instanceof Type.Text) {
      return accepted == AttributePolicy.Type.STRING
          || accepted == AttributePolicy.Type.NUL_STRING
          || accepted == AttributePolicy.Type.BINARY;
    } else if (type instanceof Type.Flag) {
      return accepted == AttributePolicy.Type.FLAG;
    } else if (type instanceof Type.Bitfield) {
      return accepted == AttributePolicy.Type.BITFIELD32;
    } else if (type instanceof Type.Nest || type instanceof Type.TypeValue) {
      return accepted == AttributePolicy.Type.NESTED;
    } else if (type instanceof Type.IndexedArray) {
      return accepted == AttributePolicy.Type.NESTED
          || accepted == AttributePolicy.Type.NESTED_ARRAY;
    } else if (type instanceof Type.Selected) {
      return accepted == AttributePolicy.Type.NESTED || accepted == AttributePolicy.Type.BINARY;
    }
    return type instanceof Type.Pad || accepted == AttributePolicy.Type.BINARY;
  }

  /** Tells whether all that the spec allows is accepted, and the spec says so where less is. */
  private static boolean isWithin(Attribute attribute, AttributePolicy accepted) {
    Checks checks = attribute.checks();
    if (attribute.type() instanceof Type.Scalar scalar
        && accepted.type() != AttributePolicy.Type.BINARY) {
      boolean signed = scalar.width().isSigned();
      return scalar.bigEndian()
          || (isLeast(checks.min(), signed ? accepted.minSigned() : accepted.minUnsigned(), signed)
              && isMost(
                  checks.max(), signed ? accepted.maxSigned() : accepted.maxUnsigned(), scalar));
    }
    return isLength(checks.maxLength(), accepted.maxLength())
        && isLength(checks.minLength(), accepted.minLength());
  }

  private static boolean isLeast(OptionalLong spec, OptionalLong kernel, boolean signed) {
    if (kernel.isEmpty()) {
      return true;
    }
    long usual = signed ? Long.MIN_VALUE : 0;
    long least = kernel.getAsLong();
    return spec.isPresent() ? spec.getAsLong() == least : least == usual || isLimit(least);
  }

  private static boolean isMost(OptionalLong spec, OptionalLong kernel, Type.Scalar scalar) {
    if (kernel.isEmpty()) {
      return true;
    }
    long most = kernel.getAsLong();
    // What enumerations allow is the kernel's to say, as it has more entries with each release.
    return spec.isPresent()
        ? spec.getAsLong() == most
        : scalar.names().isPresent() || isLimit(most);
  }

  /** Tells whether a bound is that of a width. */
  private static boolean isLimit(long bound) {
    for (int bits = 8; bits <= 64; bits *= 2) {
      long all = bits == 64 ? -1L : (1L << bits) - 1;
      long largest = all >>> 1;
      if (bound == all || bound == largest || bound == -largest - 1) {
        return true;
      }
    }
    return bound == Long.MAX_VALUE || bound == Long.MIN_VALUE;
  }

  private static boolean isLength(OptionalInt spec, OptionalInt kernel) {
    return spec.isEmpty() || kernel.isEmpty() || spec.getAsInt() == kernel.getAsInt();
  }
}
