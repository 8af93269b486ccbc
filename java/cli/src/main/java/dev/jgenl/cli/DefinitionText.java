package dev.jgenl.cli;

import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Describes what has no attributes: definitions, sub-messages, groups. */
final class DefinitionText {

  private DefinitionText() {}

  /** Describes a constant, an enumeration or a struct. */
  static Map<String, Object> definition(Definition definition) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", definition.name());
    Descriptions.put(all, "doc", definition.doc());
    if (definition instanceof Definition.Enumeration names) {
      all.put("is", names.flags() ? "flags" : "enum");
      List<Object> entries = new ArrayList<>();
      for (Definition.Entry entry : names.entries()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", entry.name());
        row.put("value", entry.value());
        Descriptions.put(row, "c-name", entry.cName());
        Descriptions.put(row, "doc", entry.doc());
        entries.add(row);
      }
      all.put("entries", entries);
    } else if (definition instanceof Definition.Struct struct) {
      all.put("is", "struct");
      Descriptions.put(all, "c-name", struct.cName());
      all.put("size", struct.size());
      all.put("members", members(struct));
    } else if (definition instanceof Definition.Constant constant) {
      all.put("is", "const");
      Descriptions.put(all, "c-name", constant.cName());
      all.put("value", constant.value());
    } else if (definition instanceof Definition.Text text) {
      all.put("is", "const");
      Descriptions.put(all, "c-name", text.cName());
      all.put("value", text.value());
    }
    return all;
  }

  /** Describes the members of a struct. */
  static List<Object> members(Definition.Struct struct) {
    List<Object> members = new ArrayList<>();
    for (Definition.Member member : struct.members()) {
      if (!(member.type() instanceof Type.Pad)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", member.name());
        row.put("offset", member.offset());
        row.put("type", TypeText.of(member.type()));
        Descriptions.put(row, "doc", member.doc());
        members.add(row);
      }
    }
    return members;
  }

  /** Describes a sub-message. */
  static Map<String, Object> subMessage(SubMessage subMessage) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", subMessage.name());
    List<Object> formats = new ArrayList<>();
    for (SubMessage.Format format : subMessage.formats()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("value", format.value());
      Descriptions.put(row, "header", format.header().orElse(""));
      Descriptions.put(row, "set", format.set().orElse(""));
      formats.add(row);
    }
    all.put("formats", formats);
    return all;
  }

  /** Describes a multicast group, and what is told in it. */
  static Map<String, Object> group(Family family, Group group) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", group.name());
    OptionalInt number = group.id();
    if (number.isPresent()) {
      all.put("number", number.getAsInt());
    }
    List<String> events = new ArrayList<>();
    for (Operation operation : family.operations()) {
      if (operation.group().isPresent() && operation.group().get().equals(group.name())) {
        events.add(operation.name());
      }
    }
    Descriptions.putAll(all, "events", events);
    return all;
  }
}
