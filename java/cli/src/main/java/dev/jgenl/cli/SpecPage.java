package dev.jgenl.cli;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import java.util.List;
import java.util.Optional;

/** A page of Markdown about a family. */
final class SpecPage {

  private final Family family;
  private final StringBuilder text = new StringBuilder();

  SpecPage(Family family) {
    this.family = family;
  }

  String text() {
    line("# " + family.name());
    paragraph(family.doc());
    line("\n## Operations");
    for (Operation operation : family.operations()) {
      operation(operation);
    }
    line("\n## Attribute sets");
    for (AttributeSet set : family.sets()) {
      set(set);
    }
    line("\n## Definitions");
    for (Definition definition : family.definitions()) {
      definition(definition);
    }
    return text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void paragraph(String words) {
    if (!words.isEmpty()) {
      line("\n" + escaped(words));
    }
  }

  private void operation(Operation operation) {
    line("\n### " + operation.name());
    paragraph(operation.doc());
    line("");
    call("do", operation.doCall());
    call("dump", operation.dump());
    if (operation.event().isPresent()) {
      line("- told by the kernel: " + code(operation.event().get().attributes()));
    }
    if (operation.set().isPresent()) {
      line("- attributes of the set `" + operation.set().get() + "`");
    }
    if (operation.header().isPresent()) {
      line("- header: struct `" + operation.header().get() + "`");
    }
    for (Operation.Privilege privilege : operation.privileges()) {
      line(
          privilege == Operation.Privilege.ADMIN
              ? "- needs `CAP_NET_ADMIN`"
              : "- needs `CAP_NET_ADMIN` of the namespace");
    }
  }

  private void call(String name, Optional<Call> call) {
    if (call.isPresent()) {
      line("- " + name + " request: " + code(call.get().request().attributes()));
      if (call.get().reply().isPresent()) {
        line("- " + name + " reply: " + code(call.get().reply().get().attributes()));
      }
    }
  }

  private static String code(List<String> names) {
    return names.isEmpty() ? "nothing" : "`" + String.join("`, `", names) + "`";
  }

  private void set(AttributeSet set) {
    line("\n### " + set.name());
    paragraph(set.doc());
    line("\n| attribute | number | holds | |\n|---|---|---|---|");
    for (Attribute attribute : set.attributes()) {
      if (!(attribute.type() instanceof Type.Unused)) {
        row(attribute.name(), attribute.id(), TypeText.of(attribute), attribute.doc());
      }
    }
  }

  private void definition(Definition definition) {
    line("\n### " + definition.name());
    paragraph(definition.doc());
    if (definition instanceof Definition.Enumeration names) {
      line("\n| name | value | |\n|---|---|---|");
      for (Definition.Entry entry : names.entries()) {
        row(entry.name(), entry.value(), entry.doc());
      }
    } else if (definition instanceof Definition.Struct struct) {
      line("\n| member | offset | holds | |\n|---|---|---|---|");
      for (Definition.Member member : struct.members()) {
        row(member.name(), member.offset(), TypeText.of(member.type()), member.doc());
      }
    } else if (definition instanceof Definition.Constant constant) {
      line("\n" + constant.value());
    } else if (definition instanceof Definition.Text constant) {
      line("\n`" + constant.value() + "`");
    }
  }

  private void row(Object... cells) {
    for (Object cell : cells) {
      text.append("| ").append(escaped(cell.toString())).append(' ');
    }
    line("|");
  }

  /** What would be a part of the table, or of the layout. */
  private static String escaped(String words) {
    return words.strip().replace('\n', ' ').replace("|", "\\|").replace("<", "&lt;");
  }
}
