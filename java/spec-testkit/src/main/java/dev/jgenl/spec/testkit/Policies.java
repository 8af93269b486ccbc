package dev.jgenl.spec.testkit;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import dev.jgenl.testkit.FakePolicy;
import dev.jgenl.testkit.FakePolicy.NumberType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a spec the policies of the kernel, as the kernel's own generator does. For one thread.
 */
final class Policies {

  private static final int LENGTH_MAX = 0xffff;

  private final Map<String, AttributeSet> sets = new HashMap<>();
  private final Map<String, Definition> definitions = new HashMap<>();
  private final Map<String, FakePolicy> nests = new HashMap<>();

  /** Whether values without a name are refused, and text that does not end. */
  private final boolean modern;

  Policies(Family model) {
    model.sets().forEach(set -> sets.put(set.name(), set));
    model.definitions().forEach(d -> definitions.put(d.name(), d));
    modern = model.protocol() instanceof Protocol.Generic;
  }

  /** Accepts the attributes of a set that have one of these names. */
  void fill(FakePolicy policy, String set, Collection<String> names) {
    fill(policy, set, a -> names.contains(a.name()));
  }

  private void fill(FakePolicy policy, String set, Predicate<Attribute> accepted) {
    // 0 is the type of no attribute of a strict family.
    Set<Integer> known = new HashSet<>(Set.of(0));
    AttributeSet attributes =
        Objects.requireNonNull(sets.get(set), () -> "the model has no set " + set);
    for (Attribute a : attributes.attributes()) {
      if (accepted.test(a) && known.add(a.id())) {
        add(policy, a);
      }
    }
  }

  private void add(FakePolicy policy, Attribute a) {
    Type type = a.type();
    if (type instanceof Type.Scalar scalar) {
      number(policy, a, scalar);
    } else if (type instanceof Type.Text) {
      text(policy, a);
    } else if (type instanceof Type.Flag) {
      policy.flag(a.id());
    } else if (type instanceof Type.Bitfield bitfield) {
      policy.bitfield32(a.id(), bitfield.names().map(this::bits).orElse(-1L).intValue());
    } else if (type instanceof Type.Nest nest) {
      nest(policy, a.id(), nest.set());
    } else if (type instanceof Type.IndexedArray array) {
      array(policy, a.id(), array);
    } else if (type instanceof Type.TypeValue) {
      policy.nested(a.id());
    } else if (type instanceof Type.Selected) {
      policy.anything(a.id());
    } else if (!(type instanceof Type.Pad || type instanceof Type.Unused)) {
      bytes(policy, a);
    }
  }

  private void number(FakePolicy policy, Attribute a, Type.Scalar scalar) {
    NumberType type = type(scalar);
    Checks checks = a.checks();
    if (type == null) {
      policy.bytes(a.id(), scalar.width().length(), scalar.width().length());
    } else if (scalar.names().isEmpty() || !modern) {
      number(policy, a.id(), type, checks.min(), checks.max());
    } else if (scalar.names().get().flags() && !type.isSigned()) {
      policy.mask(a.id(), type, bits(scalar.names().get()));
    } else {
      LongSummaryStatistics values =
          entries(scalar.names().get()).entries().stream()
              .mapToLong(Definition.Entry::value)
              .summaryStatistics();
      number(
          policy,
          a.id(),
          type,
          checks.min().isPresent() ? checks.min() : OptionalLong.of(values.getMin()),
          checks.max().isPresent() ? checks.max() : OptionalLong.of(values.getMax()));
    }
  }

  private static void number(
      FakePolicy policy, int id, NumberType type, OptionalLong min, OptionalLong max) {
    policy.number(id, type, min.orElse(type.least()), max.orElse(type.largest()));
  }

  /** Returns null for what the kernel has no rule for. */
  private static @Nullable NumberType type(Type.Scalar scalar) {
    if (!scalar.bigEndian() || scalar.width().length() == 1) {
      return NumberType.valueOf(scalar.width().name());
    }
    return switch (scalar.width()) {
      case U16 -> NumberType.U16_BE;
      case U32 -> NumberType.U32_BE;
      default -> null;
    };
  }

  /** Returns all bits that have a name. */
  private long bits(Type.EnumUse use) {
    Definition.Enumeration names = entries(use);
    long bits = 0;
    for (Definition.Entry entry : names.entries()) {
      bits |= names.flags() ? entry.value() : 1L << entry.value();
    }
    return bits;
  }

  private Definition.Enumeration entries(Type.EnumUse use) {
    if (definitions.get(use.enumeration()) instanceof Definition.Enumeration names) {
      return names;
    }
    throw new IllegalStateException("the model has no enumeration " + use.enumeration());
  }

  private void text(FakePolicy policy, Attribute a) {
    int max = a.checks().maxLength().orElse(0);
    if (a.checks().unterminated() || !modern) {
      policy.string(a.id(), max);
    } else {
      policy.nulString(a.id(), max);
    }
  }

  private void nest(FakePolicy policy, int id, String set) {
    FakePolicy known = nests.get(set);
    if (known != null) {
      policy.nested(id, known);
    } else {
      policy.nested(id, within -> fillNest(within, set));
    }
  }

  /** A set may hold itself, so it is known before it is filled. */
  private void fillNest(FakePolicy policy, String set) {
    nests.put(set, policy);
    fill(policy, set, a -> true);
  }

  private void array(FakePolicy policy, int id, Type.IndexedArray array) {
    if (!(array.element() instanceof Type.Nest nest)) {
      policy.nested(id);
      return;
    }
    FakePolicy known = nests.get(nest.set());
    if (known != null) {
      policy.nestedArray(id, known);
    } else {
      policy.nestedArray(id, within -> fillNest(within, nest.set()));
    }
  }

  private void bytes(FakePolicy policy, Attribute a) {
    int least = 0;
    int most = 0;
    if (a.type() instanceof Type.Binary binary && binary.length().isPresent()) {
      least = binary.length().getAsInt();
      most = least;
    } else if (a.type() instanceof Type.StructValue struct
        && definitions.get(struct.struct()) instanceof Definition.Struct known) {
      least = known.size();
    }
    Checks checks = a.checks();
    least = checks.exactLength().orElse(checks.minLength().orElse(least));
    most = checks.exactLength().orElse(checks.maxLength().orElse(most));
    if (least == 0 && most == 0) {
      policy.bytes(a.id(), 0);
    } else {
      policy.bytes(a.id(), least, most == 0 ? LENGTH_MAX : most);
    }
  }
}
