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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Completes {@code NAME.NAME=VALUE} of a request. */
final class AttributePaths {

  private final Family family;
  private final Operation operation;
  private final boolean dump;
  private final List<String> given;

  /**
   * Makes one.
   *
   * @param given the words that stand before, of which some may say what a sub-message holds
   */
  AttributePaths(Family family, Operation operation, boolean dump, List<String> given) {
    this.family = family;
    this.operation = operation;
    this.dump = dump;
    this.given = given;
  }

  /** Returns words that begin as this one does, and others perhaps. */
  List<String> of(String word) throws IOException {
    int equals = word.indexOf('=');
    String path = equals < 0 ? word : word.substring(0, equals);
    if (path.endsWith("+")) {
      path = path.substring(0, path.length() - 1);
    }
    int point = path.lastIndexOf('.');
    String before = path.substring(0, point + 1);
    Map<String, Type> names = level(before);
    if (equals < 0) {
      return paths(before, names);
    }
    Type type = names.get(stripIndex(path.substring(point + 1)));
    List<String> words = new ArrayList<>();
    if (type != null) {
      for (String value : values(path.substring(point + 1), type)) {
        words.add(word.substring(0, equals + 1) + value);
      }
    }
    return words;
  }

  private static List<String> paths(String before, Map<String, Type> names) {
    List<String> paths = new ArrayList<>();
    for (Map.Entry<String, Type> entry : names.entrySet()) {
      Type type = entry.getValue();
      String end =
          type instanceof Type.Flag
              ? ""
              : type instanceof Type.Nest
                      || type instanceof Type.Selected
                      || type instanceof Type.StructValue
                  ? "."
                  : "=";
      paths.add(before + entry.getKey() + end);
    }
    return paths;
  }

  private static String stripIndex(String name) {
    int bracket = name.indexOf('[');
    return bracket < 0 ? name : name.substring(0, bracket);
  }

  /** Returns what there is behind a path that ends with a point, or at the top. */
  private Map<String, Type> level(String before) {
    Map<String, Type> names = top();
    int at = 0;
    for (int point = before.indexOf('.'); point >= 0; point = before.indexOf('.', at)) {
      Type type = names.get(stripIndex(before.substring(at, point)));
      names = type == null ? Map.of() : within(type, before.substring(0, at));
      at = point + 1;
    }
    return names;
  }

  private Map<String, Type> top() {
    Map<String, Type> names = new LinkedHashMap<>();
    putMembers(operation.header(), names);
    Optional<Call> call = dump ? operation.dump() : operation.doCall();
    AttributeSet set = operation.set().isEmpty() ? null : Models.set(family, operation.set().get());
    if (call.isPresent() && set != null) {
      for (Attribute attribute : set.attributes()) {
        if (call.get().request().attributes().contains(attribute.name())) {
          names.put(attribute.name(), attribute.type());
        }
      }
    }
    return names;
  }

  private Map<String, Type> within(Type type, String around) {
    Map<String, Type> names = new LinkedHashMap<>();
    if (type instanceof Type.StructValue struct) {
      putMembers(Optional.of(struct.struct()), names);
    } else if (type instanceof Type.Selected selected) {
      SubMessage.Format format = format(selected, around);
      if (format != null) {
        putMembers(format.header(), names);
        format.set().ifPresent(set -> putAttributes(Models.set(family, set), names));
      }
    } else {
      putAttributes(Commands.within(family, type), names);
    }
    return names;
  }

  private static void putAttributes(@Nullable AttributeSet set, Map<String, Type> names) {
    if (set != null) {
      for (Attribute attribute : set.attributes()) {
        if (!(attribute.type() instanceof Type.Pad || attribute.type() instanceof Type.Unused)) {
          names.put(attribute.name(), attribute.type());
        }
      }
    }
  }

  private void putMembers(Optional<String> name, Map<String, Type> names) {
    if (name.isPresent()
        && Models.definition(family, name.get()) instanceof Definition.Struct struct) {
      for (Definition.Member member : struct.members()) {
        if (!(member.type() instanceof Type.Pad)) {
          names.put(member.name(), member.type());
        }
      }
    }
  }

  /** The selector stands beside, or in a nest around. */
  private SubMessage.@Nullable Format format(Type.Selected selected, String around) {
    SubMessage subMessage = Models.subMessage(family, selected.subMessage());
    for (String path = around; subMessage != null; path = outer(path)) {
      String start = path + selected.selector() + "=";
      for (String word : given) {
        for (SubMessage.Format format : subMessage.formats()) {
          if (word.equals(start + format.value())) {
            return format;
          }
        }
      }
      if (path.isEmpty()) {
        return null;
      }
    }
    return null;
  }

  private static String outer(String path) {
    return path.substring(0, path.lastIndexOf('.', path.length() - 2) + 1);
  }

  private List<String> values(String name, Type type) throws IOException {
    if (type instanceof Type.Scalar scalar && scalar.names().isPresent()) {
      return entries(scalar.names().get());
    } else if (type instanceof Type.Bitfield bitfield && bitfield.names().isPresent()) {
      return entries(bitfield.names().get());
    } else if (type instanceof Type.Text) {
      return texts(name);
    } else if (type instanceof Type.Scalar
        && (name.endsWith("ifindex") || name.endsWith("-index"))) {
      return Machine.deviceNumbers();
    }
    return List.of();
  }

  private List<String> entries(Type.EnumUse use) {
    List<String> names = new ArrayList<>();
    if (Models.definition(family, use.enumeration()) instanceof Definition.Enumeration known) {
      for (Definition.Entry entry : known.entries()) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /** Names of devices; and what selects a sub-message. */
  private List<String> texts(String name) throws IOException {
    if (name.endsWith("ifname") || name.equals("dev-name")) {
      return Machine.devices();
    }
    List<String> values = new ArrayList<>();
    for (AttributeSet set : family.sets()) {
      for (Attribute attribute : set.attributes()) {
        if (attribute.type() instanceof Type.Selected selected
            && selected.selector().equals(name)) {
          SubMessage subMessage = Models.subMessage(family, selected.subMessage());
          if (subMessage != null) {
            for (SubMessage.Format format : subMessage.formats()) {
              if (!values.contains(format.value())) {
                values.add(format.value());
              }
            }
          }
        }
      }
    }
    return values;
  }
}
