package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Type;
import java.util.List;
import java.util.Optional;

/** Looks at what attributes and members refer to. */
final class TypeCheck {

  private final Known known;
  private final Findings findings;

  TypeCheck(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
  }

  void check(List<String> path, Type type) {
    if (type instanceof Type.Scalar scalar) {
      names(path, scalar.names());
    } else if (type instanceof Type.ScalarArray array) {
      names(path, array.element().names());
    } else if (type instanceof Type.Bitfield bitfield) {
      names(path, bitfield.names());
    } else if (type instanceof Type.StructValue value) {
      findings.require(Findings.path(path, "struct"), "struct", value.struct(), known.structs());
    } else if (type instanceof Type.StructArray array) {
      findings.require(Findings.path(path, "struct"), "struct", array.struct(), known.structs());
    } else if (type instanceof Type.Nest nest) {
      findings.require(
          Findings.path(path, "nested-attributes"), "attribute set", nest.set(), known.sets());
    } else if (type instanceof Type.IndexedArray array) {
      check(path, array.element());
    } else if (type instanceof Type.TypeValue value) {
      check(path, value.element());
    } else if (type instanceof Type.Selected selected) {
      findings.require(
          Findings.path(path, "sub-message"),
          "sub-message",
          selected.subMessage(),
          known.subMessages());
    }
  }

  private void names(List<String> path, Optional<Type.EnumUse> names) {
    names.ifPresent(
        use ->
            findings.require(
                Findings.path(path, "enum"),
                "enumeration",
                use.enumeration(),
                known.enumerations()));
  }
}
