package dev.jgenl.spec;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Definition.Entry;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Definition.Member;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Provenance;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Small models for tests: one family with what is added to it. */
final class Models {

  final List<Definition> definitions = new ArrayList<>();
  final List<AttributeSet> sets = new ArrayList<>();
  final List<SubMessage> subMessages = new ArrayList<>();
  final List<Operation> operations = new ArrayList<>();
  final List<Group> groups = new ArrayList<>();
  String name = "demo";
  Protocol protocol = new Protocol.Generic("demo", 1);

  Family family() {
    return new Family(
        name,
        "",
        protocol,
        new Provenance("demo.yaml", "", "", List.of()),
        definitions,
        sets,
        subMessages,
        operations,
        groups);
  }

  Models set(String name, Attribute... attributes) {
    sets.add(new AttributeSet(name, "", Optional.empty(), List.of(attributes)));
    return this;
  }

  /** Entries from 0 on. */
  Models enumeration(String name, String... entries) {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < entries.length; i++) {
      all.add(new Entry(entries[i], i, "", ""));
    }
    definitions.add(new Enumeration(name, "", false, all));
    return this;
  }

  Models flags(String name, String... entries) {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < entries.length; i++) {
      all.add(new Entry(entries[i], 1L << i, "", ""));
    }
    definitions.add(new Enumeration(name, "", true, all));
    return this;
  }

  /** Members without offsets: they follow each other. */
  Models struct(String name, Member... members) {
    List<Member> placed = new ArrayList<>();
    int offset = 0;
    for (Member m : members) {
      placed.add(new Member(m.name(), offset, m.length(), m.type(), m.hint(), ""));
      offset += m.length();
    }
    definitions.add(new Struct(name, "", "", offset, placed));
    return this;
  }

  /** A do and a dump whose requests and replies have one number. */
  Models operation(String name, int id, String set, Optional<String> header) {
    List<String> attributes =
        sets.stream()
            .filter(s -> s.name().equals(set))
            .flatMap(s -> s.attributes().stream().map(Attribute::name))
            .toList();
    Call call = new Call(new Layout(id, attributes), Optional.of(new Layout(id, attributes)));
    operations.add(
        new Operation(
            name,
            "",
            Optional.of(set),
            header,
            Optional.of(call),
            Optional.of(call),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            ""));
    return this;
  }

  static Attribute attribute(String name, int id, Type type) {
    return attribute(name, id, type, Hint.NONE);
  }

  static Attribute attribute(String name, int id, Type type, Hint hint) {
    return new Attribute(name, id, type, false, Checks.NONE, hint, "", "");
  }

  static Attribute repeated(String name, int id, Type type) {
    return new Attribute(name, id, type, true, Checks.NONE, Hint.NONE, "", "");
  }

  static Member member(String name, int length, Type type) {
    return new Member(name, 0, length, type, Hint.NONE, "");
  }

  static Type.Scalar scalar(Type.Width width) {
    return new Type.Scalar(width, false, Optional.empty());
  }

  static Type.Scalar bigEndian(Type.Width width) {
    return new Type.Scalar(width, true, Optional.empty());
  }

  static Type.Scalar named(Type.Width width, String enumeration, boolean flags) {
    return new Type.Scalar(width, false, Optional.of(new Type.EnumUse(enumeration, flags)));
  }

  static Type.Binary bytes(int... length) {
    return new Type.Binary(
        length.length == 0
            ? OptionalInt.empty()
            : OptionalInt.of(Arrays.stream(length).findFirst().getAsInt()));
  }
}
