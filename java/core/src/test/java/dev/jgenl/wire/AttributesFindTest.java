package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
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
record AttributesFindTest(Memory memory) {

  /** What finds an attribute by its number. */
  private interface Finder {
    Object find(Attributes attributes, int type);
  }

  /** A typed finder, the lengths that it takes, and how it answers that there is none. */
  private record Typed(String name, Finder finder, IntPredicate lengths, Object none) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Typed> finders() {
    return Stream.of(
        ofInt("findU8", Attributes::findU8, 1),
        ofInt("findS8", Attributes::findS8, 1),
        ofInt("findU16", Attributes::findU16, 2),
        ofInt("findS16", Attributes::findS16, 2),
        ofInt("findU16Be", Attributes::findU16Be, 2),
        ofInt("findS32", Attributes::findS32, 4),
        ofLong("findU32", Attributes::findU32, 4),
        ofLong("findU32Be", Attributes::findU32Be, 4),
        ofLong("findU64", Attributes::findU64, 8),
        ofLong("findS64", Attributes::findS64, 8),
        ofLong("findU64Be", Attributes::findU64Be, 8),
        ofLong("findUint", Attributes::findUint, 4, 8),
        ofLong("findSint", Attributes::findSint, 4, 8),
        ofObject("findBitfield32", Attributes::findBitfield32, n -> n == 8),
        ofObject("findInetAddress", Attributes::findInetAddress, n -> n == 4 || n == 16),
        ofObject("findMacAddress", Attributes::findMacAddress, n -> n >= 1 && n <= 32),
        ofObject("findString", Attributes::findString, n -> true),
        ofObject("findBytes", Attributes::findBytes, n -> true),
        ofObject("findNested", Attributes::findNested, n -> true),
        ofObject("find", Attributes::find, n -> true));
  }

  @ParameterizedTest(name = "{0} of what is not there is empty")
  @MethodSource("finders")
  void whatIsNotThereIsEmpty(Typed typed) {
    Attributes attributes = all(memory.of("0004 0001 | 0004 0003"));

    assertThat(typed.finder().find(attributes, 2)).isEqualTo(typed.none());
    assertThat(typed.finder().find(Attributes.none(), 2)).isEqualTo(typed.none());
  }

