package dev.jgenl.spec.compiler.typed;

import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.SubMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of a model by their names. */
final class FamilyIndex {

  private final Family family;
  private final Map<String, AttributeSet> sets = new HashMap<>();
  private final Map<String, Definition> definitions = new HashMap<>();
  private final Map<String, SubMessage> subMessages = new HashMap<>();

  FamilyIndex(Family family) {
    this.family = family;
    family.sets().forEach(s -> sets.put(s.name(), s));
    family.definitions().forEach(d -> definitions.put(d.name(), d));
    family.subMessages().forEach(m -> subMessages.put(m.name(), m));
  }

  Family family() {
    return family;
  }

  AttributeSet set(String name) {
    return require(sets, name);
  }

  Struct struct(String name) {
    return (Struct) require(definitions, name);
  }

  Enumeration enumeration(String name) {
    return (Enumeration) require(definitions, name);
  }

  SubMessage subMessage(String name) {
    return require(subMessages, name);
  }

  <D extends Definition> List<D> definitions(Class<D> kind) {
    return family.definitions().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static <T> T require(Map<String, T> map, String name) {
    T found = map.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the model has no '" + name + "', which it refers to");
    }
    return found;
  }
}
