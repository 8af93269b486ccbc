package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jgenl.AttributePolicy;
import dev.jgenl.AttributePolicy.Type;
import dev.jgenl.GenlPolicy;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.testkit.FakePolicy.NumberType;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Bitfield32;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy that a test sets: the controller tells it, and the kernel checks requests by it. */
class FamilyPolicyTest extends Scripted {

  private static final int U8 = 1;
  private static final int U32 = 2;
  private static final int U64 = 3;
  private static final int S32 = 4;
  private static final int UINT = 5;
  private static final int FLAG = 6;
  private static final int STRING = 7;
  private static final int NUL_STRING = 8;
  private static final int BYTES = 9;
  private static final int MAC = 10;
  private static final int BITS = 11;
  private static final int NEST = 12;
  private static final int ARRAY = 13;
  private static final int ANYTHING = 14;
  private static final int SELF = 15;
  private static final int GAP = 16;
  private static final int LAST = 17;

  private static final int HEADERS = 20;
  private static final int OTHER = 2;
  private static final int GENERIC = 16;

  @BeforeEach
  void setPolicy() {
    FakeFamily.Script script = (request, answer) -> answer.message(COMMAND, a -> {});
    family.onDo(COMMAND, script).onDump(COMMAND, script).policy(FamilyPolicyTest::all);
  }

  private static void all(FakePolicy p) {
    p.number(U8, NumberType.U8, 1, 10)
        .number(U32, NumberType.U32)
        .number(U64, NumberType.U64, 1, Long.MIN_VALUE)
        .number(S32, NumberType.S32, -10, 10)
        .number(UINT, NumberType.UINT)
        .flag(FLAG)
        .string(STRING, 5)
        .nulString(NUL_STRING, 5)
        .bytes(BYTES, 4)
        .bytes(MAC, 6, 6)
        .bitfield32(BITS, 3)
        .nested(NEST, n -> n.number(1, NumberType.U16).number(2, NumberType.S8, -1, 1))
        .nestedArray(ARRAY, n -> n.flag(1))
        .nested(ANYTHING)
        .nested(SELF, p)
        .flag(LAST);
  }

  // What the controller tells.

  @Test
  void controllerTellsThePolicyOfEachCommand() throws NetlinkException {
    family.onDo(OTHER, Scripted::echo).policy(OTHER, p -> p.flag(3));

    GenlPolicy policy = genl.policy(genl.family("demo"));

    assertThat(policy.ofDo(OTHER).keySet()).containsExactly(3);
    assertThat(policy.ofDump(OTHER)).isEmpty();
    assertThat(policy.ofDo(COMMAND)).hasSize(LAST - 1).doesNotContainKey(GAP);
    assertThat(policy.ofDump(COMMAND)).isEqualTo(policy.ofDo(COMMAND));
    assertThat(genl.family("demo").maxAttribute()).isEqualTo(LAST);
  }

  @Test
  void controllerTellsTypesAndBounds() throws NetlinkException {
    Map<Integer, AttributePolicy> told = genl.policy(genl.family("demo")).ofDo(COMMAND);

    assertThat(told.get(U8).type()).isEqualTo(Type.U8);
    assertThat(told.get(U8).minUnsigned()).isEqualTo(OptionalLong.of(1));
    assertThat(told.get(U8).maxUnsigned()).isEqualTo(OptionalLong.of(10));
    assertThat(told.get(U32).maxUnsigned()).isEqualTo(OptionalLong.of(0xffff_ffffL));
    assertThat(told.get(U64).maxUnsigned()).isEqualTo(OptionalLong.of(Long.MIN_VALUE));
    assertThat(told.get(S32).type()).isEqualTo(Type.S32);
    assertThat(told.get(S32).minSigned()).isEqualTo(OptionalLong.of(-10));
    assertThat(told.get(UINT).type()).isEqualTo(Type.UINT);
    assertThat(told.get(UINT).maxUnsigned()).isEqualTo(OptionalLong.of(-1));
    assertThat(told.get(FLAG).type()).isEqualTo(Type.FLAG);
    assertThat(told.get(STRING).type()).isEqualTo(Type.STRING);
    assertThat(told.get(NUL_STRING).maxLength()).isEqualTo(OptionalInt.of(5));
    assertThat(told.get(BYTES).minLength()).isEmpty();
    assertThat(told.get(MAC).minLength()).isEqualTo(OptionalInt.of(6));
    assertThat(told.get(BITS).mask()).isEqualTo(OptionalLong.of(3));
  }