  static Stream<Arguments> values() throws Exception {
    return Stream.of(
        //                                                   | len  type  payload |
        row("findU8", OptionalInt.of(255), /*             */ "0005 0002 ff 00 00 00"),
        row("findS8", OptionalInt.of(-1), /*              */ "0005 0002 ff 00 00 00"),
        row("findU16", OptionalInt.of(65534), /*          */ "0006 0002 fffe 0000"),
        row("findS16", OptionalInt.of(-2), /*             */ "0006 0002 fffe 0000"),
        row("findU16Be", OptionalInt.of(0xfe02), /*       */ "0006 0002 fe 02 0000"),
        row("findS32", OptionalInt.of(-2), /*             */ "0008 0002 fffffffe"),
        row("findU32", OptionalLong.of(0xfedcba98L), /*   */ "0008 0002 fedcba98"),
        row("findU32Be", OptionalLong.of(0xfedcba98L), /* */ "0008 0002 fe dc ba 98"),
        row("findU64", OptionalLong.of(-1), /*            */ "000c 0002 ffffffffffffffff"),
        row("findS64", OptionalLong.of(-2), /*            */ "000c 0002 fffffffffffffffe"),
        row("findU64Be", OptionalLong.of(1), /*           */ "000c 0002 00 00 00 00 00 00 00 01"),
        row("findUint", OptionalLong.of(0xffffffffL), /*  */ "0008 0002 ffffffff"),
        row("findUint", OptionalLong.of(7), /*            */ "000c 0002 0000000000000007"),
        row("findSint", OptionalLong.of(-1), /*           */ "0008 0002 ffffffff"),
        row("findSint", OptionalLong.of(-1), /*           */ "000c 0002 ffffffffffffffff"),
        row("findString", Optional.of("Hi"), /*           */ "0007 0002 'Hi' 00 00"),
        row("findString", Optional.of(""), /*             */ "0004 0002"),
        row(
            "findBitfield32",
            Optional.of(new Bitfield32(1, 5)),
            /*                                            */ "000c 0002 00000001 00000005"),
        row(
            "findInetAddress",
            Optional.of(InetAddress.getByName("192.0.2.1")),
            /*                                            */ "0008 0002 c0 00 02 01"),
        row(
            "findMacAddress",
            Optional.of(MacAddress.parse("02:00:00:00:00:01")),
            /*                                            */ "000a 0002 02 00 00 00 00 01 0000"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("values")
  void firstOfItsNumberIsFound(String finder, Object expected, String drawing) {
    Attributes attributes = all(memory.of("0004 0001 | " + drawing + " | 0004 0002"));

    assertThat(named(finder).finder().find(attributes, 2)).isEqualTo(expected);
  }

  @Test
  void bytesAreFound() {
    Attributes attributes = all(memory.of("0007 0002 01 00 03 00"));

    assertThat(attributes.findBytes(2))
        .hasValueSatisfying(b -> assertThat(b).containsExactly(1, 0, 3));
  }

  @Test
  void attributesWithinAreFound() {
    Attributes attributes = all(memory.of("000c 8002 | 0008 0001 0000002a"));

    assertThat(attributes.findNested(2).map(nested -> nested.get(1).u32())).contains(42L);
  }

  static Stream<Arguments> wrongLengths() {
    return finders()
        .flatMap(
            typed ->
                IntStream.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 33)
                    .filter(length -> !typed.lengths().test(length))
                    .mapToObj(length -> arguments(typed, length)));
  }

  @ParameterizedTest(name = "T21 {0} refuses a payload of {1} bytes")
  @MethodSource("wrongLengths")
  void payloadOfAnotherLengthIsRefused(Typed typed, int length) {
    Attributes attributes =
        all(memory.allocate(4 + length).putShort(0, (short) (4 + length)).putShort(2, (short) 2));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> typed.finder().find(attributes, 2))
        .withMessageStartingWith("attribute 2 has a payload of " + length + " bytes, not of ");
  }

  @ParameterizedTest(name = "T21 {0} does not pass an attribute that does not fit")
  @MethodSource("finders")
  void attributeThatDoesNotFitIsNotPassed(Typed typed) {
    Attributes attributes = all(memory.of("0009 0005 00000000"));

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> typed.finder().find(attributes, 2))
        .withMessage("attribute 5 of 9 bytes where 8 bytes are left");
  }

  @ParameterizedTest(name = "T57 {0} of attributes that are kept too long")
  @MethodSource("finders")
  void attributesKeptTooLongThrow(Typed typed) {
    Lease lease = new Lease(memory.of("0004 0001"));
    Attributes kept = Attributes.of(lease, lease.term(), 0, 4);

    lease.end(memory.of("0004 0001"));

    assertThatThrownBy(() -> typed.finder().find(kept, 2))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("T25 all of repeated attributes are found, in their order")
  void allOfRepeatedAttributesAreFound() {
    Attributes attributes =
        all(memory.of("0005 0003 01 00 0000 | 0004 0001 | 0005 8003 02 00 0000 | 0005 0003 03"));

    assertThat(attributes.all(3)).extracting(Attribute::u8).containsExactly(1, 2, 3);
    assertThat(attributes.all(2)).isEmpty();
  }

  @Test
  @DisplayName("T21 not all of repeated attributes are found where one attribute does not fit")
  void allFailsBehindAttributeThatDoesNotFit() {
    Attributes attributes = all(memory.of("0004 0003 | 0003 0001"));

    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> attributes.all(3));
  }

  @Test
  void noneHoldsNothing() {
    assertThat(Attributes.none()).isEmpty();
    assertThat(Attributes.none().isEmpty()).isTrue();
    assertThat(Attributes.none()).hasToString("");
  }

  private static Typed named(String name) {
    return finders().filter(typed -> typed.name().equals(name)).findFirst().orElseThrow();
  }

  private static Typed ofInt(String name, Finder finder, int length) {
    return new Typed(name, finder, n -> n == length, OptionalInt.empty());
  }

  private static Typed ofLong(String name, Finder finder, Integer... lengths) {
    return new Typed(name, finder, List.of(lengths)::contains, OptionalLong.empty());
  }

  private static Typed ofObject(String name, Finder finder, IntPredicate lengths) {
    return new Typed(name, finder, lengths, Optional.empty());
  }

  private static Arguments row(String finder, Object expected, String drawing) {
    return arguments(finder, expected, drawing);
  }

  private static Attributes all(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit());
  }
}
