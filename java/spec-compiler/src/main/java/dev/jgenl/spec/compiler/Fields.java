package dev.jgenl.spec.compiler;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping all of whose keys are known, each read as what it has to be. */
final class Fields {

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  /** Of the digits of a number, with its sign and 0x. */
  private static final int LONGEST_NUMBER = 24;

  private final String what;
  private final Tree.Mapping mapping;

  private Fields(String what, Tree.Mapping mapping) {
    this.what = what;
    this.mapping = mapping;
  }

  /** What it is said to be, such as "an attribute", is for errors. */
  static Fields of(String what, Tree tree, Set<String> known) throws SpecException {
    Fields fields = of(what, tree);
    for (var field : fields.mapping.fields().entrySet()) {
      if (!known.contains(field.getKey())) {
        throw new SpecException(
            field.getValue().place(),
            what + " has no key " + field.getKey() + Nearest.remedy(field.getKey(), known));
      }
    }
    return fields;
  }

  /** A mapping that may have any key. */
  static Fields of(String what, Tree tree) throws SpecException {
    if (!(tree instanceof Tree.Mapping mapping)) {
      throw new SpecException(tree.place(), what + " has to have keys");
    }
    return new Fields(what, mapping);
  }

  Place place() {
    return mapping.place();
  }

  /** Where the value of a key begins; where the mapping does if there is no such key. */
  Place place(String key) {
    Tree tree = mapping.get(key);
    return tree == null ? place() : tree.place();
  }

  Tree.Mapping mapping() {
    return mapping;
  }

  boolean has(String key) {
    return mapping.fields().containsKey(key);
  }

  @Nullable Tree get(String key) {
    return mapping.get(key);
  }

  Tree require(String key) throws SpecException {
    Tree tree = mapping.get(key);
    if (tree == null) {
      throw new SpecException(place(), what + " lacks its key " + key);
    }
    return tree;
  }

  String text(String key) throws SpecException {
    return text(key, require(key));
  }

  String textOr(String key, String otherwise) throws SpecException {
    Tree tree = mapping.get(key);
    return tree == null ? otherwise : text(key, tree);
  }

  Optional<String> optionalText(String key) throws SpecException {
    Tree tree = mapping.get(key);
    return tree == null ? Optional.empty() : Optional.of(text(key, tree));
  }

  /** Of several lines perhaps, without space at either end. */
  String doc() throws SpecException {
    return textOr("doc", "").strip();
  }

  private static String text(String key, Tree tree) throws SpecException {
    if (!(tree instanceof Tree.Scalar scalar) || scalar.kind() == Tree.Scalar.Kind.NOTHING) {
      throw new SpecException(
          tree.place(), key + " has to be a text; what YAML takes for nothing, put in quotes");
    }
    return scalar.text();
  }

  List<String> texts(String key) throws SpecException {
    List<String> texts = new ArrayList<>();
    for (Tree item : items(key)) {
      texts.add(text(key, item));
    }
    return texts;
  }

  boolean flag(String key) throws SpecException {
    Tree tree = mapping.get(key);
    if (tree == null) {
      return false;
    }
    if (!(tree instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Scalar.Kind.TRUTH) {
      throw new SpecException(tree.place(), key + " has to be true or false");
    }
    return Boolean.parseBoolean(scalar.text());
  }

  int number(String key, int least, int most) throws SpecException {
    return number(key, require(key), least, most);
  }

  int numberOr(String key, int otherwise, int least, int most) throws SpecException {
    Tree tree = mapping.get(key);
    return tree == null ? otherwise : number(key, tree, least, most);
  }

  /** The number that a key holds, or else the next, if that is not too great. */
  int counted(String key, int next, int most) throws SpecException {
    if (!has(key) && next > most) {
      throw new SpecException(
          place(), "the number after " + most + " would be too great: give this a " + key);
    }
    return numberOr(key, next, 0, most);
  }

  OptionalInt optionalNumber(String key, int least, int most) throws SpecException {
    return has(key) ? OptionalInt.of(number(key, least, most)) : OptionalInt.empty();
  }

  private static int number(String key, Tree tree, int least, int most) throws SpecException {
    long number = number(key, tree);
    if (number < least || number > most) {
      throw new SpecException(
          tree.place(),
          key + " has to be from " + least + " to " + most + ", and is " + tree.name());
    }
    return (int) number;
  }

  /** From -2^63 to 2^64 - 1; above 2^63 - 1 the result is negative. */
  static long number(String key, Tree tree) throws SpecException {
    BigInteger number = integer(tree);
    if (number == null) {
      throw new SpecException(tree.place(), key + " has to be a number without quotes");
    }
    if (number.compareTo(LEAST) < 0 || number.compareTo(MOST) > 0) {
      throw new SpecException(tree.place(), key + " has more than 64 bits");
    }
    return number.longValue();
  }

  private static @Nullable BigInteger integer(Tree tree) {
    if (!(tree instanceof Tree.Scalar scalar)
        || scalar.kind() != Tree.Scalar.Kind.INTEGER
        || scalar.text().length() > LONGEST_NUMBER) {
      return null;
    }
    String text = scalar.text();
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    if (text.startsWith("0o")) {
      return new BigInteger(text.substring(2), 8);
    }
    return new BigInteger(text);
  }

  /** None if there is no such key. */
  List<Tree> items(String key) throws SpecException {
    Tree tree = mapping.get(key);
    if (tree == null) {
      return List.of();
    }
    if (!(tree instanceof Tree.Sequence sequence)) {
      throw new SpecException(tree.place(), key + " has to be a list");
    }
    return sequence.items();
  }

  /** What a key holds, as keys of its own; null if there is no such key. */
  @Nullable Fields fields(String key, Set<String> known) throws SpecException {
    Tree tree = mapping.get(key);
    return tree == null ? null : of(key, tree, known);
  }
}
