package dev.jgenl.cli;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a family and its parts as names with values. */
final class Descriptions {

  private final Family family;
  private final int depth;

  /**
   * Makes one.
   *
   * @param family what to describe
   * @param depth how deep nests are described
   */
  Descriptions(Family family, int depth) {
    this.family = family;
    this.depth = depth;
  }

  /** Describes all in a few words each. */
  Map<String, Object> family() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", family.name());
    put(all, "doc", family.doc());
    if (family.protocol() instanceof Protocol.Generic generic) {
      all.put("family", generic.family());
      all.put("version", generic.version());
    } else {
      all.put("protocol", ((Protocol.Raw) family.protocol()).number());
    }
    List<Object> operations = new ArrayList<>();
    for (Operation operation : family.operations()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", operation.name());
      row.put("is", calls(operation));
      put(row, "needs", permission(operation));
      put(row, "doc", firstSentence(operation.doc()));
      operations.add(row);
    }
    all.put("operations", operations);
    List<String> groups = new ArrayList<>();
    for (Group group : family.groups()) {
      groups.add(group.name());
    }
    putAll(all, "groups", groups);
    List<String> sets = new ArrayList<>();
    for (AttributeSet set : family.sets()) {
      sets.add(set.name());
    }
    putAll(all, "sets", sets);
    List<String> definitions = new ArrayList<>();
    for (Definition definition : family.definitions()) {
      definitions.add(definition.name());
    }
    putAll(all, "definitions", definitions);
    return all;
  }

  private static String firstSentence(String doc) {
    int end = doc.indexOf(". ");
    return (end < 0 ? doc : doc.substring(0, end + 1)).strip();
  }

  /** Tells whether it is a do, a dump or told by the kernel. */
  static List<String> calls(Operation operation) {
    List<String> calls = new ArrayList<>();
    if (operation.doCall().isPresent()) {
      calls.add("do");
    }
    if (operation.dump().isPresent()) {
      calls.add("dump");
    }
    if (operation.event().isPresent()) {
      calls.add("event");
    }
    return calls;
  }

  /** Says with the word of the specs what whoever asks needs; "" if nothing. */
  private static String permission(Operation operation) {
    if (operation.privileges().contains(Operation.Privilege.ADMIN)) {
      return "admin-perm";
    }
    return operation.privileges().isEmpty() ? "" : "uns-admin-perm";
  }

  /** Tells which capability that is; "" if none. */
  private static String needs(Operation operation) {
    if (operation.privileges().contains(Operation.Privilege.ADMIN)) {
      return "CAP_NET_ADMIN";
    }
    return operation.privileges().isEmpty() ? "" : "CAP_NET_ADMIN of the namespace";
  }

  /** Describes an operation with all its attributes. */
  Map<String, Object> operation(Operation operation) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", operation.name());
    put(all, "doc", operation.doc());
    put(all, "c-name", operation.cName());
    put(all, "needs", needs(operation));
    put(all, "group", operation.group().orElse(""));
    put(all, "notifies", operation.notifies().orElse(""));
    if (operation.header().isPresent()
        && Models.definition(family, operation.header().get()) instanceof Definition.Struct s) {
      all.put("header", DefinitionText.members(s));
    }
    call(all, "do", operation, operation.doCall());
    call(all, "dump", operation, operation.dump());
    if (operation.event().isPresent()) {
      all.put("event", layout(operation, operation.event().get()));
    }
    return all;
  }

  private void call(
      Map<String, Object> all, String name, Operation operation, Optional<Call> call) {
    if (call.isPresent()) {
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("request", layout(operation, call.get().request()));
      if (call.get().reply().isPresent()) {
        both.put("reply", layout(operation, call.get().reply().get()));
      }
      all.put(name, both);
    }
  }

  private List<Object> layout(Operation operation, Layout layout) {
    List<Object> attributes = new ArrayList<>();
    AttributeSet set = operation.set().isEmpty() ? null : Models.set(family, operation.set().get());
    if (set != null) {
      for (Attribute attribute : set.attributes()) {
        if (layout.attributes().contains(attribute.name())) {
          attributes.add(attribute(attribute, 1));
        }
      }
    }
    return attributes;
  }

  /** Describes an attribute set. */
  Map<String, Object> set(AttributeSet set) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", set.name());
    put(all, "doc", set.doc());
    put(all, "subset-of", set.subsetOf().orElse(""));
    all.put("attributes", attributes(set, 1));
    return all;
  }

  private List<Object> attributes(AttributeSet set, int level) {
    List<Object> attributes = new ArrayList<>();
    for (Attribute attribute : set.attributes()) {
      if (!(attribute.type() instanceof Type.Pad || attribute.type() instanceof Type.Unused)) {
        attributes.add(attribute(attribute, level));
      }
    }
    return attributes;
  }

  private Map<String, Object> attribute(Attribute attribute, int level) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", attribute.name());
    row.put("type", TypeText.of(attribute));
    row.put("number", attribute.id());
    put(row, "c-name", attribute.cName());
    put(row, "doc", attribute.doc());
    AttributeSet within = Commands.within(family, attribute.type());
    if (within != null && level < depth) {
      row.put("nested", attributes(within, level + 1));
    }
    return row;
  }

  /** Puts text unless it is empty, in one line. */
  static void put(Map<String, Object> row, String name, String text) {
    if (!text.isEmpty()) {
      row.put(name, text.strip().replace('\n', ' '));
    }
  }

  /** Puts names unless there are none. */
  static void putAll(Map<String, Object> row, String name, List<String> names) {
    if (!names.isEmpty()) {
      row.put(name, names);
    }
  }
}
