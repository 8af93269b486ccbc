package dev.jgenl.spec.compiler.typed;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Names of which each is given once. One that is taken, reserved or a keyword gets a suffix, then a
 * number. Those of classes differ by more than case, for file systems that do not see it.
 */
final class NameScope {

  /** Classes that a program which imports a whole package uses beside those in it. */
  private static final Set<String> TYPES =
      Set.of(
          // java.lang and java.util
          "Boolean",
          "Byte",
          "Character",
          "Class",
          "Comparable",
          "Deprecated",
          "Double",
          "Enum",
          "Error",
          "Exception",
          "Float",
          "Integer",
          "Iterable",
          "Long",
          "Math",
          "Module",
          "Number",
          "Object",
          "Override",
          "Package",
          "Process",
          "Record",
          "Runnable",
          "Runtime",
          "Short",
          "String",
          "System",
          "Thread",
          "Throwable",
          "Void",
          "Collection",
          "Date",
          "List",
          "Map",
          "Optional",
          "OptionalInt",
          "OptionalLong",
          "Queue",
          "Set",
          "Stream",
          "UUID",
          "Consumer",
          "InetAddress",
          // jgenl
          "Acknowledged",
          "Bitfield",
          "Bitfield32",
          "Builder",
          "Bytes",
          "Elements",
          "EnumNumber",
          "EnumType",
          "EnumValue",
          "Event",
          "Family",
          "Flags",
          "Genl",
          "MacAddress",
          "NestValue",
          "Netlink",
          "NumberValue",
          "Outcome",
          "Reply",
          "Shape",
          "Shapes",
          "TypedBuilder",
          "TypedDump",
          "TypedFamily",
          "TypedRequest",
          "TypedSubscription",
          "TypedValue",
          "Unknown",
          "Unrecognized",
          "Value");

  /** Methods of objects, of views and of builders. */
  private static final Set<String> MEMBERS =
      Set.of(
          "getClass",
          "hashCode",
          "equals",
          "toString",
          "notify",
          "notifyAll",
          "wait",
          "clone",
          "finalize",
          "of",
          "builder",
          "build",
          "toValue",
          "toRequest",
          "reply",
          "create",
          "exclusive",
          "replace",
          "append",
          "echo",
          "put",
          "add",
          "addAll",
          "putFlag",
          "putHeader",
          "putBitfield32");

  private final Set<String> taken = new HashSet<>();
  private final boolean types;

  private NameScope(boolean types, Set<String> reserved) {
    this.types = types;
    reserved.forEach(name -> taken.add(key(name)));
  }

  static NameScope ofTypes() {
    return new NameScope(true, TYPES);
  }

  static NameScope ofMembers(String... reserved) {
    NameScope scope = new NameScope(false, MEMBERS);
    scope.taken.addAll(List.of(reserved));
    return scope;
  }

  /** Of constants, or of methods of a class without a base. */
  static NameScope of(String... reserved) {
    return new NameScope(false, Set.of(reserved));
  }

  private String key(String name) {
    return types ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** Takes the first of the names that is free, else the last of them with a number. */
  String take(String... names) {
    for (String name : names) {
      if (isFree(name)) {
        taken.add(key(name));
        return name;
      }
    }
    String last = names[names.length - 1];
    int number = 2;
    while (!isFree(last + number)) {
      number++;
    }
    return take(last + number);
  }

  private boolean isFree(String name) {
    return !taken.contains(key(name)) && SourceVersion.isName(name);
  }
}
