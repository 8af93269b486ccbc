package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.function.Consumer;
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
record LeaseTest(Memory memory) {

  private static final String MESSAGE =
      """
      | len  type  payload                 |
      | 0005 0001  2a 00 00 00             |
      | 0006 0002  002a 0000               |
      | 0008 0003  0000002a                |
      | 000c 0004  000000000000002a        |
      | 0008 0005  'abc' 00                |
      | 000c 8006                          |
      |            0008 0001  0000002a     |
      """;

  @Test
  void leaseShowsItsBytes() {
    ByteBuffer buffer = memory.of(MESSAGE);

    assertThat(new Lease(buffer).buffer(0)).isSameAs(buffer);
  }

  @Test
  @DisplayName("T57 a lease that has ended says what to do")
  void leaseThatHasEndedSaysWhatToDo() {
    Lease lease = new Lease(memory.of(MESSAGE));
    int term = lease.term();

    lease.end(memory.of(MESSAGE));

    assertThatIllegalStateException()
        .isThrownBy(() -> lease.buffer(term))
        .withMessageContaining("only for the length of the call");
  }

  @Test
  @DisplayName("T57 the next term has its own bytes, and the views of earlier ones stay away")
  void nextTermHasItsOwnBytes() {
    Lease lease = new Lease(memory.of(MESSAGE));
    ByteBuffer next = memory.of(MESSAGE);
    int first = lease.term();

    lease.end(next);
    lease.end(next);

    assertThat(lease.buffer(lease.term())).isSameAs(next);
    assertThatIllegalStateException().isThrownBy(() -> lease.buffer(first));
    assertThatIllegalStateException().isThrownBy(() -> lease.buffer(first + 1));
  }

  @Test
  @DisplayName("T57 views of another lease of the same bytes stay")
  void otherLeasesStay() {
    ByteBuffer buffer = memory.of(MESSAGE);
    Lease ended = new Lease(buffer);
    Attributes other = Attributes.of(buffer, 0, buffer.limit());

    ended.end(buffer);

    assertThat(other.get(3).u32()).isEqualTo(42);
  }

  @Test
  @DisplayName("T57 no view is made of a lease that has ended")
  void noViewIsMadeOfLeaseThatHasEnded() {
    Lease lease = new Lease(memory.of(MESSAGE));
    int term = lease.term();

    lease.end(memory.of(MESSAGE));

    assertThatIllegalStateException().isThrownBy(() -> Attributes.of(lease, term, 0, 8));
  }

  static Stream<Arguments> usesOfAttributes() {
    return Stream.of(
        attributes("find", a -> a.find(3)),
        attributes("find what is not there", a -> a.find(99)),
        attributes("get", a -> a.get(3)),
        attributes("has", a -> a.has(3)),
        attributes("all", a -> a.all(3)),
        attributes("isEmpty", Attributes::isEmpty),
        attributes("iterator", a -> a.iterator().next()),
        attributes("for", a -> a.forEach(each -> {})),
        attributes("stream", a -> a.stream().count()),
        attributes("toString", Attributes::toString));
  }

  @ParameterizedTest(
      name = "T57 {0} of attributes that are kept too long",
      quoteTextArguments = false)
  @MethodSource("usesOfAttributes")
  void attributesKeptTooLongThrow(String what, Consumer<Attributes> use) {
    Lease lease = new Lease(memory.of(MESSAGE));
    Attributes kept = Attributes.of(lease, lease.term(), 0, lease.buffer(lease.term()).limit());
    assertThatCode(() -> use.accept(kept)).as(what).doesNotThrowAnyException();

    lease.end(memory.of(MESSAGE));

    assertThatIllegalStateException().as(what).isThrownBy(() -> use.accept(kept));
  }

  static Stream<Arguments> usesOfAnAttribute() {
    return Stream.of(
        attribute("type", 3, Attribute::type),
        attribute("isNested", 3, Attribute::isNested),
        attribute("isNetByteOrder", 3, Attribute::isNetByteOrder),
        attribute("length", 3, Attribute::length),
        attribute("u8", 1, Attribute::u8),
        attribute("s8", 1, Attribute::s8),
        attribute("u16", 2, Attribute::u16),
        attribute("s16", 2, Attribute::s16),
        attribute("u16Be", 2, Attribute::u16Be),
        attribute("u32", 3, Attribute::u32),
        attribute("s32", 3, Attribute::s32),
        attribute("u32Be", 3, Attribute::u32Be),
        attribute("uint", 3, Attribute::uint),
        attribute("sint", 3, Attribute::sint),
        attribute("u64", 4, Attribute::u64),
        attribute("s64", 4, Attribute::s64),
        attribute("u64Be", 4, Attribute::u64Be),
        attribute("uint of 8 bytes", 4, Attribute::uint),
        attribute("sint of 8 bytes", 4, Attribute::sint),
        attribute("bitfield32", 4, Attribute::bitfield32),
        attribute("string", 5, Attribute::string),
        attribute("bytes", 5, Attribute::bytes),
        attribute("payload", 5, Attribute::payload),
        attribute("nested", 6, Attribute::nested),
        attribute("inetAddress", 3, Attribute::inetAddress),
        attribute("macAddress", 5, Attribute::macAddress),
        attribute("u16s", 4, Attribute::u16s),
        attribute("u32s", 4, Attribute::u32s),
        attribute("u64s", 4, Attribute::u64s),
        attribute("s16s", 4, Attribute::s16s),
        attribute("s32s", 4, Attribute::s32s),
        attribute("toString", 3, Attribute::toString));
  }

  @ParameterizedTest(
      name = "T57 {0} of an attribute that is kept too long",
      quoteTextArguments = false)
  @MethodSource("usesOfAnAttribute")
  void attributeKeptTooLongThrows(String what, int type, Consumer<Attribute> use) {
    Lease lease = new Lease(memory.of(MESSAGE));
    Attribute kept =
        Attributes.of(lease, lease.term(), 0, lease.buffer(lease.term()).limit()).get(type);
    assertThatCode(() -> use.accept(kept)).as(what).doesNotThrowAnyException();

    lease.end(memory.of(MESSAGE));

    assertThatIllegalStateException().as(what).isThrownBy(() -> use.accept(kept));
  }

  @Test
  @DisplayName("T57 a nest that is kept too long")
  void nestKeptTooLongThrows() {
    Lease lease = new Lease(memory.of(MESSAGE));
    Attributes nest =
        Attributes.of(lease, lease.term(), 0, lease.buffer(lease.term()).limit()).get(6).nested();
    Attribute inner = nest.get(1);

    lease.end(memory.of(MESSAGE));

    assertThatIllegalStateException().isThrownBy(() -> nest.get(1));
    assertThatIllegalStateException().isThrownBy(inner::u32);
  }

  @Test
  @DisplayName("T57 an iterator that is kept too long shows nothing more")
  void iteratorKeptTooLongThrows() {
    Lease lease = new Lease(memory.of(MESSAGE));
    Iterator<Attribute> iterator =
        Attributes.of(lease, lease.term(), 0, lease.buffer(lease.term()).limit()).iterator();
    iterator.next();

    lease.end(memory.of(MESSAGE));

    assertThatIllegalStateException().isThrownBy(iterator::next);
  }

  private static Arguments attributes(String what, Consumer<Attributes> use) {
    return arguments(what, use);
  }

  private static Arguments attribute(String what, int type, Consumer<Attribute> use) {
    return arguments(what, type, use);
  }
}
