package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers the attributes of the sets: each is one more than the one before, if it says nothing. The
 * parts of other sets have their numbers from those, and whatever they do not say themselves.
 */
final class SetBinder {

  private static final int MOST_ID = (1 << 14) - 1;

  /** Of parts of parts. */
  private static final int MOST_LEVELS = 16;

  private final CNames cNames;
  private final AttributeBinder attributes;
  private final List<Fields> trees = new ArrayList<>();
  private final Map<String, Fields> byName = new LinkedHashMap<>();
  private final Map<String, Map<String, Numbered>> numbered = new HashMap<>();

  SetBinder(CNames cNames, Definitions definitions, List<Tree> sets) throws SpecException {
    this.cNames = cNames;
    attributes = new AttributeBinder(definitions);
    for (Tree tree : sets) {
      Fields set = Fields.of("an attribute set", tree, Keys.ATTRIBUTE_SET);
      trees.add(set);
      byName.putIfAbsent(set.text("name"), set);
    }
  }

  List<AttributeSet> bind() throws SpecException {
    List<AttributeSet> sets = new ArrayList<>();
    for (Fields tree : trees) {
      Optional<String> whole = tree.optionalText("subset-of");
      List<Attribute> bound = new ArrayList<>();
      for (Numbered attribute : number(tree, MOST_LEVELS)) {
        bound.add(attributes.bind(attribute.tree, attribute.id, attribute.prefix));
      }
      sets.add(new AttributeSet(tree.text("name"), tree.doc(), whole, bound));
    }
    return sets;
  }

  private List<Numbered> number(Fields set, int levels) throws SpecException {
    return set.has("subset-of") ? inherit(set, levels) : count(set);
  }

  private List<Numbered> count(Fields set) throws SpecException {
    String prefix = cNames.attributePrefix(set);
    List<Numbered> all = new ArrayList<>();
    int next = 1;
    for (Tree item : set.items("attributes")) {
      Fields attribute = Fields.of("an attribute", item, Keys.ATTRIBUTE);
      int id = attribute.counted("value", next, MOST_ID);
      all.add(new Numbered(attribute, id, prefix));
      next = id + 1;
    }
    return all;
  }

  /** Each once: in some specs one stands twice. */
  private List<Numbered> inherit(Fields set, int levels) throws SpecException {
    Map<String, Numbered> whole = whole(set, levels);
    Map<String, Numbered> part = new LinkedHashMap<>();
    for (Tree item : set.items("attributes")) {
      Fields attribute = Fields.of("an attribute", item, Keys.ATTRIBUTE);
      String name = attribute.text("name");
      Numbered inherited = whole.get(name);
      if (inherited == null) {
        throw new SpecException(
            attribute.place("name"),
            "the set "
                + set.text("subset-of")
                + " has no "
                + name
                + Nearest.remedy(name, whole.keySet()));
      }
      if (attribute.numberOr("value", inherited.id, 0, MOST_ID) != inherited.id) {
        throw new SpecException(
            attribute.place("value"),
            name + " is " + inherited.id + " in " + set.text("subset-of") + ": leave value out");
      }
      part.putIfAbsent(
          name, new Numbered(inherited.overriddenBy(attribute), inherited.id, inherited.prefix));
    }
    return List.copyOf(part.values());
  }

  private Map<String, Numbered> whole(Fields part, int levels) throws SpecException {
    String name = part.text("subset-of");
    Map<String, Numbered> known = numbered.get(name);
    if (known != null) {
      return known;
    }
    Fields set = byName.get(name);
    if (set == null) {
      throw new SpecException(
          part.place("subset-of"),
          "there is no attribute set " + name + Nearest.remedy(name, byName.keySet()));
    }
    if (levels == 0) {
      throw new SpecException(part.place("subset-of"), "a part of a part without end");
    }
    Map<String, Numbered> whole = new LinkedHashMap<>();
    for (Numbered attribute : number(set, levels - 1)) {
      whole.putIfAbsent(attribute.tree.text("name"), attribute);
    }
    numbered.put(name, whole);
    return whole;
  }

  private record Numbered(Fields tree, int id, String prefix) {

    Fields overriddenBy(Fields other) throws SpecException {
      Map<String, Tree.Field> fields = new LinkedHashMap<>(tree.mapping().fields());
      fields.putAll(other.mapping().fields());
      return Fields.of("an attribute", new Tree.Mapping(other.place(), fields), Keys.ATTRIBUTE);
    }
  }
}
