package dev.jgenl.spec.compiler.typed;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Definition.Member;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the documentation says of a thing of the spec besides the spec's own text. */
final class Facts {

  private Facts() {}

  static String of(Attribute a) {
    List<String> facts = new ArrayList<>();
    facts.add("attribute " + a.id());
    facts.add(of(a.type()));
    if (a.repeated()) {
      facts.add("any number of times");
    }
    addChecks(facts, a.checks());
    addC(facts, a.cName());
    return String.join(", ", facts);
  }

  static String of(Member m) {
    return of(m.type()) + ", at byte " + m.offset();
  }

  static String of(Type type) {
    if (type instanceof Type.Scalar scalar) {
      return scalar(scalar);
    } else if (type instanceof Type.Flag) {
      return "flag";
    } else if (type instanceof Type.Text) {
      return "string";
    } else if (type instanceof Type.Binary binary) {
      return binary.length().isPresent() ? binary.length().getAsInt() + " bytes" : "binary";
    } else if (type instanceof Type.Bitfield) {
      return "bitfield32";
    } else if (type instanceof Type.StructValue struct) {
      return "struct " + struct.struct();
    } else if (type instanceof Type.StructArray array) {
      return "array of struct " + array.struct();
    } else if (type instanceof Type.ScalarArray array) {
      return "array of " + scalar(array.element());
    } else if (type instanceof Type.Nest nest) {
      return (nest.ordered() ? "attributes in their order, of " : "nest of ")
          + nest.set()
          + (nest.ambiguous() ? "; empty in messages that have something else there" : "");
    } else if (type instanceof Type.IndexedArray array) {
      return "indexed array of " + of(array.element());
    } else if (type instanceof Type.TypeValue value) {
      return "nests by " + String.join(" and ", value.levels());
    } else if (type instanceof Type.Selected selected) {
      return "what " + selected.selector() + " selects of " + selected.subMessage();
    }
    return "nothing";
  }

  private static String scalar(Type.Scalar scalar) {
    String width = scalar.width().name().toLowerCase(Locale.ROOT);
    return scalar.bigEndian() ? width + " in network order" : width;
  }

  private static void addChecks(List<String> facts, Checks checks) {
    checks.min().ifPresent(n -> facts.add("at least " + n));
    checks.max().ifPresent(n -> facts.add("at most " + Long.toUnsignedString(n)));
    checks.exactLength().ifPresent(n -> facts.add("exactly " + n + " bytes"));
    checks.minLength().ifPresent(n -> facts.add("at least " + n + " bytes"));
    checks.maxLength().ifPresent(n -> facts.add("at most " + n + " bytes"));
  }

  static void addC(List<String> facts, String name) {
    if (!name.isEmpty()) {
      facts.add("in C " + name);
    }
  }

  /** Says what who asks has to be allowed, as a sentence; empty if nothing. */
  static String privileges(Operation operation) {
    if (operation.privileges().contains(Operation.Privilege.ADMIN)) {
      return "Needs CAP_NET_ADMIN in the first user namespace.";
    }
    return operation.privileges().isEmpty()
        ? ""
        : "Needs CAP_NET_ADMIN in the user namespace that owns the network namespace.";
  }
}
