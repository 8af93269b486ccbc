package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Type;
import java.util.List;

/** Looks at constants, enumerations and structs. */
final class DefinitionCheck {

  private static final String RENAME = "give one of the two another name";

  private final Known known;
  private final Findings findings;
  private final TypeCheck types;

  DefinitionCheck(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
    types = new TypeCheck(known, findings);
  }

  void check() {
    List<Definition> definitions = known.family().definitions();
    findings.requireDistinct(
        List.of("definitions"), "definition", definitions, Definition::name, RENAME);
    for (Definition definition : definitions) {
      List<String> path = List.of("definitions", definition.name());
      if (definition instanceof Definition.Enumeration enumeration) {
        findings.requireDistinct(
            path, "entry", enumeration.entries(), Definition.Entry::name, RENAME);
      } else if (definition instanceof Definition.Struct struct) {
        check(path, struct);
      }
    }
  }

  private void check(List<String> path, Definition.Struct struct) {
    List<Definition.Member> members = struct.members();
    findings.requireDistinct(path, "member", members, Definition.Member::name, RENAME);
    for (Definition.Member member : members) {
      List<String> place = Findings.path(path, "members", member.name());
      types.check(place, member.type());
      if (member.type() instanceof Type.StructArray
          && member.length() == 0
          && member != members.get(members.size() - 1)) {
        findings.add(
            place,
            "an array of any length is not the last member",
            "give its length in bytes as len, or move it to the end");
      }
    }
  }
}
