package dev.jgenl.cli;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What differs between specs of two versions, in what they say of messages. */
final class SpecDiff {

  /**
   * A difference.
   *
   * @param family its name
   * @param path what differs
   * @param text how
   */
  record Difference(String family, String path, String text) {}

  private final String family;
  private final List<Difference> found;

  private SpecDiff(String family, List<Difference> found) {
    this.family = family;
    this.found = found;
  }

  /** Compares families by name. */
  static List<Difference> of(Map<String, Family> before, Map<String, Family> after) {
    List<Difference> found = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Family old = before.get(name);
      Family young = after.get(name);
      if (old == null) {
        found.add(new Difference(name, "family", "added"));
      } else if (young == null) {
        found.add(new Difference(name, "family", "removed"));
      } else {
        new SpecDiff(name, found).compare("", facts(old), facts(young));
      }
    }
    return found;
  }

  private void compare(String path, Map<String, Object> before, Map<String, Object> after) {
    for (Map.Entry<String, Object> entry : before.entrySet()) {
      String where = path + entry.getKey();
      Object now = after.get(entry.getKey());
      if (now == null) {
        found.add(new Difference(family, where, "removed"));
      } else if (entry.getValue() instanceof Map<?, ?> old && now instanceof Map<?, ?> young) {
        compare(where + ".", names(old), names(young));
      } else if (!now.equals(entry.getValue())) {
        found.add(new Difference(family, where, entry.getValue() + " is now " + now));
      }
    }
    for (String name : after.keySet()) {
      if (!before.containsKey(name)) {
        found.add(new Difference(family, path + name, "added"));
      }
    }
  }

  @SuppressWarnings("unchecked") // Facts have names alone.
  private static Map<String, Object> names(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  /** Returns all that matters, by what it is called. */
  private static Map<String, Object> facts(Family family) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("protocol", family.protocol().toString());
    for (Operation operation : family.operations()) {
      facts.put("operation " + operation.name(), facts(operation));
    }
    for (Group group : family.groups()) {
      facts.put("group " + group.name(), group.id().toString());
    }
    for (AttributeSet set : family.sets()) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      for (Attribute attribute : set.attributes()) {
        attributes.put(attribute.name(), attribute.id() + " " + TypeText.of(attribute));
      }
      facts.put("set " + set.name(), attributes);
    }
    for (SubMessage subMessage : family.subMessages()) {
      Map<String, Object> formats = new LinkedHashMap<>();
      for (SubMessage.Format format : subMessage.formats()) {
        formats.put(format.value(), format.header().orElse("") + " " + format.set().orElse(""));
      }
      facts.put("sub-message " + subMessage.name(), formats);
    }
    for (Definition definition : family.definitions()) {
      facts.put("definition " + definition.name(), facts(definition));
    }
    return facts;
  }

  private static Map<String, Object> facts(Operation operation) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("needs", new TreeSet<>(operation.privileges()).toString());
    facts.put("header", operation.header().orElse("none"));
    facts.put("set", operation.set().orElse("none"));
    put(facts, "do", operation.doCall());
    put(facts, "dump", operation.dump());
    if (operation.event().isPresent()) {
      facts.put("event", operation.event().get().toString());
    }
    return facts;
  }

  private static void put(Map<String, Object> facts, String name, Optional<Call> call) {
    if (call.isPresent()) {
      facts.put(name, call.get().request().id());
      put(facts, name + " request ", call.get().request().attributes());
      if (call.get().reply().isPresent()) {
        put(facts, name + " reply ", call.get().reply().get().attributes());
      }
    }
  }

  private static void put(Map<String, Object> facts, String before, List<String> attributes) {
    for (String attribute : attributes) {
      facts.put(before + attribute, "taken");
    }
  }

  private static Map<String, Object> facts(Definition definition) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (definition instanceof Definition.Enumeration names) {
      for (Definition.Entry entry : names.entries()) {
        facts.put(entry.name(), entry.value());
      }
    } else if (definition instanceof Definition.Struct struct) {
      facts.put("size", struct.size());
      for (Definition.Member member : struct.members()) {
        facts.put(member.name(), member.offset() + " " + TypeText.of(member.type()));
      }
    } else if (definition instanceof Definition.Constant constant) {
      facts.put("value", constant.value());
    } else if (definition instanceof Definition.Text text) {
      facts.put("value", text.value());
    }
    return facts;
  }
}
