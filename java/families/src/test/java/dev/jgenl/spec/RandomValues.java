package dev.jgenl.spec;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Definition.Member;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Makes any value that an operation's messages may have, and remembers what it has made. */
final class RandomValues {

  private static final int DEPTH_MAX = 6;

  private static final int AF_BRIDGE = 7;

  private final Random random;
  private final Map<String, AttributeSet> sets = new HashMap<>();
  private final Map<String, Definition> definitions = new HashMap<>();
  private final Map<String, SubMessage> subMessages = new HashMap<>();

  /** Each attribute that has been in a message, with its set. */
  final Set<String> made = new TreeSet<>();

  RandomValues(Family family, long seed) {
    random = new Random(seed);
    family.sets().forEach(s -> sets.put(s.name(), s));
    family.definitions().forEach(d -> definitions.put(d.name(), d));
    family.subMessages().forEach(m -> subMessages.put(m.name(), m));
  }

  /** Makes a message of an operation, with struct and attributes. */
  NestValue message(Operation operation) {
    return message(operation.header(), operation.set(), Map.of(), 0);
  }

  /** Makes a struct and attributes, or one of them. */
  NestValue message(Optional<String> header, Optional<String> set) {
    return message(header, set, Map.of(), 0);
  }

  /** Makes one of what is behind nests whose numbers are values. */
  NestValue element(Type.TypeValue type) {
    return (NestValue) nested(type, Hint.NONE, Map.of(), 0).orElseThrow();
  }

  private NestValue message(
      Optional<String> header, Optional<String> set, Map<String, String> outer, int depth) {
    Map<String, Value> values = new LinkedHashMap<>();
    header.ifPresent(
        h -> {
          Set<String> attributes = new TreeSet<>();
          set.ifPresent(s -> sets.get(s).attributes().forEach(a -> attributes.add(a.name())));
          struct((Struct) definitions.get(h))
              .forEach((n, v) -> values.put(attributes.contains(n) ? h + "." + n : n, v));
        });
    set.ifPresent(s -> values.putAll(nest(s, outer, depth)));
    return NestValue.of(values);
  }

  private Map<String, Value> nest(String name, Map<String, String> outer, int depth) {
    List<Attribute> attributes = sets.get(name).attributes();
    Map<String, Value> values = new LinkedHashMap<>();
    // A selector says the same in a nest as around it, so that what is within fits to both.
    Map<String, String> selectors = new HashMap<>(outer);
    for (Attribute a : attributes) {
      if (a.type() instanceof Type.Selected choice
          && attributes.stream().anyMatch(s -> s.name().equals(choice.selector()))) {
        selectors.computeIfAbsent(choice.selector(), s -> format(choice).value());
      }
    }
    for (Attribute a : attributes) {
      if (selectors.containsKey(a.name()) && !a.repeated()) {
        selecting(a, selectors.get(a.name())).ifPresent(v -> values.put(a.name(), v));
      }
    }
    int probability = Math.max(1, attributes.size() / (depth == 0 ? 12 : 5));
    for (Attribute a : attributes) {
      if (random.nextInt(probability) == 0) {
        value(a, selectors, depth).ifPresent(v -> values.putIfAbsent(a.name(), v));
      }
    }
    values.keySet().forEach(a -> made.add(name + " " + a));
    return values;
  }

  private SubMessage.Format format(Type.Selected choice) {
    List<SubMessage.Format> formats = subMessages.get(choice.subMessage()).formats();
    return formats.get(random.nextInt(formats.size()));
  }

  /** Makes what says a text, or the number that the text names. */
  private Optional<Value> selecting(Attribute selector, String value) {
    if (selector.type() instanceof Type.Text) {
      return Optional.of(Value.of(value));
    } else if (selector.type() instanceof Type.Scalar scalar) {
      return scalar.names().stream()
          .flatMap(n -> ((Enumeration) definitions.get(n.enumeration())).entries().stream())
          .filter(e -> e.name().equals(value))
          .findFirst()
          .map(e -> number(e.value()));
    }
    return Optional.empty();
  }

  private Optional<Value> value(Attribute a, Map<String, String> selectors, int depth) {
    if (!a.repeated()) {
      return value(a.type(), a.hint(), selectors, depth);
    }
    List<Value> values = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      value(a.type(), a.hint(), selectors, depth).ifPresent(values::add);
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(Value.of(values));
  }

