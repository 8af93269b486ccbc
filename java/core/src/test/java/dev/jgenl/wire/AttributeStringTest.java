package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeStringTest(Memory memory) {

  static Stream<Arguments> strings() {
    return Stream.of(
        //                                   | len  type  payload |
        row("one with its NUL", "Hi", /*    */ "0007 0001 'Hi' 00"),
        row("one without a NUL", "Hi", /*   */ "0006 0001 'Hi'"),
        row("an empty payload", "", /*      */ "0004 0001"),
        row("a single NUL", "", /*          */ "0005 0001 00"),
        row("two NULs", "\0", /*            */ "0006 0001 00 00"),
        row("an embedded NUL", "a\0b", /*   */ "0008 0001 'a' 00 'b' 00"),
        row("a NUL at its start", "\0b", /* */ "0007 0001 00 'b' 00"),
        row("padding within", "Hi\0", /*    */ "0008 0001 'Hi' 00 00"),
        row("UTF-8", "é😀", /*              */ "000b 0001 c3 a9 f0 9f 98 80 00"),
        row("bytes not UTF-8", "a\ufffdb", /*    */ "0008 0001 'a' ff 'b' 00"),
        row("UTF-8 cut in two", "a\ufffd", /*    */ "0007 0001 'a' c3 00"),
        row("a NUL coded too long", "\ufffd\ufffd", /**/ "0006 0001 c0 80"));
  }

  @ParameterizedTest(name = "T24 {0}")
  @MethodSource("strings")
  void stringEndsAtItsTerminator(String what, String expected, String drawing) {
    Attribute attribute = only(memory.of(drawing));

    assertThat(attribute.string()).as(what).isEqualTo(expected);
  }

  @ParameterizedTest(name = "T24 {0}, in memory that cannot be written")
  @MethodSource("strings")
  void stringIsReadFromReadOnlyMemory(String what, String expected, String drawing) {
    ByteBuffer buffer = memory.of(drawing);

    Attribute attribute = only(buffer.asReadOnlyBuffer().order(buffer.order()));

    assertThat(attribute.string()).as(what).isEqualTo(expected);
  }

  @ParameterizedTest(name = "T24 {0}, in a slice")
  @MethodSource("strings")
  void stringIsReadFromSlice(String what, String expected, String drawing) {
    byte[] message = memory.bytes(drawing);
    ByteBuffer outer = memory.used(message.length + 16).put(8, message);

    Attribute attribute = only(outer.slice(8, message.length).order(outer.order()));

    assertThat(attribute.string()).as(what).isEqualTo(expected);
  }

  @Test
  @DisplayName("T24 bytes that are not UTF-8 can be had as they are")
  void bytesThatAreNotUtf8AreKept() {
    Attribute attribute = only(memory.of("0008 0001 'a' ff 'b' 00"));

    assertThat(attribute.bytes()).containsExactly('a', 0xff, 'b', 0);
  }

  @Test
  @DisplayName("T24 what lies behind a string is no part of it")
  void stringEndsWithItsAttribute() {
    ByteBuffer buffer = memory.of("0006 0001 'Hi' '!!' | 0006 0002 'Yo'");

    Attributes attributes = Attributes.of(buffer, 0, buffer.limit());

    assertThat(attributes.stream().map(Attribute::string)).containsExactly("Hi", "Yo");
  }

  private static Attribute only(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit()).iterator().next();
  }

  private static Arguments row(String what, String expected, String drawing) {
    return arguments(what, expected, drawing);
  }
}
