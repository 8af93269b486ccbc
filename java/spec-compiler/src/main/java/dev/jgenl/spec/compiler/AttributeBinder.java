package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Type;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Says what an attribute holds. */
final class AttributeBinder {

  private static final Set<String> OTHERS =
      Set.of(
          "binary",
          "bitfield32",
          "flag",
          "indexed-array",
          "nest",
          "nest-type-value",
          "pad",
          "string",
          "sub-message",
          "unused");

  private final Definitions definitions;
  private final ScalarBinder scalars;

  AttributeBinder(Definitions definitions) {
    this.definitions = definitions;
    scalars = new ScalarBinder(definitions);
  }

  Attribute bind(Fields tree, int id, String prefix) throws SpecException {
    Checks checks = checks(tree);
    return new Attribute(
        tree.text("name"),
        id,
        type(tree, checks),
        tree.flag("multi-attr"),
        checks,
        ScalarBinder.hint(tree),
        tree.doc(),
        CNames.named(tree, tree.textOr("name-prefix", prefix)));
  }

  private Type type(Fields tree, Checks checks) throws SpecException {
    String type = tree.text("type");
    return switch (type) {
      case "unused" -> new Type.Unused();
      case "pad" -> new Type.Pad(0);
      case "flag" -> new Type.Flag();
      case "string" -> new Type.Text();
      case "binary" -> binary(tree, checks);
      case "bitfield32" -> new Type.Bitfield(scalars.names(tree));
      case "nest", "nest-type-value" -> byValues(tree, ordered(tree));
      case "indexed-array" ->
          new Type.IndexedArray(
              element(tree, checks), tree.numberOr("base", 0, 0, Short.MAX_VALUE));
      case "sub-message" -> new Type.Selected(tree.text("sub-message"), tree.text("selector"));
      default -> byValues(tree, scalars.require(tree, "type", OTHERS));
    };
  }

  private static Type.Nest ordered(Fields tree) throws SpecException {
    boolean ordered = tree.flag("ordered");
    if (ordered && tree.flag("multi-attr")) {
      throw new SpecException(tree.place("ordered"), "one of many cannot be ordered as well");
    }
    return new Type.Nest(nest(tree).set(), ordered, tree.flag("ambiguous"));
  }

  private static Type.Nest nest(Fields tree) throws SpecException {
    return new Type.Nest(tree.text("nested-attributes"));
  }

  /** The kernel writes the values of these as numbers of nests. */
  private static Type byValues(Fields tree, Type element) throws SpecException {
    List<String> levels = tree.texts("type-value");
    return levels.isEmpty() ? element : new Type.TypeValue(levels, element);
  }

  private Type binary(Fields tree, Checks checks) throws SpecException {
    String element = tree.textOr("sub-type", "");
    if (tree.has("struct")) {
      definitions.size(tree.require("struct"));
      return element.equals("struct")
          ? new Type.StructArray(tree.text("struct"))
          : new Type.StructValue(tree.text("struct"));
    }
    if (element.isEmpty()) {
      return new Type.Binary(length(checks));
    }
    return new Type.ScalarArray(scalars.require(tree, "sub-type", Set.of()));
  }

  /** The only one that the checks let pass. */
  private static OptionalInt length(Checks checks) {
    return checks.minLength().isPresent() && checks.minLength().equals(checks.maxLength())
        ? checks.minLength()
        : checks.exactLength();
  }

  private Type element(Fields tree, Checks checks) throws SpecException {
    return switch (tree.text("sub-type")) {
      case "nest" -> nest(tree);
      case "binary" -> new Type.Binary(length(checks));
      default -> scalars.require(tree, "sub-type", Set.of("nest", "binary"));
    };
  }

  private Checks checks(Fields tree) throws SpecException {
    Fields checks = tree.fields("checks", Keys.CHECKS);
    return checks == null
        ? Checks.NONE
        : new Checks(
            limit(checks, "min"),
            limit(checks, "max"),
            length(checks, "min-len"),
            length(checks, "max-len"),
            length(checks, "exact-len"),
            checks.flag("unterminated-ok"));
  }

  private OptionalLong limit(Fields checks, String key) throws SpecException {
    Tree tree = checks.get(key);
    return tree == null ? OptionalLong.empty() : OptionalLong.of(definitions.limit(key, tree));
  }

  private OptionalInt length(Fields checks, String key) throws SpecException {
    Tree tree = checks.get(key);
    return tree == null ? OptionalInt.empty() : OptionalInt.of(definitions.length(key, tree));
  }
}
