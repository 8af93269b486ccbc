package dev.jgenl.spec.compiler.typed;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells where what selects sub-messages stands. */
final class Choices {

  private final FamilyIndex index;
  private final Map<String, SortedSet<String>> outer = new HashMap<>();

  Choices(FamilyIndex index) {
    this.index = index;
    boolean grown = true;
    while (grown) {
      grown = false;
      for (AttributeSet set : index.family().sets()) {
        grown |= addNeeds(set);
      }
    }
  }

  private boolean addNeeds(AttributeSet set) {
    SortedSet<String> needs = needsOf(set.name());
    int before = needs.size();
    for (Attribute a : set.attributes()) {
      needs.addAll(needs(a.type()));
    }
    set.attributes().forEach(a -> needs.remove(a.name()));
    return needs.size() != before;
  }

  private SortedSet<String> needsOf(String set) {
    return outer.computeIfAbsent(set, name -> new TreeSet<>());
  }

  private List<String> needs(Type type) {
    if (type instanceof Type.Nest nest) {
      return List.copyOf(needsOf(nest.set()));
    } else if (type instanceof Type.IndexedArray array) {
      return needs(array.element());
    } else if (type instanceof Type.Selected selected && !isUniform(selected.subMessage())) {
      return List.of(selected.selector());
    }
    return List.of();
  }

  /** Returns the selectors that have to be looked for around nests of a set. */
  List<String> outer(String set) {
    return List.copyOf(needsOf(set));
  }

  /**
   * Tells whether it is no choice: all formats have the same struct and set, and nothing beside an
   * attribute selects, so that a view of these is enough.
   */
  boolean isUniform(String subMessage) {
    SubMessage message = index.subMessage(subMessage);
    return !isSelectedBeside(subMessage)
        && message.formats().stream()
                .map(f -> f.header().orElse("") + " " + f.set().orElse(""))
                .distinct()
                .count()
            == 1;
  }

  /**
   * Returns all texts that select, each with its format: a number is given as its name or digits.
   */
  Map<String, SubMessage.Format> selectors(SubMessage message) {
    Map<String, SubMessage.Format> formats = new LinkedHashMap<>();
    message.formats().forEach(format -> formats.putIfAbsent(format.value(), format));
    for (SubMessage.Format format : message.formats()) {
      numbers(message, format.value()).forEach(digits -> formats.putIfAbsent(digits, format));
    }
    return formats;
  }

  private Stream<String> numbers(SubMessage message, String name) {
    Set<String> selectors =
        attributes()
            .filter(
                a -> a.type() instanceof Type.Selected s && s.subMessage().equals(message.name()))
            .map(a -> ((Type.Selected) a.type()).selector())
            .collect(Collectors.toSet());
    return attributes()
        .filter(a -> selectors.contains(a.name()) && a.type() instanceof Type.Scalar)
        .flatMap(a -> ((Type.Scalar) a.type()).names().stream())
        .flatMap(use -> index.enumeration(use.enumeration()).entries().stream())
        .filter(entry -> entry.name().equals(name))
        .map(entry -> Long.toString(entry.value()));
  }

  private Stream<Attribute> attributes() {
    return index.family().sets().stream().flatMap(set -> set.attributes().stream());
  }

  private boolean isSelectedBeside(String subMessage) {
    return index.family().sets().stream()
        .anyMatch(
            set ->
                set.attributes().stream()
                    .anyMatch(
                        a ->
                            a.type() instanceof Type.Selected selected
                                && selected.subMessage().equals(subMessage)
                                && has(set, selected.selector())));
  }

  private static boolean has(AttributeSet set, String attribute) {
    return set.attributes().stream().anyMatch(a -> a.name().equals(attribute));
  }
}
