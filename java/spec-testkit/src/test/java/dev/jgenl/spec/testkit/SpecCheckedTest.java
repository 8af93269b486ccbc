package dev.jgenl.spec.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.AttributePolicy;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlPolicy;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Bitfield32;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a request the kernel refuses, because the spec does not allow it. */
class SpecCheckedTest {

  private static final int GET = 1;
  private static final int SET = 2;

  private final FakeKernel kernel = new FakeKernel();
  private final SpecFamily sensors = SpecFamily.of(kernel, Sensors.compile(Sensors.GENERIC));
  private Genl genl;
  private GenlFamily family;

  @BeforeEach
  void open() throws NetlinkException {
    sensors.onRequest("set", (request, answer) -> {});
    sensors.onDump("get", request -> List.of());
    genl = kernel.open();
    family = genl.family("sensors");
  }

  @AfterEach
  void close() {
    genl.close();
  }

  private void accepts(Consumer<? super AttributeWriter> attributes) throws NetlinkException {
    genl.execute(family, SET, attributes);
    assertThat(sensors.faulty()).isEmpty();
  }

  /** The fault, and how it is recorded: as the extended ACK has it. */
  private void refuses(
      String errno,
      List<Integer> path,
      String recorded,
      Consumer<? super AttributeWriter> attributes) {
    kernel.forgetRequests();
    KernelException e =
        Assertions.catchThrowableOfType(
            KernelException.class, () -> genl.execute(family, SET, attributes));

    assertThat(e.error()).hasToString(errno);
    assertThat(e.extendedAck().path()).isEqualTo(path);
    assertThat(recorded).endsWith(e.extendedAck().message().orElseThrow());
    assertThat(sensors.faulty()).hasSize(1);
    assertThat(sensors.faulty().get(0).fault().orElseThrow()).hasToString(recorded);
    assertThat(sensors.faulty().get(0)).asString().endsWith(" refused: " + recorded);
  }

  @Test
  void attributesThatTheSpecDoesNotHave() {
    refuses("EINVAL", List.of(99), "99: Unknown attribute type", a -> a.putU32(99, 1));
    refuses("EINVAL", List.of(11), "11: Unsupported attribute", a -> a.putU32(11, 1));
    refuses(
        "EINVAL",
        List.of(5, 2, 9),
        "place.within.9: Unknown attribute type",
        a -> a.putNested(5, p -> p.putNested(2, w -> w.putU16(3, 1).putU16(9, 1))));
  }

  @Test
  void attributesThatAnotherOperationTakes() {
    KernelException e =
        Assertions.catchThrowableOfType(
            KernelException.class,
            () -> {
              try (var dump = genl.dump(family, GET, a -> a.putU32(1, 1))) {
                dump.toList();
              }
            });

    assertThat(e.extendedAck().path()).containsExactly(1);
    assertThat(sensors.faulty())
        .hasToString("[get dump {\"id\":1} refused: id: Unsupported attribute]");
  }

  @Test
  void numbersOfAnotherLengthOrBeyondTheirBounds() throws NetlinkException {
    accepts(a -> a.putU32(1, 7).putU16Be(6, 1).putS32(15, -273).putUint(12, 1L << 40));
    refuses("EINVAL", List.of(1), "id: invalid attribute length", a -> a.putU16(1, 1));
    refuses("ERANGE", List.of(1), "id: integer out of range", a -> a.putU32(1, 8));
    refuses("ERANGE", List.of(6), "port: integer out of range", a -> a.putU16Be(6, 0));
    refuses("ERANGE", List.of(12), "count: integer out of range", a -> a.putUint(12, 0));
    refuses("EINVAL", List.of(12), "count: invalid attribute length", a -> a.putU16(12, 1));
    refuses("ERANGE", List.of(15), "temperature: integer out of range", a -> a.putS32(15, -274));
  }

  @Test
  void numbersWithoutAName() throws NetlinkException {
    accepts(a -> a.putU8(2, 2).putU32(3, 3).putBitfield32(14, new Bitfield32(1, 3)));
    refuses("ERANGE", List.of(2), "state: integer out of range", a -> a.putU8(2, 3));
    refuses("EINVAL", List.of(3), "faults: reserved bit set", a -> a.putU32(3, 5));
    refuses(
        "EINVAL",
        List.of(14),
        "options: Attribute failed policy validation",
        a -> a.putBitfield32(14, new Bitfield32(4, 4)));
  }

  @Test
  void textThatIsTooLongOrDoesNotEnd() throws NetlinkException {
    accepts(a -> a.putString(4, "north"));
    refuses(
        "EINVAL",
        List.of(4),
        "name: Attribute failed policy validation",
        a -> a.putString(4, "south-west"));
    refuses(
        "EINVAL",
        List.of(4),
        "name: Attribute failed policy validation",
        a -> a.putBytes(4, new byte[] {'a'}));
  }

  @Test
  void bytesOfAnotherLength() throws NetlinkException {
    accepts(a -> a.putBytes(9, new byte[4]).putBytes(8, new byte[12]).putFlag(10));
    refuses(
        "ERANGE",
        List.of(9),
        "key: binary attribute size out of range",
        a -> a.putBytes(9, new byte[5]));
    refuses(
        "ERANGE",
        List.of(8),
        "span: binary attribute size out of range",
        a -> a.putBytes(8, new byte[4]));
    refuses(
        "ERANGE", List.of(10), "quiet: Attribute failed policy validation", a -> a.putU8(10, 1));
  }

  @Test
  void nestsThatAreNone() throws NetlinkException {
    accepts(a -> a.putNested(13, h -> h.putNested(7, p -> p.putString(1, "cellar"))));
    refuses("EINVAL", List.of(5), "place: NLA_F_NESTED is missing", a -> a.putU32(5, 1));
    refuses(
        "EINVAL",
        List.of(1),
        "id: NLA_F_NESTED not expected",
        a -> a.putNested(1, n -> n.putBytes(9, new byte[0])));
    refuses(
        "EINVAL",
        List.of(13, 7, 3),
        "history.[7].tag: invalid attribute length",
        a -> a.putNested(13, h -> h.putNested(7, p -> p.putU32(3, 1))));
  }

  @Test
  void operationsThatTheSpecDoesNotHave() {
    for (int command : new int[] {9, SET}) {
      Assertions.assertThatThrownBy(() -> genl.dump(family, command).toList())
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("EOPNOTSUPP");
    }

    assertThat(sensors.faulty())
        .extracting(r -> r.operation() + ": " + r.fault().orElseThrow().text())
        .containsExactly("9: the spec has no such dump", "2: the spec has no such dump");
  }

  @Test
  void policyIsToldAsTheKernelTellsIt() throws NetlinkException {
    GenlPolicy policy = genl.policy(family);

    assertThat(policy.ofDump(GET)).containsOnlyKeys(5);
    var ofSet = policy.ofDo(SET);
    assertThat(ofSet.get(1).maxUnsigned()).hasValue(7);
    assertThat(ofSet.get(3).mask()).hasValue(3);
    assertThat(ofSet.get(4).type()).isEqualTo(AttributePolicy.Type.NUL_STRING);
    assertThat(ofSet).doesNotContainKeys(6, 11);
    AttributePolicy place = ofSet.get(5);
    assertThat(policy.within(policy.within(place).get(2))).isEqualTo(policy.within(place));
  }
}