  @Test
  void controllerTellsNests() throws NetlinkException {
    GenlPolicy policy = genl.policy(genl.family("demo"));
    Map<Integer, AttributePolicy> told = policy.ofDo(COMMAND);

    assertThat(told.get(NEST).type()).isEqualTo(Type.NESTED);
    assertThat(policy.within(told.get(NEST)).get(2).minSigned()).isEqualTo(OptionalLong.of(-1));
    assertThat(told.get(ARRAY).type()).isEqualTo(Type.NESTED_ARRAY);
    assertThat(policy.within(told.get(ARRAY)).keySet()).containsExactly(1);
    assertThat(policy.within(told.get(ANYTHING))).isEmpty();
    assertThat(policy.within(told.get(SELF))).isEqualTo(told);
  }

  @Test
  void familyWithoutPolicyHasNone() throws NetlinkException {
    FakeFamily plain = kernel.family("plain").onDo(COMMAND, Scripted::echo);
    GenlRequest request =
        GenlRequest.of(
            genl.family("nlctrl"), FakeController.GETPOLICY, a -> a.putU16(1, plain.id()));

    assertThat(genl.policy(genl.family("plain")).ofDo(COMMAND)).isEmpty();
    assertThatThrownBy(() -> Way.DUMP.ask(genl, request)).hasMessageContaining("ENODATA");
  }

  // What the kernel accepts.

