package dev.jgenl.spec.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges an {@link Overlay} with a spec; neither is changed. */
final class OverlayMerge {

  private static final Set<String> OWN = Set.of("after", "at", "because", "remove");

  /** What the keys {@code because} say, each but the first with where. */
  static List<String> reasons(Tree.Mapping overlay) throws SpecException {
    List<String> reasons = new ArrayList<>();
    collect(overlay, "", reasons);
    return List.copyOf(reasons);
  }

  private static void collect(Tree tree, String path, List<String> reasons) throws SpecException {
    if (tree instanceof Tree.Mapping mapping) {
      Fields fields = Fields.of("an overlay", mapping);
      if (fields.has("because")) {
        String reason = fields.text("because").strip();
        reasons.add(path.isEmpty() ? reason : path + ": " + reason);
      }
      for (var field : mapping.fields().entrySet()) {
        collect(field.getValue().value(), join(path, field.getKey()), reasons);
      }
    } else if (tree instanceof Tree.Sequence sequence) {
      for (Tree item : sequence.items()) {
        collect(item, join(path, item.name()), reasons);
      }
    }
  }

  private static String join(String path, @Nullable String step) {
    return path.isEmpty() ? "" + step : path + "/" + step;
  }

  Tree merge(Tree spec, Tree overlay) throws SpecException {
    if (spec instanceof Tree.Mapping base && overlay instanceof Tree.Mapping mapping) {
      return merge(base, mapping);
    }
    if (spec instanceof Tree.Sequence base && overlay instanceof Tree.Sequence sequence) {
      return merge(base, sequence);
    }
    if (spec instanceof Tree.Scalar && overlay instanceof Tree.Scalar) {
      return overlay;
    }
    throw new SpecException(
        overlay.place(),
        "this corrects " + kind(spec) + " in " + spec.place() + " and is " + kind(overlay));
  }

  private static String kind(Tree tree) {
    if (tree instanceof Tree.Mapping) {
      return "something with keys";
    }
    return tree instanceof Tree.Sequence ? "a list" : "a text or a number";
  }

  private Tree.Mapping merge(Tree.Mapping base, Tree.Mapping overlay) throws SpecException {
    Map<String, Tree.Field> fields = new LinkedHashMap<>(base.fields());
    for (Tree key : Fields.of("an overlay", overlay).items("remove")) {
      if (fields.remove("" + key.name()) == null) {
        throw new SpecException(
            key.place(),
            "there is no key "
                + key.name()
                + " to remove in "
                + base.place()
                + Nearest.remedy("" + key.name(), base.fields().keySet()));
      }
    }
    for (var field : overlay.fields().entrySet()) {
      if (!OWN.contains(field.getKey())) {
        Tree.Field before = fields.get(field.getKey());
        Tree value = field.getValue().value();
        fields.put(
            field.getKey(),
            new Tree.Field(
                field.getValue().place(),
                before == null ? added(value) : merge(before.value(), value)));
      }
    }
    return new Tree.Mapping(base.place(), fields);
  }

  /** What is not in the spec, without the keys that only overlays have. */
  private Tree added(Tree tree) throws SpecException {
    if (tree instanceof Tree.Mapping mapping) {
      return merge(new Tree.Mapping(mapping.place(), Map.of()), mapping);
    }
    if (tree instanceof Tree.Sequence sequence) {
      return merge(new Tree.Sequence(sequence.place(), List.of()), sequence);
    }
    return tree;
  }

  private Tree.Sequence merge(Tree.Sequence base, Tree.Sequence overlay) throws SpecException {
    List<Tree> items = new ArrayList<>(base.items());
    for (Tree item : overlay.items()) {
      merge(base, items, item);
    }
    return new Tree.Sequence(base.place(), items);
  }

  private void merge(Tree.Sequence base, List<Tree> items, Tree item) throws SpecException {
    if (item.name() == null) {
      throw new SpecException(item.place(), "without a name, this corrects nothing: name it");
    }
    int found = find(items, item.name());
    if (removes(item)) {
      if (found < 0) {
        throw missing(base, items, item);
      }
      items.remove(found);
    } else if (found >= 0) {
      if (after(item) != null) {
        throw new SpecException(
            item.place(), item.name() + " is in the list already: leave after out");
      }
      items.set(found, corrected(items.get(found), item));
    } else {
      items.add(position(base, items, item), added(item));
    }
  }

  private static int find(List<Tree> items, @Nullable String name) {
    for (int i = 0; i < items.size(); i++) {
      if (Objects.equals(name, items.get(i).name())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean removes(Tree item) throws SpecException {
    return item instanceof Tree.Mapping mapping
        && mapping.get("remove") instanceof Tree.Scalar
        && Fields.of("an overlay", mapping).flag("remove");
  }

  /** An entry that is only a name becomes one with keys. */
  private Tree corrected(Tree before, Tree item) throws SpecException {
    if (before instanceof Tree.Scalar && item instanceof Tree.Mapping) {
      return added(item);
    }
    return before instanceof Tree.Mapping && item instanceof Tree.Scalar
        ? before
        : merge(before, item);
  }

  private static int position(Tree.Sequence base, List<Tree> items, Tree item)
      throws SpecException {
    Tree after = after(item);
    if (after == null) {
      return items.size();
    }
    int found = find(items, after.name());
    if (found < 0) {
      throw missing(base, items, after);
    }
    return found + 1;
  }

  private static @Nullable Tree after(Tree item) {
    return item instanceof Tree.Mapping mapping ? mapping.get("after") : null;
  }

  private static SpecException missing(Tree.Sequence base, List<Tree> items, Tree item) {
    List<String> names = new ArrayList<>();
    for (Tree other : items) {
      names.add("" + other.name());
    }
    return new SpecException(
        item.place(),
        "there is no "
            + item.name()
            + " in the list in "
            + base.place()
            + Nearest.remedy("" + item.name(), names));
  }
}
