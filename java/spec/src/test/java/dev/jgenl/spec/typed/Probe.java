package dev.jgenl.spec.typed;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Shape;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Bitfield32;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One attribute that is read in every way. */
final class Probe extends TypedValue {

  static final Shape SHAPE = Shape.of("it");

  Probe(NestValue value) {
    super(SHAPE, value);
  }

  static Probe of(Object it) {
    return new Probe((NestValue) Value.of(Map.of("it", it)));
  }

  static Probe empty() {
    return new Probe((NestValue) Value.of(Map.of()));
  }

  Optional<UUID> uuid() {
    return uuid(0);
  }

  Optional<InetAddress> address() {
    return address(0);
  }

  Optional<Bitfield<Option>> bitfield() {
    return bitfield(0, Option.class);
  }

  Optional<Bitfield32> bitfield32() {
    return bitfield32(0);
  }

  List<Integer> numbers() {
    return list(0, Elements::number32);
  }

  List<EnumValue<State>> enums() {
    return list(0, Elements.enumValue(State.class));
  }

  List<Flags<Option>> flags() {
    return list(0, Elements.flags(Option.class));
  }

  List<List<String>> texts() {
    return list(0, Elements.list(Elements::text));
  }

  List<Probe> probes() {
    return list(0, Elements.nest(Probe::new));
  }

  String memberText() {
    return memberText(0);
  }

  Bytes memberBytes() {
    return memberBytes(0);
  }

  EnumValue<State> memberEnum() {
    return memberEnum(0, State.class);
  }

  Probe memberNest() {
    return memberNest(0, Probe::new);
  }
}
