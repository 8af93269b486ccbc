package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.wire.Bitfield32;
import dev.jgenl.wire.MalformedMessageException;
import java.net.Inet6Address;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TypedValueTest {

  private static void assertMalformed(String message, ThrowingCallable call) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(call)
        .withMessage(message);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(Probe.empty().numbers()).isEmpty();
  }

  @Test
  void structThatIsTooShortHasZeroes() {
    assertThat(Probe.empty().memberText()).isEmpty();
    assertThat(Probe.empty().memberBytes()).isEqualTo(Bytes.of());
    assertThat(Probe.empty().memberEnum().known()).hasValue(State.UNKNOWN);
    assertThat(Probe.empty().memberNest().memberText()).isEmpty();
    assertThat(Probe.of("text").memberText()).isEqualTo("text");
  }

  @Test
  void wrongKindsOfEverythingAreMalformed() {
    assertMalformed("it: no UUID, but 3 bytes", Probe.of(new byte[3])::uuid);
    assertMalformed("it: no UUID, but text or a flag", Probe.of("x")::uuid);
    assertMalformed("it: no address, but 5 bytes", Probe.of(new byte[5])::address);
    assertMalformed("it: no bitfield, but 8 bytes", Probe.of(new byte[8])::bitfield);
    assertMalformed("it: no text, but a nest", Probe.of(Map.of())::memberText);
    assertMalformed("it: no bytes, but a number", Probe.of(7)::memberBytes);
    assertMalformed("it: no nest, but a number", Probe.of(7)::memberNest);
    assertMalformed("it: no number, but text or a flag", Probe.of("7")::memberEnum);
  }

  @Test
  void elementThatIsNotAsTheSpecSaysCostsNoOther() {
    Probe probe = Probe.of(List.of(1, new byte[3], 3));
    Probe nested = Probe.of(List.of(List.of("a"), List.of("b", 1)));

    assertThat(probe.numbers().get(2)).isEqualTo(3);
    assertMalformed("it[1]: no number, but 3 bytes", () -> probe.numbers().get(1));
    assertMalformed("[1]: no text, but a number", () -> nested.texts().get(1).get(1));
    assertThat(Probe.of(new byte[3]).numbers()).hasSize(1);
    assertMalformed("it[0]: no number, but 3 bytes", Probe.of(new byte[3]).numbers()::toString);
  }

  @Test
  void listsAreReadInEveryWay() {
    assertThat(Probe.of(List.of(1, 9)).enums())
        .extracting(EnumValue::toString)
        .containsExactly("disabled", "9");
    assertThat(Probe.of(List.of(1, 8)).flags())
        .containsExactly(Flags.of(Option.COMPACT_BITSETS), Flags.ofBits(Option.class, 8));
    assertThat(Probe.of(List.of(List.of("a", "b"), List.of())).texts())
        .containsExactly(List.of("a", "b"), List.of());
    assertThat(Probe.of(List.of(Map.of("it", 1), Map.of())).probes())
        .containsExactly(Probe.of(1), Probe.empty());
    // What is there once may be alone.
    assertThat(Probe.of(Map.of("it", 1)).probes()).containsExactly(Probe.of(1));
  }

  @Test
  void addressesAreThoseThatWereSent() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = -1;
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    assertThat(Probe.of(mapped).address().orElseThrow()).isInstanceOf(Inet6Address.class);
    assertThat(Probe.of(mapped).address().orElseThrow().getAddress()).isEqualTo(mapped);
    assertThat(Probe.of(0xc0000201L).address().orElseThrow().getHostAddress())
        .isEqualTo("192.0.2.1");
    assertThat(Probe.of(uuid).uuid()).hasValue(uuid);
  }

  @Test
  void bitfieldsSayWhichBitsAreMeant() {
    Probe probe = Probe.of(Map.of("value", 1, "selector", 0x8000_0005L));
    Bitfield<Option> bits = probe.bitfield().orElseThrow();

    assertThat(bits.isOn(Option.COMPACT_BITSETS)).isTrue();
    assertThat(bits.isOff(Option.COMPACT_BITSETS)).isFalse();
    assertThat(bits.isOff(Option.STATS)).isTrue();
    assertThat(bits.isOff(Option.OMIT_REPLY)).isFalse();
    assertThat(bits.selector().unknownBits()).isEqualTo(0x8000_0000L);
    assertThat(probe.bitfield32()).hasValue(new Bitfield32(1, 0x8000_0005));
    assertThat(Probe.of(bits.toValue())).isEqualTo(probe);
  }
}
