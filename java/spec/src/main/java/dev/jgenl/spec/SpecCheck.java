package dev.jgenl.spec;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import dev.jgenl.wire.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a request with what its spec says: {@code checks}, and the attributes of its layout. */
final class SpecCheck {

  private final Map<String, Map<Integer, Attribute>> sets = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private SpecCheck(Family family) {
    for (AttributeSet set : family.sets()) {
      Map<Integer, Attribute> attributes = new HashMap<>();
      set.attributes().forEach(a -> attributes.put(a.id(), a));
      sets.put(set.name(), attributes);
    }
  }

  static List<Finding> run(Family family, Operation operation, Call call, Attributes request) {
    SpecCheck check = new SpecCheck(family);
    operation.set().ifPresent(set -> check.layout(set, call, operation.name(), request));
    operation.set().ifPresent(set -> check.set(set, request, ""));
    return List.copyOf(check.findings);
  }

  private void layout(String set, Call call, String operation, Attributes request) {
    for (dev.jgenl.wire.Attribute a : request) {
      Attribute known = find(set, a.type());
      if (known != null && !call.request().attributes().contains(known.name())) {
        findings.add(new Finding(known.name(), operation + " does not take it"));
      }
    }
  }

  private @Nullable Attribute find(String set, int id) {
    return sets.getOrDefault(set, Map.of()).get(id);
  }

  private void set(String set, Attributes attributes, String before) {
    for (dev.jgenl.wire.Attribute a : attributes) {
      Attribute known = find(set, a.type());
      if (known == null) {
        findings.add(new Finding(before + a.type(), "the spec does not have it"));
      } else {
        attribute(known, a, before + known.name());
      }
    }
  }

  private void attribute(Attribute known, dev.jgenl.wire.Attribute a, String path) {
    length(known, a, path);
    if (known.type() instanceof Type.Scalar scalar) {
      number(known.checks(), scalar, a, path);
    } else if (known.type() instanceof Type.Nest nest) {
      set(nest.set(), a.nested(), path + ".");
    } else if (known.type() instanceof Type.IndexedArray array
        && array.element() instanceof Type.Nest nest) {
      for (dev.jgenl.wire.Attribute element : a.nested()) {
        set(nest.set(), element.nested(), path + ".[" + (element.type() - array.base()) + "].");
      }
    }
  }

  /** The NUL at the end of a text does not count. */
  private void length(Attribute known, dev.jgenl.wire.Attribute a, String path) {
    Checks checks = known.checks();
    int length = a.length() - (known.type() instanceof Type.Text ? 1 : 0);
    checks
        .exactLength()
        .ifPresent(wanted -> require(length == wanted, path, length, "exactly " + wanted));
    checks
        .minLength()
        .ifPresent(least -> require(length >= least, path, length, "at least " + least));
    checks.maxLength().ifPresent(most -> require(length <= most, path, length, "at most " + most));
  }

  private void require(boolean holds, String path, int length, String wanted) {
    if (!holds) {
      findings.add(new Finding(path, length + " bytes, where " + wanted + " are wanted"));
    }
  }

  private void number(Checks checks, Type.Scalar scalar, dev.jgenl.wire.Attribute a, String path) {
    boolean signed = scalar.width().isSigned();
    long number =
        new ScalarCodec(
                scalar.width(), scalar.bigEndian(), signed ? Notation.SIGNED : Notation.UNSIGNED)
            .read(a, new Scope(null, NestValue.of(Map.of())))
            .asLong();
    checks
        .min()
        .ifPresent(
            min -> require(compare(number, min, signed) >= 0, path, number, signed, "least", min));
    checks
        .max()
        .ifPresent(
            max -> require(compare(number, max, signed) <= 0, path, number, signed, "most", max));
  }

  private static int compare(long a, long b, boolean signed) {
    return signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
  }

  private void require(
      boolean holds, String path, long number, boolean signed, String which, long bound) {
    if (!holds) {
      findings.add(
          new Finding(
              path,
              (signed ? Long.toString(number) : Long.toUnsignedString(number))
                  + ", where at "
                  + which
                  + " "
                  + (signed ? Long.toString(bound) : Long.toUnsignedString(bound))
                  + " is wanted"));
    }
  }
}
