package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the classes of a family are called. Operations come first, then what users see most: whoever
 * comes late and finds a name taken gets a longer one.
 */
final class TypeNames {

  private static final Pattern OF_SETS = Pattern.compile("[-_](attrs|attributes|attr)$");
  private static final Pattern OF_SUB_MESSAGES = Pattern.compile("[-_](msg|message)$");

  private final String packageName;
  private final NameScope scope = NameScope.ofTypes();
  private final Map<String, ClassName> names = new HashMap<>();
  private final ClassName client;
  private final ClassName group;
  private final ClassName notification;

  TypeNames(FamilyIndex index, Reachable reachable, String packageName) {
    this.packageName = packageName;
    Family family = index.family();
    String prefix = Identifiers.type(family.name());
    client = take(prefix, prefix + "Client");
    group = take(prefix + "Group");
    notification = take(prefix + "Notification");
    family.operations().forEach(this::nameOperation);
    index.definitions(Enumeration.class).forEach(e -> name("enum", e.name(), "Enum"));
    index.definitions(Struct.class).forEach(s -> name("struct", s.name(), "Struct"));
    reachable.sets().forEach(this::nameSet);
    reachable.subMessages().forEach(this::nameSubMessage);
    reachable
        .typeValues()
        .forEach(
            use -> {
              String type = Identifiers.type(use.attribute().name());
              names.put(
                  "values " + use.set() + " " + use.attribute().name(),
                  take(type, type + "Entry", Identifiers.type(use.set()) + type));
            });
  }

  private ClassName take(String... wanted) {
    return ClassName.get(packageName, scope.take(wanted));
  }

  private void nameOperation(Operation operation) {
    String type = Identifiers.type(operation.name());
    if (operation.doCall().isPresent()) {
      names.put("request " + operation.name(), take(type + "Request"));
    }
    if (operation.dump().isPresent()) {
      names.put("dump " + operation.name(), take(type + "DumpRequest"));
    }
    if (operation.doCall().or(operation::dump).isPresent()) {
      names.put("reply " + operation.name(), take(type + "Reply"));
    }
    if (operation.event().isPresent()) {
      names.put("told " + operation.name(), take(type.endsWith("Ntf") ? type : type + "Ntf"));
    }
  }

  private void name(String kind, String name, String suffix) {
    String type = Identifiers.type(name);
    names.put(kind + " " + name, take(type, type + suffix));
  }

  private void nameSet(AttributeSet set) {
    String brief = Identifiers.type(OF_SETS.matcher(set.name()).replaceFirst(""));
    names.put("set " + set.name(), take(brief, Identifiers.type(set.name()), brief + "Attrs"));
  }

  private void nameSubMessage(SubMessage message) {
    String brief = Identifiers.type(OF_SUB_MESSAGES.matcher(message.name()).replaceFirst(""));
    ClassName type = take(brief, Identifiers.type(message.name()), brief + "Data");
    names.put("selected " + message.name(), type);
    NameScope formats = NameScope.ofTypes();
    for (SubMessage.Format format : message.formats()) {
      String name = Identifiers.type(format.value());
      names.put(
          "format " + message.name() + " " + format.value(),
          type.nestedClass(formats.take(name, name + "Format")));
    }
  }

  String packageName() {
    return packageName;
  }

  ClassName client() {
    return client;
  }

  ClassName group() {
    return group;
  }

  ClassName notification() {
    return notification;
  }

  ClassName unrecognized() {
    return notification.nestedClass("Unrecognized");
  }

  /** The class of the shapes that many views share. */
  ClassName shapes() {
    return ClassName.get(packageName, "Shapes");
  }

  ClassName request(Operation operation) {
    return get("request " + operation.name());
  }

  ClassName dumpRequest(Operation operation) {
    return get("dump " + operation.name());
  }

  ClassName reply(Operation operation) {
    return get("reply " + operation.name());
  }

  ClassName told(Operation operation) {
    return get("told " + operation.name());
  }

  ClassName enumeration(String name) {
    return get("enum " + name);
  }

  ClassName struct(String name) {
    return get("struct " + name);
  }

  ClassName set(String name) {
    return get("set " + name);
  }

  ClassName subMessage(String name) {
    return get("selected " + name);
  }

  ClassName format(SubMessage message, SubMessage.Format format) {
    return get("format " + message.name() + " " + format.value());
  }

  /** Of an attribute whose nests' numbers are values. */
  ClassName typeValue(String set, String attribute) {
    return get("values " + set + " " + attribute);
  }

  private ClassName get(String key) {
    ClassName name = names.get(key);
    if (name == null) {
      throw new IllegalStateException("there is no class of " + key);
    }
    return name;
  }
}
