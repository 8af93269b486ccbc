package dev.jgenl.spec.compiler.typed;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition.Member;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a value holds: the names of all slots as the codec has them, and those a view shows.
 *
 * @param names of the slots
 * @param all what there is to show
 * @param fields what is shown of that
 * @param outer the selectors around it, which a view of it has to be told
 */
record Contents(List<String> names, List<Field> all, List<Field> fields, List<String> outer) {

  private static final Type NUMBER = new Type.Scalar(Type.Width.U16, false, Optional.empty());

  private static Contents of(List<String> names, List<Field> fields) {
    List<Field> all = List.copyOf(fields);
    return new Contents(List.copyOf(names), all, all, List.of());
  }

  static Contents of(AttributeSet set) {
    return of(names(set), fields(set, 0));
  }

  static Contents of(Struct struct) {
    return of(names(struct), fields(struct));
  }

  /** What is behind nests whose numbers are values: these, then what the innermost holds. */
  static Contents of(Type.TypeValue type, FamilyIndex index) {
    List<String> names = new ArrayList<>(type.levels());
    List<Field> fields = new ArrayList<>();
    for (String level : type.levels()) {
      fields.add(field(level, fields.size(), NUMBER, true, "the number of a nest", ""));
    }
    if (type.element() instanceof Type.Nest nest) {
      AttributeSet set = index.set(nest.set());
      fields.addAll(fields(set, names.size()));
      names.addAll(names(set));
    } else {
      fields.add(field("value", names.size(), type.element(), false, Facts.of(type.element()), ""));
      names.add("value");
    }
    return of(names, fields);
  }

  private static Field field(
      String name, int slot, Type type, boolean member, String facts, String doc) {
    return new Field("", name, slot, type, false, Hint.NONE, member, facts, doc);
  }

  /** A struct, if there is one, and the attributes of a set, if there is one, all in one. */
  static Contents of(Optional<Struct> header, Optional<AttributeSet> set) {
    List<String> names = new ArrayList<>();
    Set<String> attributes = new HashSet<>(set.map(Contents::names).orElse(List.of()));
    header.ifPresent(
        struct ->
            names(struct)
                .forEach(
                    member ->
                        names.add(
                            attributes.contains(member) ? struct.name() + "." + member : member)));
    int behind = names.size();
    List<Field> fields = new ArrayList<>(header.map(Contents::fields).orElse(List.of()));
    set.ifPresent(
        s -> {
          names.addAll(names(s));
          fields.addAll(fields(s, behind));
        });
    return of(names, fields);
  }

  /** The same that shows the attributes alone. */
  Contents withoutMembers() {
    return showing(f -> !f.member());
  }

  /** The same that shows those attributes alone. */
  Contents showing(List<String> attributes) {
    return showing(f -> !f.member() && attributes.contains(f.name()));
  }

  private Contents showing(Predicate<Field> shown) {
    return new Contents(names, all, fields.stream().filter(shown).toList(), outer);
  }

  /** The same within what has selectors. */
  Contents within(List<String> selectors) {
    return new Contents(names, all, fields, selectors);
  }

  /** Returns the slot of an attribute. */
  OptionalInt slot(String name) {
    int slot = names.indexOf(name);
    return slot < 0 ? OptionalInt.empty() : OptionalInt.of(slot);
  }

  /** Returns an attribute, whether it is shown or not. */
  Optional<Field> field(String name) {
    return all.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  private static List<String> names(AttributeSet set) {
    return used(set).stream().map(Attribute::name).toList();
  }

  private static List<Attribute> used(AttributeSet set) {
    return set.attributes().stream().filter(a -> !(a.type() instanceof Type.Unused)).toList();
  }

  private static List<Field> fields(AttributeSet set, int first) {
    List<Field> fields = new ArrayList<>();
    int slot = first;
    for (Attribute a : used(set)) {
      if (!(a.type() instanceof Type.Pad)) {
        fields.add(
            new Field(
                set.name(),
                a.name(),
                slot,
                a.type(),
                a.repeated(),
                a.hint(),
                false,
                Facts.of(a),
                a.doc()));
      }
      slot++;
    }
    return fields;
  }

  private static List<String> names(Struct struct) {
    return used(struct).stream().map(Member::name).toList();
  }

  private static List<Member> used(Struct struct) {
    return struct.members().stream().filter(m -> !(m.type() instanceof Type.Pad)).toList();
  }

  private static List<Field> fields(Struct struct) {
    List<Field> fields = new ArrayList<>();
    for (Member m : used(struct)) {
      fields.add(
          new Field(
              "", m.name(), fields.size(), m.type(), false, m.hint(), true, Facts.of(m), m.doc()));
    }
    return fields;
  }
}
