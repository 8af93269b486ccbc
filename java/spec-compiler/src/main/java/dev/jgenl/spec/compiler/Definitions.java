package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Definition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The constants, enumerations and structs of a family, and what refers to them by name. */
final class Definitions {

  /** The most that an attribute can hold. */
  static final int MOST_BYTES = 65535;

  /** Of structs within structs. */
  private static final int MOST_LEVELS = 16;

  /** The bounds of the numbers of a width, which are known without a definition. */
  private static final Pattern LIMIT = Pattern.compile("([su])(8|16|32|64)-(min|max)");

  private final CNames cNames;
  private final List<Fields> trees = new ArrayList<>();
  private final Map<String, Fields> byName = new LinkedHashMap<>();
  private final Map<String, Fields> constantsInC = new HashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();
  private final Set<String> unfinished = new LinkedHashSet<>();

  Definitions(CNames cNames, List<Tree> definitions) throws SpecException {
    this.cNames = cNames;
    for (Tree tree : definitions) {
      Fields definition = Fields.of("a definition", tree, Keys.DEFINITION);
      trees.add(definition);
      byName.putIfAbsent(definition.text("name"), definition);
      if (definition.text("type").equals("const")) {
        constantsInC.putIfAbsent(cNames.constant(definition), definition);
      }
    }
  }

  List<Definition> bind() throws SpecException {
    List<Definition> definitions = new ArrayList<>();
    for (Fields tree : trees) {
      definitions.add(bind(tree));
    }
    return definitions;
  }

  private Definition bind(Fields tree) throws SpecException {
    String type = tree.text("type");
    return switch (type) {
      case "const" -> constant(tree);
      case "enum", "flags" -> new EnumerationBinder(cNames).bind(tree);
      case "struct" -> new StructBinder(this).bind(tree);
      default ->
          throw new SpecException(
              tree.place("type"),
              "there is no type of definition "
                  + type
                  + Nearest.remedy(type, Set.of("const", "enum", "flags", "struct")));
    };
  }

  private Definition constant(Fields tree) throws SpecException {
    String name = tree.text("name");
    Tree value = tree.require("value");
    if (value instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.TEXT) {
      return new Definition.Text(name, tree.doc(), cNames.constant(tree), scalar.text());
    }
    return new Definition.Constant(
        name, tree.doc(), cNames.constant(tree), Fields.number("value", value));
  }

  /** Whether the enumeration of that name is one of flags. */
  boolean isFlags(Fields user) throws SpecException {
    Tree name = user.require("enum");
    String type = find(name, "enumeration", Set.of("enum", "flags")).text("type");
    return type.equals("flags");
  }

  /** The length of the struct of that name in bytes. */
  int size(Tree name) throws SpecException {
    Fields struct = find(name, "struct", Set.of("struct"));
    String known = struct.text("name");
    Integer size = sizes.get(known);
    if (size != null) {
      return size;
    }
    if (!unfinished.add(known) || unfinished.size() > MOST_LEVELS) {
      throw new SpecException(
          name.place(), "structs within structs without end: " + String.join(", ", unfinished));
    }
    size = new StructBinder(this).bind(struct).size();
    unfinished.remove(known);
    sizes.put(known, size);
    return size;
  }

  private Fields find(Tree name, String what, Set<String> types) throws SpecException {
    Fields found = byName.get(name.name());
    if (found == null || !types.contains(found.text("type"))) {
      List<String> known = new ArrayList<>();
      for (Fields tree : trees) {
        if (types.contains(tree.text("type"))) {
          known.add(tree.text("name"));
        }
      }
      throw new SpecException(
          name.place(),
          "there is no " + what + " " + name.name() + Nearest.remedy("" + name.name(), known));
    }
    return found;
  }

  /** A number, the name of a constant, or the bound of a width; above 2^63 - 1 it is negative. */
  long limit(String key, Tree tree) throws SpecException {
    if (!(tree instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Scalar.Kind.TEXT) {
      return Fields.number(key, tree);
    }
    Matcher limit = LIMIT.matcher(scalar.text());
    if (limit.matches()) {
      return bound(
          limit.group(1).equals("s"),
          Integer.parseInt(limit.group(2)),
          limit.group(3).equals("min"));
    }
    return Fields.number(key, constant(scalar).require("value"));
  }

  /** A constant may go by what it is called in C, as wg-key-len for key-len with the prefix wg-. */
  private Fields constant(Tree.Scalar name) throws SpecException {
    Fields constant = constantsInC.get(CNames.upper(name.text()));
    return constant == null || byName.containsKey(name.text())
        ? find(name, "constant", Set.of("const"))
        : constant;
  }

  private static long bound(boolean signed, int bits, boolean least) {
    if (signed) {
      return least ? -1L << (bits - 1) : ~(-1L << (bits - 1));
    }
    return least ? 0 : -1L >>> (Long.SIZE - bits);
  }

  /** As {@link #limit}, but a number of bytes. */
  int length(String key, Tree tree) throws SpecException {
    long length = limit(key, tree);
    if (length < 0 || length > MOST_BYTES) {
      throw new SpecException(
          tree.place(), key + " has to be from 0 to " + MOST_BYTES + ", and is " + length);
    }
    return (int) length;
  }
}
