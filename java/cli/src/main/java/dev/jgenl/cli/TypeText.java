package dev.jgenl.cli;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type;
import java.util.Locale;
import java.util.Optional;

/** Says in a few words what an attribute holds. */
final class TypeText {

  private TypeText() {}

  /** Says it with what it has to be. */
  static String of(Attribute attribute) {
    StringBuilder text = new StringBuilder(of(attribute.type()));
    if (attribute.hint() != Hint.NONE) {
      text.append(" as ").append(lower(attribute.hint()));
    }
    checks(attribute, text);
    if (attribute.repeated()) {
      text.append(", repeated");
    }
    return text.toString();
  }

  private static void checks(Attribute attribute, StringBuilder text) {
    Checks checks = attribute.checks();
    boolean signed = attribute.type() instanceof Type.Scalar scalar && scalar.width().isSigned();
    if (checks.min().isPresent()) {
      text.append(", from ").append(number(checks.min().getAsLong(), signed));
    }
    if (checks.max().isPresent()) {
      text.append(", to ").append(number(checks.max().getAsLong(), signed));
    }
    if (checks.minLength().isPresent()) {
      text.append(", at least ").append(checks.minLength().getAsInt()).append(" bytes");
    }
    if (checks.maxLength().isPresent()) {
      text.append(", at most ").append(checks.maxLength().getAsInt()).append(" bytes");
    }
    if (checks.exactLength().isPresent()) {
      text.append(", ").append(checks.exactLength().getAsInt()).append(" bytes");
    }
  }

  private static String number(long number, boolean signed) {
    return signed ? Long.toString(number) : Long.toUnsignedString(number);
  }

  /** Says it of a type alone. */
  static String of(Type type) {
    if (type instanceof Type.Scalar scalar) {
      return lower(scalar.width())
          + (scalar.bigEndian() ? " big-endian" : "")
          + use(scalar.names());
    } else if (type instanceof Type.Flag) {
      return "flag";
    } else if (type instanceof Type.Text) {
      return "string";
    } else if (type instanceof Type.Binary binary) {
      return "binary" + (binary.length().isPresent() ? " " + binary.length().getAsInt() : "");
    } else if (type instanceof Type.Bitfield bitfield) {
      return "bitfield32" + use(bitfield.names());
    } else if (type instanceof Type.StructValue struct) {
      return "struct " + struct.struct();
    } else if (type instanceof Type.StructArray array) {
      return "array of struct " + array.struct();
    } else if (type instanceof Type.ScalarArray array) {
      return "array of " + of(array.element());
    } else if (type instanceof Type.Nest nest) {
      return (nest.ordered() ? "ordered nest " : "nest ") + nest.set();
    } else if (type instanceof Type.IndexedArray array) {
      return "indexed array of " + of(array.element());
    } else if (type instanceof Type.TypeValue value) {
      return "nests by " + String.join(", ", value.levels()) + " of " + of(value.element());
    } else if (type instanceof Type.Selected selected) {
      return "sub-message " + selected.subMessage() + " by " + selected.selector();
    }
    return "nothing";
  }

  private static String use(Optional<Type.EnumUse> names) {
    return names.isEmpty()
        ? ""
        : (names.get().flags() ? " flags " : " enum ") + names.get().enumeration();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
