package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jgenl.AttributePolicy;
import dev.jgenl.ExtendedAck;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Bitfield32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel says about requests that it refuses, or accepts with a warning. */
@Tag("vm")
@Timeout(60)
class LabErrorIT {

  private static final int EINVAL = 22;
  private static final int HEADERS = 20;
  private static final int U32_ATTRIBUTE = 8;
  private static final String NAME_THE_MISSING = "name a missing attribute";

  private Genl genl;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open();
  }

  @AfterEach
  void close() {
    genl.close();
  }

  @Test
  @DisplayName("T16 a refusal bears the text of the extended ACK")
  void refusalBearsText() throws NetlinkException {
    KernelException e = fail(a -> a.putU32(Lab.ERRNO, 95).putString(Lab.TEXT, "not today, ü"));

    assertThat(e.error()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(e.extendedAck().message()).isEqualTo(Optional.of("not today, ü"));
    assertThat(e).hasMessageContaining("EOPNOTSUPP").hasMessageContaining("not today, ü");
    Lab.assertUsable(genl);
  }

  @Test
  @DisplayName("T16 a text of 1,000 bytes, and behind a request of 40,000, arrives")
  void longTextArrives() throws NetlinkException {
    String text = "x".repeat(999) + "y";
    KernelException e =
        fail(
            a ->
                a.putU32(Lab.ERRNO, EINVAL)
                    .putString(Lab.TEXT, text)
                    .putNested(Lab.NEST, n -> n.putBytes(1, new byte[40_000])));

    assertThat(e.extendedAck().message()).isEqualTo(Optional.of(text));
  }

  @Test
  @DisplayName("T16 the offset of an attribute counts from the request's header")
  void offsetCountsFromTheHeader() throws NetlinkException {
    KernelException e = fail(a -> a.putU32(Lab.ERRNO, EINVAL).putU32(Lab.BAD_TYPE, Lab.BAD_TYPE));

    assertThat(e.extendedAck().offset()).isEqualTo(OptionalInt.of(HEADERS + U32_ATTRIBUTE));
    assertThat(e.extendedAck().path()).containsExactly(Lab.BAD_TYPE);
  }

  @ParameterizedTest(name = "T16 the path of an offending attribute within {0} nests")
  @MethodSource("depths")
  void nestedOffsetBecomesPath(int depth) throws NetlinkException {
    KernelException e =
        fail(
            a -> {
              a.putU32(Lab.ERRNO, EINVAL).putU32(Lab.DEPTH, depth).putU32(Lab.BAD_TYPE, 77);
              nest(a, depth, n -> n.putU8(1, 1).putU32(77, 0).putU8(2, 2));
            });

    assertThat(e.extendedAck().path()).isEqualTo(path(depth, 77));
  }

  @ParameterizedTest(name = "T16 a missing attribute within {0} nests")
  @MethodSource("depths")
  void missingAttributeIsNamedWithItsNest(int depth) throws NetlinkException {
    Prerequisite.requireLinux(6, 1, NAME_THE_MISSING);
    KernelException e =
        fail(
            a -> {
              a.putU32(Lab.ERRNO, EINVAL).putU32(Lab.DEPTH, depth).putU32(Lab.MISS_TYPE, 99);
              nest(a, depth, n -> n.putU8(1, 1));
            });

    int nest = HEADERS + 3 * U32_ATTRIBUTE + 4 * (depth - 1);
    assertThat(e.extendedAck().missingType()).isEqualTo(OptionalInt.of(99));
    assertThat(e.extendedAck().missingNest()).isEqualTo(OptionalInt.of(nest));
    assertThat(e.extendedAck().path()).isEqualTo(path(depth));
    assertThat(e).hasMessageContaining("11.99 is missing");
  }

  @Test
  @DisplayName("T16 a missing attribute of the top level has no nest")
  void missingAttributeOfTheTopLevel() throws NetlinkException {
    Prerequisite.requireLinux(6, 1, NAME_THE_MISSING);
    KernelException e = Lab.refusal(genl, Lab.request(genl, Lab.RAW, a -> {}));

    assertThat(e.error()).isEqualTo(Errno.EINVAL);
    assertThat(e.extendedAck().missingType()).isEqualTo(OptionalInt.of(Lab.PAYLOAD));
    assertThat(e.extendedAck().missingNest()).isEmpty();
    assertThat(e.extendedAck().path()).isEmpty();
  }

  @Test
  @DisplayName("T16 a cookie comes with an error")
  void cookieOfAnError() throws NetlinkException {
    KernelException e =
        fail(a -> a.putU32(Lab.ERRNO, EINVAL).putBytes(Lab.COOKIE, new byte[] {0, 1, -1, 3}));

    assertThat(e.extendedAck().cookie()).containsExactly((byte) 0, (byte) 1, (byte) -1, (byte) 3);
  }

  @Test
  @DisplayName("T16 a warning, with a cookie, is no error")
  void warningIsNoError() throws NetlinkException {
    Reply<GenlMessage> reply =
        genl.execute(
            Lab.request(
                genl,
                Lab.FAIL,
                a -> a.putString(Lab.TEXT, "take care").putBytes(Lab.COOKIE, new byte[] {7})));

    assertThat(reply.messages()).isEmpty();
    assertThat(reply.warning().message()).isEqualTo(Optional.of("take care"));
    assertThat(reply.warning().cookie()).containsExactly((byte) 7);
  }

  @Test
  @DisplayName("T16 without an extended ACK there is none")
  void noExtendedAck() throws NetlinkException {
    assertThat(fail(a -> a.putU32(Lab.ERRNO, 1)).extendedAck()).isEqualTo(ExtendedAck.NONE);
  }

  static Stream<Integer> depths() {
    return Stream.of(1, 2, 12, 30);
  }

  static Stream<Arguments> outOfPolicy() {
    return Stream.of(
        policy("u8 of 11", "ERANGE", Lab.V_U8, a -> a.putU8(Lab.V_U8, 11), unsigned(0, 10)),
        policy("u32 of 9", "ERANGE", Lab.V_U32, a -> a.putU32(Lab.V_U32, 9), unsigned(10, 20)),
        policy("u32 of 21", "ERANGE", Lab.V_U32, a -> a.putU32(Lab.V_U32, 21), unsigned(10, 20)),
        policy(
            "u64 above 2^63",
            "ERANGE",
            Lab.V_U64,
            a -> a.putU64(Lab.V_U64, Long.MIN_VALUE + 1),
            unsigned(1L << 32, Long.MIN_VALUE)),
        policy("s32 of -11", "ERANGE", Lab.V_S32, a -> a.putS32(Lab.V_S32, -11), signed(-10, 10)),
        policy(
            "s64 of -2^63",
            "ERANGE",
            Lab.V_S64,
            a -> a.putS64(Lab.V_S64, Long.MIN_VALUE),
            signed(-(1L << 40), 1L << 40)),
        policy(
            "u16 outside of its mask", "EINVAL", Lab.V_U16, a -> a.putU16(Lab.V_U16, 0x1000), null),
        policy(
            "bitfield outside of its mask",
            "EINVAL",
            Lab.V_BITFIELD32,
            a -> a.putBitfield32(Lab.V_BITFIELD32, new Bitfield32(4, 4)),
            mask(3)),
        policy(
            "string of 16",
            "EINVAL",
            Lab.V_STRING,
            a -> a.putString(Lab.V_STRING, "x".repeat(16)),
            p -> assertThat(p.maxLength()).isEqualTo(OptionalInt.of(15))),
        policy(
            "binary of 5",
            "ERANGE",
            Lab.V_BINARY,
            a -> a.putBytes(Lab.V_BINARY, new byte[5]),
            LabErrorIT::assertSixBytes),
        policy(
            "binary of 7",
            "ERANGE",
            Lab.V_BINARY,
            a -> a.putBytes(Lab.V_BINARY, new byte[7]),
            LabErrorIT::assertSixBytes));
  }

  @ParameterizedTest(name = "T16 the policy is told: {0}")
  @MethodSource("outOfPolicy")
  void policyIsTold(
      String name,
      String errno,
      int type,
      Consumer<AttributeWriter> attribute,
      @Nullable Consumer<AttributePolicy> expected)
      throws NetlinkException {
    KernelException e = Lab.refusal(genl, Lab.request(genl, Lab.CHECK, attribute));
    KernelException nested =
        Lab.refusal(genl, Lab.request(genl, Lab.CHECK, a -> a.putNested(Lab.V_NEST, attribute)));

    assertThat(e.error()).as(e.getMessage()).hasToString(errno);
    assertThat(e.extendedAck().path()).containsExactly(type);
    assertThat(nested.extendedAck().path()).containsExactly(Lab.V_NEST, type);
    if (expected == null) {
      // nla_validate_mask() tells no policy.
      assertThat(e.extendedAck().message()).isEqualTo(Optional.of("reserved bit set"));
    } else {
      expected.accept(e.extendedAck().policy().orElseThrow());
      expected.accept(nested.extendedAck().policy().orElseThrow());
    }
  }

  @Test
  @DisplayName("T17 every errno of the kernel is kept exact, also of a batch")
  void everyErrnoIsExact() throws NetlinkException {
    List<GenlRequest> requests = new ArrayList<>();
    for (int errno = 5; errno <= 4095; errno += errno < 140 ? 1 : 97) {
      int n = errno;
      requests.add(Lab.request(genl, Lab.FAIL, a -> a.putU32(Lab.ERRNO, n)));
    }
    List<Outcome<Reply<GenlMessage>>> outcomes = genl.batch(requests);

    for (int i = 0; i < outcomes.size(); i++) {
      int errno = i < 136 ? 5 + i : 140 + 97 * (i - 135);
      Outcome<Reply<GenlMessage>> outcome = outcomes.get(i);
      KernelException e = catchThrowableOfType(KernelException.class, outcome::get);
      assertThat(e.errno()).isEqualTo(errno);
    }
  }

  @Test
  @DisplayName("T06 a batch of 1,000 of which every third fails")
  void everyThirdOfABatchFails() throws NetlinkException {
    List<GenlRequest> requests = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int n = i;
      requests.add(
          i % 3 == 0
              ? Lab.request(
                  genl, Lab.FAIL, a -> a.putU32(Lab.ERRNO, 22).putString(Lab.TEXT, "number " + n))
              : Lab.request(genl, Lab.ECHO, a -> a.putU32(Lab.V_U32, n)));
    }
    List<Outcome<Long>> outcomes = genl.batch(requests, m -> m.attributes().get(Lab.V_U32).u32());

    assertThat(outcomes).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      Outcome<Long> outcome = outcomes.get(i);
      if (i % 3 == 0) {
        KernelException e = catchThrowableOfType(KernelException.class, outcome::get);
        assertThat(e.extendedAck().message()).isEqualTo(Optional.of("number " + i));
      } else {
        assertThat(outcome.get()).isEqualTo(i);
      }
    }
    Lab.assertUsable(genl);
  }

  private KernelException fail(Consumer<AttributeWriter> attributes) throws NetlinkException {
    return Lab.refusal(genl, Lab.request(genl, Lab.FAIL, attributes));
  }

  private static void nest(AttributeWriter writer, int depth, Consumer<AttributeWriter> innermost) {
    if (depth == 0) {
      innermost.accept(writer);
    } else {
      writer.putNested(Lab.NEST, n -> nest(n, depth - 1, innermost));
    }
  }

  private static List<Integer> path(int nests, Integer... then) {
    List<Integer> path = new ArrayList<>();
    for (int i = 0; i < nests; i++) {
      path.add(Lab.NEST);
    }
    path.addAll(List.of(then));
    return path;
  }

  private static Arguments policy(
      String name,
      String errno,
      int type,
      Consumer<AttributeWriter> attribute,
      @Nullable Consumer<AttributePolicy> expected) {
    return arguments(name, errno, type, attribute, expected);
  }

  private static Consumer<AttributePolicy> unsigned(long min, long max) {
    return p -> {
      assertThat(p.minUnsigned()).isEqualTo(OptionalLong.of(min));
      assertThat(p.maxUnsigned()).isEqualTo(OptionalLong.of(max));
    };
  }

  private static Consumer<AttributePolicy> signed(long min, long max) {
    return p -> {
      assertThat(p.minSigned()).isEqualTo(OptionalLong.of(min));
      assertThat(p.maxSigned()).isEqualTo(OptionalLong.of(max));
    };
  }

  private static Consumer<AttributePolicy> mask(long mask) {
    return p -> assertThat(p.mask()).isEqualTo(OptionalLong.of(mask));
  }

  private static void assertSixBytes(AttributePolicy p) {
    assertThat(p.minLength()).isEqualTo(OptionalInt.of(6));
    assertThat(p.maxLength()).isEqualTo(OptionalInt.of(6));
  }
}