  static Stream<Arguments> right() {
    return Stream.of(
        right("nothing", a -> {}),
        right("least number", a -> a.putU8(U8, 1)),
        right("largest number", a -> a.putU8(U8, 10)),
        right("any number", a -> a.putU32(U32, 0xffff_ffffL)),
        right("largest unsigned", a -> a.putU64(U64, Long.MIN_VALUE)),
        right("negative number", a -> a.putS32(S32, -10)),
        right("number of 4 bytes", a -> a.putUint(UINT, 1)),
        right("number of 8 bytes", a -> a.putUint(UINT, 1L << 40)),
        right("flag", a -> a.putFlag(FLAG)),
        right(
            "string without NUL",
            a -> a.putBytes(STRING, "12345".getBytes(StandardCharsets.US_ASCII))),
        right("string with NUL", a -> a.putString(STRING, "12345")),
        right("NUL-terminated string", a -> a.putString(NUL_STRING, "12345")),
        right("bytes behind the NUL", a -> a.putBytes(NUL_STRING, new byte[] {'a', 0, 'b', 0})),
        right("no bytes", a -> a.putBytes(BYTES, new byte[0])),
        right("bytes", a -> a.putBytes(BYTES, new byte[4])),
        right("address", a -> a.putBytes(MAC, new byte[6])),
        right("bits", a -> a.putBitfield32(BITS, new Bitfield32(2, 3))),
        right("empty nest", a -> a.putNested(NEST, n -> {})),
        right("nest", a -> a.putNested(NEST, n -> n.putU16(1, 7).putS8(2, (byte) 1))),
        right("array", a -> a.putNested(ARRAY, n -> n.putNested(0, e -> e.putFlag(1)))),
        right("array with what is empty", a -> a.putNested(ARRAY, n -> n.putNested(9, e -> {}))),
        right("anything", a -> a.putNested(ANYTHING, n -> n.putU8(999, 1))),
        right("10 nests, the last empty", a -> nest(a, 10)),
        right("the last", a -> a.putFlag(LAST)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("right")
  void rightAttributesReachTheScript(String what, Consumer<AttributeWriter> attributes)
      throws NetlinkException {
    GenlRequest request = GenlRequest.of(demo, COMMAND, attributes);

    assertThat(Way.REQUEST.ask(genl, request)).hasSize(1);
    assertThat(Way.DUMP.ask(genl, request)).hasSize(1);
  }

  // What it refuses.

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("EINVAL", "Unknown attribute type", List.of(LAST + 1), a -> a.putFlag(LAST + 1)),
        wrong("EINVAL", "Unsupported attribute", List.of(GAP), a -> a.putFlag(GAP)),
        wrong("EINVAL", "invalid attribute length", List.of(U8), a -> a.putU16(U8, 1)),
        wrong("EINVAL", "invalid attribute length", List.of(UINT), a -> a.putU16(UINT, 1)),
        wrong("EINVAL", "invalid attribute length", List.of(UINT), a -> a.putFlag(UINT)),
        wrong("ERANGE", "integer out of range", List.of(U8), a -> a.putU8(U8, 0)),
        wrong("ERANGE", "integer out of range", List.of(U8), a -> a.putU8(U8, 255)),
        wrong("ERANGE", "integer out of range", List.of(U64), a -> a.putU64(U64, -1)),
        wrong("ERANGE", "integer out of range", List.of(S32), a -> a.putS32(S32, -11)),
        failed("ERANGE", FLAG, a -> a.putU8(FLAG, 1)),
        failed("ERANGE", STRING, a -> a.putBytes(STRING, new byte[0])),
        failed("ERANGE", STRING, a -> a.putString(STRING, "123456")),
        failed(
            "EINVAL",
            NUL_STRING,
            a -> a.putBytes(NUL_STRING, "1234".getBytes(StandardCharsets.US_ASCII))),
        failed("EINVAL", NUL_STRING, a -> a.putString(NUL_STRING, "123456")),
        failed("ERANGE", BYTES, a -> a.putBytes(BYTES, new byte[5])),
        wrong(
            "ERANGE",
            "binary attribute size out of range",
            List.of(MAC),
            a -> a.putBytes(MAC, new byte[5])),
        failed("EINVAL", BITS, a -> a.putBitfield32(BITS, new Bitfield32(0, 4))),
        failed("EINVAL", BITS, a -> a.putBitfield32(BITS, new Bitfield32(1, 2))),
        failed("ERANGE", BITS, a -> a.putU32(BITS, 1)),
        wrong("EINVAL", "NLA_F_NESTED is missing", List.of(NEST), a -> a.putU32(NEST, 0)),
        wrong(
            "EINVAL",
            "NLA_F_NESTED not expected",
            List.of(BYTES),
            a -> a.putNested(BYTES, n -> {})),
        wrong(
            "EINVAL",
            "Unknown attribute type",
            List.of(NEST, 3),
            a -> a.putFlag(FLAG).putNested(NEST, n -> n.putU16(1, 7).putFlag(3))),
        wrong(
            "ERANGE",
            "integer out of range",
            List.of(NEST, 2),
            a -> a.putNested(NEST, n -> n.putS8(2, (byte) 2))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("wrong")
  void wrongAttributesAreRefused(
      String errno, String text, List<Integer> path, Consumer<AttributeWriter> attributes)
      throws NetlinkException {
    GenlRequest request = GenlRequest.of(demo, COMMAND, attributes);
    for (Way way : Way.values()) {
      KernelException e = catchThrowableOfType(KernelException.class, () -> way.ask(genl, request));
      assertThat(e.error()).hasToString(errno);
      assertThat(e.extendedAck().message()).isEqualTo(Optional.of(text));
      assertThat(e.extendedAck().path()).isEqualTo(path);
    }
    assertThat(Way.REQUEST.ask(genl, GenlRequest.of(demo, COMMAND))).as("the next").hasSize(1);
  }

  @Test
  void refusalTellsWhatWasExpected() {
    KernelException e =
        catchThrowableOfType(
            KernelException.class,
            () -> Way.REQUEST.ask(genl, GenlRequest.of(demo, COMMAND, a -> a.putU8(U8, 11))));

    assertThat(e.extendedAck().offset()).isEqualTo(OptionalInt.of(HEADERS));
    assertThat(e.extendedAck().policy().orElseThrow().maxUnsigned()).isEqualTo(OptionalLong.of(10));
  }

  @Test
  void tooManyNestsAreRefused() {
    assertThatThrownBy(() -> Way.REQUEST.ask(genl, GenlRequest.of(demo, COMMAND, a -> nest(a, 11))))
        .hasMessageContaining("allowed policy recursion depth exceeded");
  }

  /** An attribute is never shorter than its header. */
  @Test
  void whatIsNoAttributeIsRefused() throws Exception {
    try (Transport socket = kernel.sockets().open(GENERIC, Transport.Purpose.REQUESTS)) {
      MessageWriter request = new MessageWriter(socket.allocate(64));
      request
          .begin(family.id(), NetlinkConstants.NLM_F_REQUEST, 1, 0, COMMAND, 1)
          .putU32(U32, 1)
          .putU32(U32, 2);
      request.end();
      request.buffer().putShort(HEADERS + 8, (short) 3);
      assertThat(socket.send(request)).isZero();

      Datagrams into = new Datagrams(socket.allocate(Datagrams.size(1, 4096)), 1, 4096);
      assertThat(socket.receive(into, 1, 0)).isEqualTo(1);
      assertThat(StandardCharsets.US_ASCII.decode(into.copy(0)).toString())
          .contains("bytes leftover after parsing attributes");
    }
  }

  @ParameterizedTest
  @EnumSource
  void maxAttributeAloneRefusesWhatIsHigher(Way way) throws NetlinkException {
    kernel
        .family("old")
        .maxAttribute(3)
        .onDo(COMMAND, Scripted::echo)
        .group("events")
        .onDump(COMMAND, Scripted::echo);
    var old = genl.family("old");

    assertThat(way.ask(genl, GenlRequest.of(old, COMMAND, a -> a.putU64(3, 1)))).hasSize(1);
    assertThatThrownBy(() -> way.ask(genl, GenlRequest.of(old, COMMAND, a -> a.putU64(4, 1))))
        .hasMessageContaining("Unknown attribute type");
    assertThat(old.commands()).noneMatch(c -> c.hasPolicy());
  }

  @Test
  void refusedRequestDoesNotReachTheScriptButTheLog() {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          throw new AssertionError("the script is asked");
        });
    assertThatThrownBy(
            () -> Way.REQUEST.ask(genl, GenlRequest.of(demo, COMMAND, a -> a.putFlag(GAP))))
        .isInstanceOf(KernelException.class);
    assertThat(family.requests()).hasSize(1);
  }

  @Test
  void policyInUseIsNotChanged() {
    List<FakePolicy> kept = new ArrayList<>();
    family.policy(kept::add);
    assertThatThrownBy(() -> kept.get(0).flag(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ruleIsSetOnce() {
    assertThatThrownBy(() -> family.policy(p -> p.flag(1).flag(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attribute 1 has a rule already");
    assertThatThrownBy(() -> family.policy(p -> p.flag(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> family.policy(p -> p.flag(NetlinkConstants.NLA_TYPE_MASK + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Arguments right(String what, Consumer<AttributeWriter> attributes) {
    return arguments(what, attributes);
  }

  private static Arguments failed(String errno, int type, Consumer<AttributeWriter> attributes) {
    return wrong(errno, "Attribute failed policy validation", List.of(type), attributes);
  }

  private static Arguments wrong(
      String errno, String text, List<Integer> path, Consumer<AttributeWriter> attributes) {
    return arguments(errno, text, path, attributes);
  }

  private static void nest(AttributeWriter a, int depth) {
    if (depth > 0) {
      a.putNested(SELF, n -> nest(n, depth - 1));
    }
  }
}
