package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Provenance;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Small specs, bound, and parts of what they become. */
final class Bound {

  private static final Provenance PROVENANCE =
      new Provenance("f.yaml", "0".repeat(64), "MIT", List.of());

  private Bound() {}

  /** Binds a spec, of which the name stands in the first line, and operations at the end. */
  static Family family(String yaml) throws SpecException {
    String operations = yaml.contains("operations:") ? "" : "\noperations: {list: []}";
    return Binder.bind(Tree.read("f.yaml", "name: f\n" + yaml + operations), PROVENANCE);
  }

  /** Binds an attribute, with other things of the spec. */
  static Attribute attribute(String attribute, String rest) throws SpecException {
    Family family =
        family(
            "attribute-sets: [{name: s, attributes: [{name: a, %s}]}]\n".formatted(attribute)
                + rest);
    return set(family, "s").attributes().get(0);
  }

  static Attribute attribute(String attribute) throws SpecException {
    return attribute(attribute, "");
  }

  /** Binds the members of a struct, with other definitions. */
  static Definition.Struct struct(String members, String definitions) throws SpecException {
    return (Definition.Struct)
        definition(
            family(
                "definitions: [%s{name: s, type: struct, members: [%s]}]"
                    .formatted(definitions, members)),
            "s");
  }

  static Definition.Struct struct(String members) throws SpecException {
    return struct(members, "");
  }

  static AttributeSet set(Family family, String name) {
    return family.sets().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  static Definition definition(Family family, String name) {
    return family.definitions().stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Operation operation(Family family, String name) {
    return family.operations().stream()
        .filter(o -> o.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Map<String, Integer> ids(AttributeSet set) {
    return set.attributes().stream().collect(Collectors.toMap(Attribute::name, Attribute::id));
  }
}
