package dev.jgenl.cli;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may be named at each step of a path such as {@code linkinfo.data.peer.ifname}. */
final class AttributeNames {

  private final Family model;
  private final List<String> words;

  /**
   * Begins.
   *
   * @param model the family
   * @param words of the command line: they may say which kind of thing a path belongs to
   */
  AttributeNames(Family model, List<String> words) {
    this.model = model;
    this.words = words;
  }

  /** Returns what may stand first: all that there is, or if a call is given what that takes. */
  List<AttributeName> first(Operation operation, @Nullable Call call) {
    List<AttributeName> names = new ArrayList<>();
    addStruct(names, operation.header());
    if (operation.set().isPresent()) {
      AttributeSet set = Models.set(model, operation.set().get());
      for (Attribute attribute : set == null ? List.<Attribute>of() : set.attributes()) {
        if (call == null || call.request().attributes().contains(attribute.name())) {
          names.add(of(attribute));
        }
      }
    }
    return names;
  }

  /**
   * Returns what may stand where a path ends.
   *
   * @param path whose last step does not count
   * @param first what may stand where it begins
   */
  List<AttributeName> beside(String path, List<AttributeName> first) {
    List<AttributeName> names = first;
    int at = 0;
    for (int point = path.indexOf('.'); point >= 0; point = path.indexOf('.', at)) {
      names = within(named(names, path.substring(at, point)));
      at = point + 1;
    }
    return names;
  }

  private static AttributeName of(Attribute attribute) {
    return new AttributeName(
        attribute.name(), attribute.type(), attribute.repeated(), attribute.doc());
  }

  /** Returns what a step of a path names, which may have an index, or null. */
  static @Nullable AttributeName named(List<AttributeName> names, String step) {
    int bracket = step.indexOf('[');
    String wanted = bracket < 0 ? step : step.substring(0, bracket);
    for (AttributeName name : names) {
      if (name.name().equals(wanted)) {
        return name;
      }
    }
    return null;
  }

  /** What may be named within a nest, a struct, or an element of a list of such. */
  private List<AttributeName> within(@Nullable AttributeName around) {
    List<AttributeName> names = new ArrayList<>();
    Type type = around == null ? new Type.Unused() : around.element();
    if (type instanceof Type.Nest nest) {
      addSet(names, Optional.of(nest.set()));
    } else if (type instanceof Type.StructValue struct) {
      addStruct(names, Optional.of(struct.struct()));
    } else if (type instanceof Type.StructArray structs) {
      addStruct(names, Optional.of(structs.struct()));
    } else if (type instanceof Type.Selected selected) {
      addSelected(names, selected);
    }
    return names;
  }

  private void addSet(List<AttributeName> names, Optional<String> name) {
    AttributeSet set = name.isPresent() ? Models.set(model, name.get()) : null;
    for (Attribute attribute : set == null ? List.<Attribute>of() : set.attributes()) {
      if (!(attribute.type() instanceof Type.Pad || attribute.type() instanceof Type.Unused)) {
        names.add(of(attribute));
      }
    }
  }

  private void addStruct(List<AttributeName> names, Optional<String> name) {
    if (name.isPresent()
        && Models.definition(model, name.get()) instanceof Definition.Struct struct) {
      for (Definition.Member member : struct.members()) {
        if (!(member.type() instanceof Type.Pad)) {
          names.add(new AttributeName(member.name(), member.type(), false, member.doc()));
        }
      }
    }
  }

  /** What another word selects, such as {@code linkinfo.kind=vlan}; without one, whatever could. */
  private void addSelected(List<AttributeName> names, Type.Selected selected) {
    SubMessage subMessage = Models.subMessage(model, selected.subMessage());
    String value = selector(selected.selector());
    for (SubMessage.Format format :
        subMessage == null ? List.<SubMessage.Format>of() : subMessage.formats()) {
      if (value == null || format.value().equals(value)) {
        addStruct(names, format.header());
        addSet(names, format.set());
      }
    }
  }

  private @Nullable String selector(String name) {
    String value = null;
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0 && ("." + word.substring(0, equals)).endsWith("." + name)) {
        value = word.substring(equals + 1);
      }
    }
    return value;
  }
}
