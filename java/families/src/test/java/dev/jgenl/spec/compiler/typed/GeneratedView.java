package dev.jgenl.spec.compiler.typed;

import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A view that was generated, and where what it shows comes from.
 *
 * @param className its binary name
 * @param accessors the names of the accessors, with those of the slots that they show
 * @param told whether it is told of selectors around it
 * @param selected the names of accessors of what something around selects
 * @param operation the operation that it is a message of
 * @param request whether it is sent to the kernel
 * @param header the struct in front of the attributes
 * @param set the attribute set
 * @param values the type of nests whose numbers are values
 */
public record GeneratedView(
    String className,
    Map<String, String> accessors,
    boolean told,
    Set<String> selected,
    Optional<String> operation,
    boolean request,
    Optional<String> header,
    Optional<String> set,
    Optional<Type.TypeValue> values) {

  /** Returns those of a family. */
  public static List<GeneratedView> of(Family family, String packageName) {
    FamilyIndex index = new FamilyIndex(family);
    Reachable reachable = new Reachable(index);
    TypeNames names = new TypeNames(index, reachable, packageName);
    Choices choices = new Choices(index);
    OperationViews operations = new OperationViews(index, names);
    NestViews nests = new NestViews(index, names, choices);
    List<GeneratedView> all = new ArrayList<>();
    for (Operation o : family.operations()) {
      for (View view : operations.of(o)) {
        all.add(of(view, Optional.of(o.name()), o.header(), o.set(), Optional.empty()));
      }
    }
    for (Struct s : index.definitions(Struct.class)) {
      all.add(nest(nests.of(s), Optional.of(s.name()), Optional.empty()));
    }
    for (AttributeSet s : reachable.sets()) {
      all.add(nest(nests.of(s), Optional.empty(), Optional.of(s.name())));
    }
    for (Reachable.TypeValueUse use : reachable.typeValues()) {
      Optional<Type.TypeValue> values = Optional.of((Type.TypeValue) use.attribute().type());
      all.add(of(nests.of(use), Optional.empty(), Optional.empty(), Optional.empty(), values));
    }
    for (SubMessage message : reachable.subMessages()) {
      if (choices.isUniform(message.name())) {
        SubMessage.Format any = message.formats().get(0);
        all.add(nest(nests.uniform(message), any.header(), any.set()));
      } else {
        nests.formats(message).forEach((f, v) -> all.add(nest(v, f.header(), f.set())));
      }
    }
    return all;
  }

  private static GeneratedView nest(View view, Optional<String> header, Optional<String> set) {
    return of(view, Optional.empty(), header, set, Optional.empty());
  }

  private static GeneratedView of(
      View view,
      Optional<String> operation,
      Optional<String> header,
      Optional<String> set,
      Optional<Type.TypeValue> values) {
    Map<String, String> accessors = new TreeMap<>();
    Set<String> selected = new TreeSet<>();
    ViewWriter.names(view)
        .forEach(
            (field, name) -> {
              accessors.put(name, view.contents().names().get(field.slot()));
              if (field.type() instanceof Type.Selected choice
                  && view.contents().slot(choice.selector()).isEmpty()) {
                selected.add(name);
              }
            });
    return new GeneratedView(
        view.name().reflectionName(),
        accessors,
        !view.contents().outer().isEmpty(),
        selected,
        operation,
        view.request().isPresent(),
        header,
        set,
        values);
  }
}
