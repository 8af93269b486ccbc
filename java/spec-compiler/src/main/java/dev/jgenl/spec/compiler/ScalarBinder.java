package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What attributes and the members of structs have in common: numbers, and how they are shown. */
final class ScalarBinder {

  private static final Map<String, Type.Width> WIDTHS =
      Map.of(
          "u8", Type.Width.U8,
          "u16", Type.Width.U16,
          "u32", Type.Width.U32,
          "u64", Type.Width.U64,
          "s8", Type.Width.S8,
          "s16", Type.Width.S16,
          "s32", Type.Width.S32,
          "s64", Type.Width.S64,
          "uint", Type.Width.UINT,
          "sint", Type.Width.SINT);

  private static final Map<String, Hint> HINTS =
      Map.of(
          "hex", Hint.HEX,
          "mac", Hint.MAC,
          "fddi", Hint.MAC,
          "ipv4", Hint.IPV4,
          "ipv6", Hint.IPV6,
          "ipv4-or-v6", Hint.IPV4_OR_V6,
          "uuid", Hint.UUID,
          "socket-address", Hint.SOCKET_ADDRESS);

  private final Definitions definitions;

  ScalarBinder(Definitions definitions) {
    this.definitions = definitions;
  }

  /** The bytes of a type of numbers that has one length. */
  static OptionalInt length(String type) {
    Type.Width width = WIDTHS.get(type);
    return width == null || width == Type.Width.UINT || width == Type.Width.SINT
        ? OptionalInt.empty()
        : OptionalInt.of(width.length());
  }

  /**
   * A number of the type that a key names.
   *
   * @param others the types that are none of numbers, and would do
   */
  Type.Scalar require(Fields tree, String key, Set<String> others) throws SpecException {
    Type.Width width = WIDTHS.get(tree.text(key));
    if (width == null) {
      throw unknownType(tree, key, others);
    }
    return new Type.Scalar(width, isBigEndian(tree), names(tree));
  }

  private static boolean isBigEndian(Fields tree) throws SpecException {
    return switch (tree.textOr("byte-order", "")) {
      case "" -> false;
      case "big-endian" -> true;
      default ->
          throw new SpecException(
              tree.place("byte-order"),
              "byte-order has to be big-endian; without it, a number has the order of the host");
    };
  }

  Optional<Type.EnumUse> names(Fields tree) throws SpecException {
    if (!tree.has("enum")) {
      return Optional.empty();
    }
    boolean flags = definitions.isFlags(tree) || tree.flag("enum-as-flags");
    return Optional.of(new Type.EnumUse(tree.text("enum"), flags));
  }

  static Hint hint(Fields tree) throws SpecException {
    String name = tree.textOr("display-hint", "");
    if (name.isEmpty()) {
      return Hint.NONE;
    }
    Hint hint = HINTS.get(name);
    if (hint == null) {
      throw new SpecException(
          tree.place("display-hint"),
          "there is no display-hint " + name + Nearest.remedy(name, HINTS.keySet()));
    }
    return hint;
  }

  static SpecException unknownType(Fields tree, String key, Set<String> others)
      throws SpecException {
    String type = tree.text(key);
    Set<String> known = new HashSet<>(WIDTHS.keySet());
    known.addAll(others);
    return new SpecException(
        tree.place(key), "there is no " + key + " " + type + " here" + Nearest.remedy(type, known));
  }
}
