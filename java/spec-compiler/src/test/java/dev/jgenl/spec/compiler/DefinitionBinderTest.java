package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionBinderTest {

  @Test
  void bindsConstants() throws SpecException {
    Family family =
        Bound.family(
            """
            definitions:
              - {name: len-max, type: const, value: 32, doc: at most}
              - {name: key-len, type: const, value: 0x20, name-prefix: wg-}
              - {name: all, type: const, value: 18446744073709551615, c-name: EVERY}
              - {name: group, type: const, value: change_event}
            """);

    assertThat(family.definitions())
        .containsExactly(
            new Definition.Constant("len-max", "at most", "F_LEN_MAX", 32),
            new Definition.Constant("key-len", "", "WG_KEY_LEN", 32),
            new Definition.Constant("all", "", "EVERY", -1),
            new Definition.Text("group", "", "F_GROUP", "change_event"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'type: enum, entries: [a, b]' | a=0 b=1",
        "'type: enum, value-start: 5, entries: [a, b]' | a=5 b=6",
        "'type: enum, entries: [a, {name: b, value: 10}, c]' | a=0 b=10 c=11",
        "'type: enum, value-start: 3, entries: [{name: a, value: 1}, b]' | a=1 b=2",
        "'type: enum, entries: [{name: a, value: -1}, b]' | a=-1 b=0",
        "'type: enum, entries: [{name: a, value: 0xffffffff}, b]' | a=4294967295 b=4294967296",
        "'type: flags, entries: [a, b, c]' | a=1 b=2 c=4",
        "'type: flags, entries: [a, {name: b, value: 31}, c]' | a=1 b=2147483648 c=4294967296",
        "'type: flags, value-start: 63, entries: [a]' | a=-9223372036854775808",
      })
  void numbersEntries(String enumeration, String expected) throws SpecException {
    assertThat(entries(enumeration).map(e -> e.name() + "=" + e.value()))
        .containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'entries: [some-thing]' | F_E_SOME_THING",
        "'name-prefix: x-flag-, entries: [some-thing]' | X_FLAG_SOME_THING",
        "'name-prefix: \"\", entries: [10base-t]' | ''",
        "'entries: [{name: a, c-name: A_B}]' | A_B",
      })
  void callsEntriesAsHeadersDo(String enumeration, String cName) throws SpecException {
    assertThat(entries("type: enum, " + enumeration).map(Definition.Entry::cName))
        .containsExactly(cName);
  }

  private static Stream<Definition.Entry> entries(String enumeration) throws SpecException {
    Family family = Bound.family("definitions: [{name: e, %s}]".formatted(enumeration));
    return ((Definition.Enumeration) Bound.definition(family, "e")).entries().stream();
  }

  @Test
  void laysOutMembersWithoutGaps() throws SpecException {
    Definition.Struct struct =
        Bound.struct(
            """
            {name: a, type: u8, doc: one}, {name: b, type: u32, byte-order: big-endian},
            {name: c, type: pad, len: 3}, {name: d, type: binary, len: 6, display-hint: mac},
            {name: e, type: s64}, {name: f, type: string, len: 16}
            """);

    assertThat(struct.size()).isEqualTo(1 + 4 + 3 + 6 + 8 + 16);
    assertThat(struct.members())
        .containsExactly(
            member("a", 0, 1, scalar(Width.U8, false), Hint.NONE, "one"),
            member("b", 1, 4, scalar(Width.U32, true), Hint.NONE, ""),
            member("c", 5, 3, new Type.Pad(3), Hint.NONE, ""),
            member("d", 8, 6, new Type.Binary(OptionalInt.of(6)), Hint.MAC, ""),
            member("e", 14, 8, scalar(Width.S64, false), Hint.NONE, ""),
            member("f", 22, 16, new Type.Text(), Hint.NONE, ""));
  }

  @Test
  void takesTheLengthOfAMemberFromAConstant() throws SpecException {
    Definition.Struct struct =
        Bound.struct("{name: a, type: binary, len: n}", "{name: n, type: const, value: 12}, ");

    assertThat(struct.size()).isEqualTo(12);
  }

  @Test
  void laysOutStructsWithinStructs() throws SpecException {
    String inner =
        "{name: in, type: struct, members: [{name: x, type: u32}, {name: y, type: u8}]}, ";
    Definition.Struct struct =
        Bound.struct(
            """
            {name: a, type: binary, struct: in}, {name: b, type: u8},
            {name: c, type: binary, struct: in, len: 15}, {name: d, type: binary, struct: in, len: 0}
            """,
            inner);

    assertThat(struct.size()).isEqualTo(5 + 1 + 15);
    assertThat(struct.members())
        .containsExactly(
            member("a", 0, 5, new Type.StructValue("in"), Hint.NONE, ""),
            member("b", 5, 1, scalar(Width.U8, false), Hint.NONE, ""),
            member("c", 6, 15, new Type.StructArray("in"), Hint.NONE, ""),
            member("d", 21, 0, new Type.StructArray("in"), Hint.NONE, ""));
  }

  @Test
  void namesTheNumbersOfMembers() throws SpecException {
    Definition.Struct struct =
        Bound.struct(
            "{name: a, type: u16, enum: e}, {name: b, type: u8, enum: e, enum-as-flags: true}",
            "{name: e, type: enum, entries: [x]}, ");

    assertThat(struct.members().get(0).type())
        .isEqualTo(new Type.Scalar(Width.U16, false, Optional.of(new Type.EnumUse("e", false))));
    assertThat(struct.members().get(1).type())
        .isEqualTo(new Type.Scalar(Width.U8, false, Optional.of(new Type.EnumUse("e", true))));
  }

  @ParameterizedTest
  @CsvSource({"some-struct, some_struct", "--kernel-timespec, __kernel_timespec", "8021q, ''"})
  void callsStructsAsHeadersDo(String name, String cName) throws SpecException {
    Family family =
        Bound.family("definitions: [{name: %s, type: struct, members: []}]".formatted(name));

    assertThat(((Definition.Struct) family.definitions().get(0)).cName()).isEqualTo(cName);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{name: x, type: enumeration}' | there is no type of definition enumeration",
        "'{name: x, type: const}' | a definition lacks its key value",
        "'{name: x, type: flags, entries: [{name: a, value: 64}]}' | has to be from 0 to 63",
        "'{name: x, type: flags, entries: [{name: a, value: -1}]}' | has to be from 0 to 63",
        "'{name: x, type: struct, members: [{name: a, type: u12}]}'"
            + " | there is no type u12 here: is u16 meant?",
        "'{name: x, type: struct, members: [{name: a, type: uint}]}' | there is no type uint here",
        "'{name: x, type: struct, members: [{name: a, type: binary}]}' | a member lacks its key len",
        "'{name: x, type: struct, members: [{name: a, type: pad, len: 70000}]}'"
            + " | len has to be from 0 to 65535",
        "'{name: x, type: struct, members: [{name: a, type: pad, len: n}]}'"
            + " | there is no constant n: there is none",
        "'{name: x, type: struct, members: [{name: a, type: binary, struct: y}]}'"
            + " | there is no struct y: is x meant?",
        "'{name: x, type: struct, members: [{name: a, type: binary, struct: x}]}'"
            + " | f.yaml:2:81: structs within structs without end: x",
        "'{name: x, type: struct, members: [{name: a, type: u8, byte-order: little-endian}]}'"
            + " | byte-order has to be big-endian",
        "'{name: x, type: struct, members: [{name: a, type: u8, enum: x}]}'"
            + " | there is no enumeration x",
        "'{name: i, type: struct, members: [{name: a, type: u32}]},"
            + " {name: x, type: struct, members: [{name: a, type: binary, struct: i, len: 6}]}'"
            + " | len has to be a multiple of the 4 bytes of i",
        "'{name: x, type: struct, members: [{name: a, type: pad, len: 65535},"
            + " {name: b, type: u8}]}' | the struct is longer than 65535 bytes here",
      })
  void refusesDefinitionsThatCannotBe(String definitions, String problem) {
    assertThatThrownBy(() -> Bound.family("definitions: [" + definitions + "]"))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("f.yaml:2:")
        .hasMessageContaining(problem);
  }

  @Test
  void refusesStructsWithinManyStructs() {
    StringBuilder structs = new StringBuilder("{name: s0, type: struct, members: []}");
    for (int i = 1; i < 20_000; i++) {
      structs.append(
          ",\n  {name: s%d, type: struct, members: [{name: a, type: binary, struct: s%d}]}"
              .formatted(i, i % 10_000 + 1));
    }

    assertThatThrownBy(() -> Bound.family("definitions: [" + structs + "]"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("structs within structs without end");
  }

  private static Definition.Member member(
      String name, int offset, int length, Type type, Hint hint, String doc) {
    return new Definition.Member(name, offset, length, type, hint, doc);
  }

  private static Type.Scalar scalar(Width width, boolean bigEndian) {
    return new Type.Scalar(width, bigEndian, Optional.empty());
  }
}
