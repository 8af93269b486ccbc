package dev.jgenl.spec.compiler;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the kernel's headers call things, by its rule: the prefix and the name in capitals. */
final class CNames {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String family;

  CNames(String family) {
    this.family = family;
  }

  String constant(Fields constant) throws SpecException {
    return named(constant, constant.textOr("name-prefix", family + "-"));
  }

  /** The prefix of the entries of an enumeration. */
  String entryPrefix(Fields enumeration) throws SpecException {
    return enumeration.textOr("name-prefix", family + "-" + enumeration.text("name") + "-");
  }

  /** The prefix of the attributes of a set that is not part of another one. */
  String attributePrefix(Fields set) throws SpecException {
    String name = set.text("name");
    return set.textOr("name-prefix", family + "-a-" + (name.equals(family) ? "" : name + "-"));
  }

  String operation(Fields operations, Fields operation) throws SpecException {
    String prefix = operations.textOr("name-prefix", family + "-cmd-");
    boolean told = operation.has("notify") || operation.has("event");
    return named(operation, told ? operations.textOr("async-prefix", prefix) : prefix);
  }

  /** What a thing says to be called in C, else what the rule makes of its name. */
  static String named(Fields thing, String prefix) throws SpecException {
    return thing.has("c-name") ? thing.text("c-name") : upper(prefix + thing.text("name"));
  }

  static String struct(Fields struct) throws SpecException {
    return struct.has("c-name")
        ? struct.text("c-name")
        : identifier(struct.text("name").replace('-', '_'));
  }

  static String upper(String name) {
    return identifier(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String identifier(String name) {
    return IDENTIFIER.matcher(name).matches() ? name : "";
  }
}
