package dev.jgenl.spec.compiler.typed;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What messages of a family may hold within them: that which needs a class of its own. */
final class Reachable {

  /** An attribute of type-values, which has a class by its name. */
  record TypeValueUse(String set, Attribute attribute) {}

  private final FamilyIndex index;
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Set<String> walked = new HashSet<>();
  private final Set<String> nested = new HashSet<>();
  private final Set<String> selected = new HashSet<>();
  private final Set<TypeValueUse> typeValues = new LinkedHashSet<>();

  Reachable(FamilyIndex index) {
    this.index = index;
    index.family().operations().forEach(o -> o.set().ifPresent(waiting::add));
    while (!waiting.isEmpty()) {
      String set = waiting.remove();
      if (walked.add(set)) {
        index.set(set).attributes().forEach(a -> walk(set, a, a.type()));
      }
    }
  }

  private void walk(String set, Attribute attribute, Type type) {
    if (type instanceof Type.Nest nest) {
      nested.add(nest.set());
      waiting.add(nest.set());
    } else if (type instanceof Type.IndexedArray array) {
      walk(set, attribute, array.element());
    } else if (type instanceof Type.TypeValue value) {
      typeValues.add(new TypeValueUse(set, attribute));
      if (value.element() instanceof Type.Nest nest) {
        waiting.add(nest.set());
      }
    } else if (type instanceof Type.Selected choice && selected.add(choice.subMessage())) {
      for (SubMessage.Format format : index.subMessage(choice.subMessage()).formats()) {
        format.set().ifPresent(waiting::add);
      }
    }
  }

  /** The sets that nests are of, in the order of the model. */
  List<AttributeSet> sets() {
    Family family = index.family();
    return family.sets().stream().filter(s -> nested.contains(s.name())).toList();
  }

  /** In the order of the model. */
  List<SubMessage> subMessages() {
    Family family = index.family();
    return family.subMessages().stream().filter(m -> selected.contains(m.name())).toList();
  }

  /** In the order of the model. */
  List<TypeValueUse> typeValues() {
    return index.family().sets().stream()
        .flatMap(s -> typeValues.stream().filter(use -> use.set().equals(s.name())))
        .toList();
  }
}
