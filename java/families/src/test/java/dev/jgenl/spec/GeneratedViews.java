package dev.jgenl.spec;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.compiler.typed.GeneratedView;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.typed.TypedValue;
import dev.jgenl.wire.MalformedMessageException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The views that were generated for a family, compared with what a dynamic client has. */
final class GeneratedViews {

  private final Family family;
  private final Map<String, GeneratedView> views = new TreeMap<>();
  private final Map<String, Map<String, String>> members = new HashMap<>();
  private final Set<String> shown = new TreeSet<>();
  private final Set<String> unseen = new TreeSet<>();
  private final Set<String> malformed = new TreeSet<>();

  private GeneratedViews(Family family) {
    this.family = family;
    GeneratedView.of(family, Reflected.packageName(family))
        .forEach(view -> views.put(view.className(), view));
  }

  static GeneratedViews of(Family family) {
    return new GeneratedViews(family);
  }

  Collection<GeneratedView> all() {
    return views.values();
  }

  /** Returns those of an operation's messages, which are sent to the kernel or by it. */
  List<GeneratedView> of(String operation, boolean request) {
    return views.values().stream()
        .filter(v -> v.operation().filter(operation::equals).isPresent() && v.request() == request)
        .toList();
  }

  /** Returns the accessors that have shown something so far. */
  Set<String> shown() {
    return shown;
  }

  /** Returns the accessors that show nothing of bytes that are there. */
  Set<String> unseen() {
    return unseen;
  }

  /** Returns the accessors that have refused what is not as the spec says. */
  Set<String> malformed() {
    return malformed;
  }

  /** Compares a view of a value, and those that it shows, with the value. */
  void compare(GeneratedView view, NestValue value) {
    TypedValue typed = new Reflected(view).of(value);
    compare(typed, value, view.told());
    if (new Reflected(view).hasHeader()) {
      compareHeader(view, (TypedValue) new Reflected(view).show(typed, "header"), value);
    }
  }

  private void compareHeader(GeneratedView view, TypedValue header, NestValue value) {
    Map<String, Value> expected = new TreeMap<>();
    members(view)
        .forEach((member, name) -> value.find(name).ifPresent(v -> expected.put(member, v)));
    compare(header, (NestValue) Value.of(expected), false);
  }

  /** Returns the names of what a view shows, and of the members that it shows as a struct. */
  Set<String> names(GeneratedView view) {
    Set<String> names = new TreeSet<>(view.accessors().values());
    if (new Reflected(view).hasHeader()) {
      names.addAll(members(view).values());
    }
    return names;
  }

  /**
   * Returns the members of the struct in front of the attributes, and what they are called there:
   * one that has the name of an attribute with that of the struct.
   */
  private Map<String, String> members(GeneratedView view) {
    return members.computeIfAbsent(view.className(), name -> findMembers(view));
  }

  private Map<String, String> findMembers(GeneratedView view) {
    Set<String> attributes = view.set().map(this::attributes).orElse(Set.of());
    Map<String, String> found = new TreeMap<>();
    for (String member : struct(view.header()).accessors().values()) {
      found.put(
          member,
          attributes.contains(member) ? view.header().orElseThrow() + "." + member : member);
    }
    return found;
  }

  private GeneratedView struct(Optional<String> name) {
    return views.values().stream()
        .filter(v -> v.header().equals(name) && v.operation().isEmpty() && v.set().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private Set<String> attributes(String set) {
    return family.sets().stream()
        .filter(s -> s.name().equals(set))
        .flatMap(s -> s.attributes().stream())
        .map(Attribute::name)
        .collect(toSet());
  }

  private void compare(TypedValue typed, NestValue value, boolean alone) {
    Reflected reflected = new Reflected(views.get(typed.getClass().getName()));
    assertThat(typed.toValue()).isEqualTo(value);
    reflected
        .view()
        .accessors()
        .forEach(
            (accessor, attribute) -> {
              String name = typed.getClass().getName() + "." + accessor;
              List<Value> expected = value.find(attribute).map(Value::asList).orElse(List.of());
              List<Object> elements;
              try {
                elements = Reflected.elements(reflected.show(typed, accessor));
              } catch (MalformedMessageException e) {
                malformed.add(name);
                return;
              }
              if (elements.isEmpty() && expected.stream().allMatch(BytesValue.class::isInstance)) {
                expected.forEach(bytes -> unseen.add(name));
                return;
              }
              assertThat(elements).as(name).hasSameSizeAs(expected);
              for (int i = 0; i < elements.size(); i++) {
                shown.add(name);
                compare(name, elements.get(i), expected.get(i), alone);
              }
            });
  }

  private void compare(String name, Object element, Value expected, boolean alone) {
    assertThat(Reflected.value(element, expected)).as(name).isEqualTo(expected);
    if (element instanceof TypedValue within) {
      compare(within, (NestValue) expected, false);
    } else if (!alone && expected instanceof NestValue) {
      assertThat(element.getClass().getSimpleName()).as(name).isNotEqualTo("Unknown");
    }
  }
}
