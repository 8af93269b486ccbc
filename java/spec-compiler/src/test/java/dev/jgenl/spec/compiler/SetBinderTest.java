package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SetBinderTest {

  private static final String DEFINITIONS =
      """
      definitions:
        - {name: e, type: enum, entries: [x, y]}
        - {name: bits, type: flags, entries: [x, y]}
        - {name: st, type: struct, members: [{name: m, type: u32}]}
        - {name: n, type: const, value: 12}
        - {name: key-len, type: const, value: 32, name-prefix: wg-}
      """;

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of("type: u8", scalar(Width.U8, false, null)),
        Arguments.of("type: u16, byte-order: big-endian", scalar(Width.U16, true, null)),
        Arguments.of("type: s32", scalar(Width.S32, false, null)),
        Arguments.of("type: u64", scalar(Width.U64, false, null)),
        Arguments.of("type: uint", scalar(Width.UINT, false, null)),
        Arguments.of("type: sint", scalar(Width.SINT, false, null)),
        Arguments.of("type: u32, enum: e", scalar(Width.U32, false, new Type.EnumUse("e", false))),
        Arguments.of(
            "type: u64, enum: bits", scalar(Width.U64, false, new Type.EnumUse("bits", true))),
        Arguments.of(
            "type: u32, enum: e, enum-as-flags: true",
            scalar(Width.U32, false, new Type.EnumUse("e", true))),
        Arguments.of("type: flag", new Type.Flag()),
        Arguments.of("type: string", new Type.Text()),
        Arguments.of("type: pad", new Type.Pad(0)),
        Arguments.of("type: unused", new Type.Unused()),
        Arguments.of("type: binary", new Type.Binary(OptionalInt.empty())),
        Arguments.of("type: binary, checks: {exact-len: 16}", new Type.Binary(OptionalInt.of(16))),
        Arguments.of(
            "type: binary, checks: {min-len: 256, max-len: 256}",
            new Type.Binary(OptionalInt.of(256))),
        Arguments.of("type: binary, checks: {min-len: 16}", new Type.Binary(OptionalInt.empty())),
        Arguments.of("type: binary, byte-order: big-endian", new Type.Binary(OptionalInt.empty())),
        Arguments.of("type: binary, struct: st", new Type.StructValue("st")),
        Arguments.of("type: binary, sub-type: struct, struct: st", new Type.StructArray("st")),
        Arguments.of(
            "type: binary, sub-type: s16", new Type.ScalarArray(scalar(Width.S16, false, null))),
        Arguments.of("type: bitfield32", new Type.Bitfield(Optional.empty())),
        Arguments.of(
            "type: bitfield32, enum: e, enum-as-flags: true",
            new Type.Bitfield(Optional.of(new Type.EnumUse("e", true)))),
        Arguments.of("type: nest, nested-attributes: s", new Type.Nest("s")),
        Arguments.of("type: nest, nested-attributes: s, ordered: true", new Type.Nest("s", true)),
        Arguments.of(
            "type: nest, nested-attributes: s, ambiguous: true", new Type.Nest("s", false, true)),
        Arguments.of(
            "type: nest-type-value, type-value: [policy, attr], nested-attributes: s",
            new Type.TypeValue(List.of("policy", "attr"), new Type.Nest("s"))),
        Arguments.of(
            "type: nest, type-value: [id], nested-attributes: s",
            new Type.TypeValue(List.of("id"), new Type.Nest("s"))),
        Arguments.of(
            "type: u64, type-value: [id]",
            new Type.TypeValue(List.of("id"), scalar(Width.U64, false, null))),
        Arguments.of(
            "type: indexed-array, sub-type: nest, nested-attributes: s",
            new Type.IndexedArray(new Type.Nest("s"), 0)),
        Arguments.of(
            "type: indexed-array, sub-type: u32, enum: e, base: 1",
            new Type.IndexedArray(scalar(Width.U32, false, new Type.EnumUse("e", false)), 1)),
        Arguments.of(
            "type: indexed-array, sub-type: u32, byte-order: big-endian",
            new Type.IndexedArray(scalar(Width.U32, true, null), 0)),
        Arguments.of(
            "type: indexed-array, sub-type: binary, checks: {exact-len: 16}",
            new Type.IndexedArray(new Type.Binary(OptionalInt.of(16)), 0)),
        Arguments.of(
            "type: sub-message, sub-message: m, selector: kind", new Type.Selected("m", "kind")));
  }

  private static Type.Scalar scalar(Width width, boolean bigEndian, Type.EnumUse names) {
    return new Type.Scalar(width, bigEndian, Optional.ofNullable(names));
  }

  @ParameterizedTest
  @MethodSource("types")
  void saysWhatAnAttributeHolds(String attribute, Type type) throws SpecException {
    assertThat(Bound.attribute(attribute, DEFINITIONS).type()).isEqualTo(type);
  }

  @Test
  void bindsWhatElseIsSaidOfAnAttribute() throws SpecException {
    Attribute attribute =
        Bound.attribute("type: u32, value: 7, multi-attr: true, display-hint: ipv4, doc: what");

    assertThat(attribute)
        .isEqualTo(
            new Attribute(
                "a",
                7,
                scalar(Width.U32, false, null),
                true,
                Checks.NONE,
                Hint.IPV4,
                "what",
                "F_A_S_A"));
  }

  @ParameterizedTest
  @CsvSource({
    "hex, HEX",
    "mac, MAC",
    "fddi, MAC",
    "ipv4, IPV4",
    "ipv6, IPV6",
    "ipv4-or-v6, IPV4_OR_V6",
    "uuid, UUID"
  })
  void showsAsTheHintSays(String hint, Hint expected) throws SpecException {
    assertThat(Bound.attribute("type: binary, display-hint: " + hint).hint()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "-5, -5",
    "n, 12",
    "wg-key-len, 32",
    "u8-max, 255",
    "u16-max, 65535",
    "u32-max, 4294967295",
    "u64-max, -1",
    "u64-min, 0",
    "s8-min, -128",
    "s8-max, 127",
    "s32-max, 2147483647",
    "s64-min, -9223372036854775808",
    "s64-max, 9223372036854775807"
  })
  void resolvesBounds(String written, long expected) throws SpecException {
    Checks checks =
        Bound.attribute(
                "type: u32, checks: {min: %s, max: %s}".formatted(written, written), DEFINITIONS)
            .checks();

    assertThat(checks.min()).isEqualTo(OptionalLong.of(expected));
    assertThat(checks.max()).isEqualTo(OptionalLong.of(expected));
  }

  @Test
  void resolvesLengths() throws SpecException {
    Checks checks =
        Bound.attribute(
                "type: string, checks: {min-len: n, max-len: 30, exact-len: wg-key-len,"
                    + " unterminated-ok: true}",
                DEFINITIONS)
            .checks();

    assertThat(checks)
        .isEqualTo(
            new Checks(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.of(12),
                OptionalInt.of(30),
                OptionalInt.of(32),
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{name: a, type: u8}, {name: b, type: u8}' | a=1 b=2",
        "'{name: a, type: unused, value: 0}, {name: b, type: u8}' | a=0 b=1",
        "'{name: a, type: u8}, {name: b, type: u8, value: 20}, {name: c, type: u8}' | a=1 b=20 c=21",
        "'{name: a, type: u8, value: 9}, {name: b, type: u8, value: 4}, {name: c, type: u8}'"
            + " | a=9 b=4 c=5",
      })
  void numbersAttributes(String attributes, String expected) throws SpecException {
    Family family =
        Bound.family("attribute-sets: [{name: s, attributes: [%s]}]".formatted(attributes));

    assertThat(Bound.set(family, "s").attributes().stream().map(a -> a.name() + "=" + a.id()))
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{name: f, attributes: [{name: a-b, type: u8}]}' | F_A_A_B",
        "'{name: dev, attributes: [{name: a-b, type: u8}]}' | F_A_DEV_A_B",
        "'{name: dev, name-prefix: x-attr-, attributes: [{name: a-b, type: u8}]}' | X_ATTR_A_B",
        "'{name: dev, attributes: [{name: a-b, type: u8, name-prefix: y-}]}' | Y_A_B",
        "'{name: dev, attributes: [{name: a-b, type: u8, c-name: Z}]}' | Z",
        "'{name: dev, attributes: [{name: a-b, type: u8, c-name: \"\"}]}' | ''",
      })
  void callsAttributesAsHeadersDo(String set, String cName) throws SpecException {
    Family family = Bound.family("attribute-sets: [%s]".formatted(set));

    assertThat(family.sets().get(0).attributes().get(0).cName()).isEqualTo(cName);
  }

  private static final String PARTS =
      """
      attribute-sets:
        - name: part
          subset-of: whole
          attributes:
            - {name: nest, nested-attributes: part}
            - {name: b, doc: here, checks: {max: 5}}
            - {name: b}
        - name: whole
          name-prefix: w-
          attributes:
            - {name: a, type: u8}
            - {name: b, type: u16, value: 10, multi-attr: true, doc: there}
            - {name: nest, type: nest, nested-attributes: whole}
        - {name: part-of-part, subset-of: part, attributes: [{name: nest}, {name: b}]}
      """;

  @Test
  void inheritsNumbersAndTypes() throws SpecException {
    Family family = Bound.family(PARTS);

    assertThat(Bound.set(family, "part").subsetOf()).contains("whole");
    assertThat(Bound.ids(Bound.set(family, "part"))).isEqualTo(Map.of("nest", 11, "b", 10));
    Attribute b = Bound.set(family, "part").attributes().get(1);
    assertThat(b.type()).isEqualTo(scalar(Width.U16, false, null));
    assertThat(b.repeated()).isTrue();
    assertThat(b.cName()).isEqualTo("W_B");
  }

  @Test
  void overridesWhatItInherits() throws SpecException {
    Family family = Bound.family(PARTS);
    Attribute nest = Bound.set(family, "part").attributes().get(0);
    Attribute b = Bound.set(family, "part").attributes().get(1);

    assertThat(nest.type()).isEqualTo(new Type.Nest("part"));
    assertThat(b.doc()).isEqualTo("here");
    assertThat(b.checks().max()).isEqualTo(OptionalLong.of(5));
    assertThat(Bound.set(family, "whole").attributes().get(1).doc()).isEqualTo("there");
  }

  @Test
  void inheritsFromAPart() throws SpecException {
    Attribute nest = Bound.set(Bound.family(PARTS), "part-of-part").attributes().get(0);

    assertThat(nest.type()).isEqualTo(new Type.Nest("part"));
    assertThat(nest.id()).isEqualTo(11);
  }

  @Test
  void takesOnceWhatStandsTwiceInAPart() throws SpecException {
    assertThat(Bound.set(Bound.family(PARTS), "part").attributes()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{name: s, attributes: [{name: a}]}' | an attribute lacks its key type",
        "'{name: s, attributes: [{name: a, type: u12}]}' | there is no type u12 here: is u16 meant?",
        "'{name: s, attributes: [{name: a, type: nst}]}' | there is no type nst here: is nest meant?",
        "'{name: s, attributes: [{name: a, type: nest}]}' | lacks its key nested-attributes",
        "'{name: s, attributes: [{name: a, type: indexed-array}]}' | lacks its key sub-type",
        "'{name: s, attributes: [{name: a, type: indexed-array, sub-type: flag}]}'"
            + " | there is no sub-type flag here",
        "'{name: s, attributes: [{name: a, type: binary, sub-type: nest}]}'"
            + " | there is no sub-type nest here",
        "'{name: s, attributes: [{name: a, type: sub-message, sub-message: m}]}'"
            + " | lacks its key selector",
        "'{name: s, attributes: [{name: a, type: u8, value: 16384}]}'"
            + " | value has to be from 0 to 16383",
        "'{name: s, attributes: [{name: a, type: u8, value: 16383}, {name: b, type: u8}]}'"
            + " | the number after 16383 would be too great: give this a value",
        "'{name: s, attributes: [{name: a, type: u8, enum: none}]}' | there is no enumeration none",
        "'{name: s, attributes: [{name: a, type: binary, struct: none}]}' | there is no struct none",
        "'{name: s, attributes: [{name: a, type: u8, checks: {max: none}}]}'"
            + " | there is no constant none",
        "'{name: s, attributes: [{name: a, type: u8, checks: {maximum: 1}}]}'"
            + " | checks has no key maximum",
        "'{name: s, attributes: [{name: a, type: u8, display-hint: ipv5}]}'"
            + " | there is no display-hint ipv5: is ipv4 meant?",
        "'{name: s, attributes: [{name: a, type: u8, multi-attr: 1}]}'"
            + " | multi-attr has to be true or false",
        "'{name: s, subset-of: t, attributes: [{name: a}]}' | there is no attribute set t",
        "'{name: s, subset-of: s, attributes: [{name: a}]}' | a part of a part without end",
        "'{name: t, attributes: [{name: a, type: u8}]},"
            + " {name: s, subset-of: t, attributes: [{name: b}]}'"
            + " | the set t has no b: is a meant?",
        "'{name: t, attributes: [{name: a, type: u8}]},"
            + " {name: s, subset-of: t, attributes: [{name: a, value: 2}]}'"
            + " | a is 1 in t: leave value out",
      })
  void refusesSetsThatCannotBe(String sets, String problem) {
    assertThatThrownBy(() -> Bound.family("attribute-sets: [" + sets + "]"))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("f.yaml:2:")
        .hasMessageContaining(problem);
  }
}
