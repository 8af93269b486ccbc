package dev.jgenl.cli;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what {@code header.dev-name=eth0} may become while it is typed: its path, then its value.
 */
final class AttributeCompletion {

  private final Family model;
  private final List<String> words;
  private final Candidates candidates;

  /**
   * Begins.
   *
   * @param model the family
   * @param words all before the one that is typed: they may say which kind of thing it belongs to
   * @param candidates takes what is found
   */
  AttributeCompletion(Family model, List<String> words, Candidates candidates) {
    this.model = model;
    this.words = words;
    this.candidates = candidates;
  }

  /** Adds what a word may become that is an attribute of a call. */
  void add(String typed, Operation operation, Call call) throws IOException {
    int equals = typed.indexOf('=');
    String path = equals < 0 ? typed : typed.substring(0, equals);
    List<AttributeName> names = first(operation, call);
    int at = 0;
    for (int point = path.indexOf('.'); point >= 0; point = path.indexOf('.', at)) {
      names = within(named(names, path.substring(at, point)));
      at = point + 1;
    }
    if (equals < 0) {
      addNames(path.substring(0, at), names);
    } else {
      String name = path.endsWith("+") ? path.substring(0, path.length() - 1) : path;
      AttributeName found = named(names, name.substring(at));
      if (found != null) {
        new ValueCompletion(model, candidates).add(typed.substring(0, equals + 1), found, names);
      }
    }
  }

  private List<AttributeName> first(Operation operation, Call call) {
    List<AttributeName> names = new ArrayList<>();
    addStruct(names, operation.header());
    if (operation.set().isPresent()) {
      AttributeSet set = Models.set(model, operation.set().get());
      for (Attribute attribute : set == null ? List.<Attribute>of() : set.attributes()) {
        if (call.request().attributes().contains(attribute.name())) {
          names.add(of(attribute));
        }
      }
    }
    return names;
  }

  private static AttributeName of(Attribute attribute) {
    return new AttributeName(
        attribute.name(), attribute.type(), attribute.repeated(), attribute.doc());
  }

  private static @Nullable AttributeName named(List<AttributeName> names, String step) {
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

  /** What another word selects, such as {@code linkinfo.kind=vlan}. */
  private void addSelected(List<AttributeName> names, Type.Selected selected) {
    SubMessage subMessage = Models.subMessage(model, selected.subMessage());
    String value = selector(selected.selector());
    for (SubMessage.Format format :
        subMessage == null ? List.<SubMessage.Format>of() : subMessage.formats()) {
      if (format.value().equals(value)) {
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

  private void addNames(String before, List<AttributeName> names) {
    for (AttributeName name : names) {
      candidates.add(before + name.name() + continuation(name), name.doc());
    }
  }

  /** How a word goes on behind a name. */
  private static String continuation(AttributeName name) {
    if (name.type() instanceof Type.Flag) {
      return "";
    } else if (name.isList()) {
      return name.isNamed() ? "[0]." : "+=";
    }
    return name.isNamed() ? "." : "=";
  }
}
