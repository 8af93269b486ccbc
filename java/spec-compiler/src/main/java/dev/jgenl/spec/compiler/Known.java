package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What there is in a family, by name. */
final class Known {

  private final Family family;
  private final Set<String> structs = new LinkedHashSet<>();
  private final Set<String> enumerations = new LinkedHashSet<>();
  private final Map<String, Set<String>> attributes = new LinkedHashMap<>();
  private final Map<String, SubMessage> subMessages = new LinkedHashMap<>();
  private final Map<String, Set<String>> holders = new HashMap<>();

  Known(Family family) {
    this.family = family;
    for (Definition definition : family.definitions()) {
      if (definition instanceof Definition.Struct) {
        structs.add(definition.name());
      } else if (definition instanceof Definition.Enumeration) {
        enumerations.add(definition.name());
      }
    }
    family.subMessages().forEach(message -> subMessages.putIfAbsent(message.name(), message));
    for (AttributeSet set : family.sets()) {
      Set<String> names = new LinkedHashSet<>();
      for (Attribute attribute : set.attributes()) {
        names.add(attribute.name());
        hold(set.name(), attribute.type());
      }
      attributes.putIfAbsent(set.name(), names);
    }
  }

  private void hold(String holder, Type type) {
    if (type instanceof Type.Nest nest) {
      holders.computeIfAbsent(nest.set(), set -> new HashSet<>()).add(holder);
    } else if (type instanceof Type.IndexedArray array) {
      hold(holder, array.element());
    } else if (type instanceof Type.TypeValue value) {
      hold(holder, value.element());
    } else if (type instanceof Type.Selected selected) {
      SubMessage message = subMessages.get(selected.subMessage());
      if (message != null) {
        message.formats().forEach(f -> f.set().ifPresent(set -> hold(holder, new Type.Nest(set))));
      }
    }
  }

  Family family() {
    return family;
  }

  Set<String> structs() {
    return structs;
  }

  Set<String> enumerations() {
    return enumerations;
  }

  Set<String> sets() {
    return attributes.keySet();
  }

  Set<String> subMessages() {
    return subMessages.keySet();
  }

  /** The names of a set's attributes; none of a set that there is not. */
  Set<String> attributes(String set) {
    return attributes.getOrDefault(set, Set.of());
  }

  /** Whether a set has the attribute, or one that it may stand in. */
  boolean isInOrAround(String set, String attribute) {
    Set<String> seen = new HashSet<>(List.of(set));
    Deque<String> rest = new ArrayDeque<>(seen);
    while (!rest.isEmpty()) {
      String next = rest.remove();
      if (attributes(next).contains(attribute)) {
        return true;
      }
      for (String holder : holders.getOrDefault(next, Set.of())) {
        if (seen.add(holder)) {
          rest.add(holder);
        }
      }
    }
    return false;
  }
}
