package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Lays out the members of a struct, one behind the other: what gaps there are, are members. */
final class StructBinder {

  private static final Set<String> OTHERS = Set.of("binary", "pad", "string");

  private final Definitions definitions;
  private final ScalarBinder scalars;

  StructBinder(Definitions definitions) {
    this.definitions = definitions;
    scalars = new ScalarBinder(definitions);
  }

  Definition.Struct bind(Fields tree) throws SpecException {
    List<Definition.Member> members = new ArrayList<>();
    int size = 0;
    for (Tree item : tree.items("members")) {
      Fields member = Fields.of("a member", item, Keys.MEMBER);
      int length = length(member);
      members.add(
          new Definition.Member(
              member.text("name"),
              size,
              length,
              type(member, length),
              ScalarBinder.hint(member),
              member.doc()));
      size += length;
      if (size > Definitions.MOST_BYTES) {
        throw new SpecException(
            item.place(), "the struct is longer than " + Definitions.MOST_BYTES + " bytes here");
      }
    }
    return new Definition.Struct(tree.text("name"), tree.doc(), CNames.struct(tree), size, members);
  }

  private int length(Fields member) throws SpecException {
    String type = member.text("type");
    OptionalInt length = ScalarBinder.length(type);
    if (length.isPresent()) {
      return length.getAsInt();
    }
    if (!OTHERS.contains(type)) {
      throw ScalarBinder.unknownType(member, "type", OTHERS);
    }
    return member.has("len") || !member.has("struct")
        ? definitions.length("len", member.require("len"))
        : definitions.size(member.require("struct"));
  }

  private Type type(Fields member, int length) throws SpecException {
    return switch (member.text("type")) {
      case "pad" -> new Type.Pad(length);
      case "string" -> new Type.Text();
      case "binary" ->
          member.has("struct") ? structs(member, length) : new Type.Binary(OptionalInt.of(length));
      default -> scalars.require(member, "type", OTHERS);
    };
  }

  /** With another length than its own it is an array: of as many as there are, if that is 0. */
  private Type structs(Fields member, int length) throws SpecException {
    int size = definitions.size(member.require("struct"));
    if (length == size) {
      return new Type.StructValue(member.text("struct"));
    }
    if (size == 0 || length % size != 0) {
      throw new SpecException(
          member.place("len"),
          "len has to be a multiple of the " + size + " bytes of " + member.text("struct"));
    }
    return new Type.StructArray(member.text("struct"));
  }
}