  private Optional<Value> value(Type type, Hint hint, Map<String, String> selectors, int depth) {
    if (type instanceof Type.Scalar scalar) {
      return Optional.of(scalar(scalar));
    } else if (type instanceof Type.Flag) {
      return Optional.of(FlagValue.TRUE);
    } else if (type instanceof Type.Text) {
      return Optional.of(Value.of("text" + random.nextInt(1000)));
    } else if (hint == Hint.SOCKET_ADDRESS) {
      return Optional.of(socketAddress());
    } else if (type instanceof Type.Binary binary) {
      return Optional.of(bytes(binary.length().orElseGet(() -> length(hint))));
    } else if (type instanceof Type.Bitfield) {
      return Optional.of(
          Value.of(
              Map.of(
                  "value", random.nextInt() & 0xffff_ffffL,
                  "selector", random.nextInt() & 0xffff_ffffL)));
    } else if (type instanceof Type.StructValue struct) {
      return Optional.of(NestValue.of(struct((Struct) definitions.get(struct.struct()))));
    } else if (type instanceof Type.StructArray array) {
      return Optional.of(structs(array));
    } else if (type instanceof Type.ScalarArray array) {
      return Optional.of(
          Value.of(random.ints(random.nextInt(4)).mapToObj(i -> scalar(array.element())).toList()));
    }
    return depth == DEPTH_MAX ? Optional.empty() : nested(type, hint, selectors, depth);
  }

  private Optional<Value> nested(Type type, Hint hint, Map<String, String> selectors, int depth) {
    if (type instanceof Type.Nest nest && nest.ordered()) {
      List<Value> elements = new ArrayList<>();
      nest(nest.set(), selectors, depth + 1)
          .forEach((name, value) -> elements.add(NestValue.of(Map.of(name, value))));
      return Optional.of(Value.of(elements));
    } else if (type instanceof Type.Nest nest) {
      return Optional.of(NestValue.of(nest(nest.set(), selectors, depth + 1)));
    } else if (type instanceof Type.IndexedArray array) {
      List<Value> elements = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        value(array.element(), hint, selectors, depth + 1).ifPresent(elements::add);
      }
      return Optional.of(Value.of(elements));
    } else if (type instanceof Type.TypeValue value) {
      Map<String, Value> values = new LinkedHashMap<>();
      value.levels().forEach(level -> values.put(level, number(1 + random.nextInt(1000))));
      if (value.element() instanceof Type.Nest nest) {
        values.putAll(nest(nest.set(), selectors, depth + 1));
      } else {
        values.put("value", value(value.element(), hint, selectors, depth).orElseThrow());
      }
      return Optional.of(NestValue.of(values));
    } else if (type instanceof Type.Selected choice) {
      String chosen = selectors.get(choice.selector());
      return subMessages.get(choice.subMessage()).formats().stream()
          .filter(f -> f.value().equals(chosen))
          .findFirst()
          .<Value>map(f -> message(f.header(), f.set(), selectors, depth + 1));
    }
    return Optional.empty();
  }

  private Value structs(Type.StructArray array) {
    List<Value> elements = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      elements.add(NestValue.of(struct((Struct) definitions.get(array.struct()))));
    }
    return Value.of(elements);
  }

  /** All members have a value, since one that has none is read as 0. */
  private Map<String, Value> struct(Struct struct) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Member m : struct.members()) {
      if (m.offset() == 0 && m.name().endsWith("family")) {
        // Of IPv4 and IPv6, addresses would have to be of that family as well.
        values.put(m.name(), number(AF_BRIDGE));
      } else if (m.type() instanceof Type.Text) {
        values.put(m.name(), Value.of("t".repeat(random.nextInt(m.length()))));
      } else if (m.type() instanceof Type.Binary) {
        values.put(m.name(), bytes(m.length()));
      } else if (!(m.type() instanceof Type.Pad)) {
        values.put(m.name(), value(m.type(), m.hint(), Map.of(), 0).orElseThrow());
      }
    }
    return values;
  }

  /** A length that bytes of that meaning have. */
  private int length(Hint hint) {
    return switch (hint) {
      case MAC -> 6;
      case IPV4 -> 4;
      case IPV6, UUID -> 16;
      case IPV4_OR_V6 -> random.nextBoolean() ? 4 : 16;
      case NONE, HEX, SOCKET_ADDRESS -> random.nextInt(20);
    };
  }

  private Value socketAddress() {
    byte[] ip = bytes(random.nextBoolean() ? 4 : 16).asBytes();
    try {
      return Value.of(new InetSocketAddress(InetAddress.getByAddress(ip), random.nextInt(1 << 16)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private Value bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new BytesValue(bytes, Hint.NONE);
  }

  private Value scalar(Type.Scalar scalar) {
    int bits =
        switch (scalar.width()) {
          case UINT, SINT -> random.nextBoolean() ? Integer.SIZE : Long.SIZE;
          default -> Byte.SIZE * scalar.width().length();
        };
    long any = random.nextLong();
    int unused = Long.SIZE - bits;
    return scalar.width().isSigned()
        ? number(any << unused >> unused)
        : new NumberValue(any << unused >>> unused, Notation.UNSIGNED);
  }

  private static Value number(long number) {
    return new NumberValue(number, Notation.SIGNED);
  }
}
