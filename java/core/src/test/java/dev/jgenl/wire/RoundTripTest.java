package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record RoundTripTest(Memory memory) {

  private static final int TREES = 2_000;
  private static final int DEPTH_MAX = 6;

  @Test
  @DisplayName("T25 2,000 random trees of attributes are read as they were written")
  void treesAreReadAsTheyWereWritten() {
    for (int seed = 0; seed < TREES; seed++) {
      List<Value> tree = randomTree(new Random(seed), 0);
      GrowingBuffer out = new GrowingBuffer(memory.used(seed % 64));
      AttributeWriter writer = new AttributeWriter(out);

      tree.forEach(value -> value.write(writer));

      Attributes written = Attributes.of(out.buffer(), 0, out.end());
      assertThat(readLike(tree, written)).as("seed %d", seed).isEqualTo(tree);
    }
  }

  @Test
  @DisplayName("T06 2,000 random messages in one datagram are read as they were written")
  void messagesAreReadAsTheyWereWritten() {
    MessageWriter writer = new MessageWriter(memory.used(64));
    List<List<Value>> trees =
        IntStream.range(0, TREES).mapToObj(seed -> randomTree(new Random(seed), 0)).toList();
    for (int i = 0; i < TREES; i++) {
      AttributeWriter attributes = writer.begin(i & 0xffff, 0, i, -i, i & 0xff, 1);
      trees.get(i).forEach(value -> value.write(attributes));
      writer.end();
    }

    MessageReader reader = new MessageReader().read(writer.buffer(), 0, writer.length());

    for (int i = 0; i < TREES; i++) {
      assertThat(reader.next()).isTrue();
      assertThat(List.of(reader.type(), reader.sequence(), reader.portId()))
          .containsExactly(i & 0xffff, i, -i);
      Attributes written = Attributes.of(reader.buffer(), reader.start() + 20, reader.end());
      assertThat(readLike(trees.get(i), written)).as("seed %d", i).isEqualTo(trees.get(i));
    }
    assertThat(reader.next()).isFalse();
  }

  private interface Put {
    void put(AttributeWriter writer, int type, Object content);
  }

  private enum Kind {
    FLAG(r -> 0, (a, t, v) -> a.putFlag(t), Attribute::length),
    U8(r -> r.nextInt(256), (a, t, v) -> a.putU8(t, (int) v), Attribute::u8),
    S8(r -> (byte) r.nextInt(), (a, t, v) -> a.putS8(t, (byte) v), Attribute::s8),
    U16(r -> r.nextInt(65536), (a, t, v) -> a.putU16(t, (int) v), Attribute::u16),
    S16(r -> (short) r.nextInt(), (a, t, v) -> a.putS16(t, (short) v), Attribute::s16),
    U16_BE(r -> r.nextInt(65536), (a, t, v) -> a.putU16Be(t, (int) v), Attribute::u16Be),
    U32(r -> r.nextLong() >>> 32, (a, t, v) -> a.putU32(t, (long) v), Attribute::u32),
    S32(Random::nextInt, (a, t, v) -> a.putS32(t, (int) v), Attribute::s32),
    U32_BE(r -> r.nextLong() >>> 32, (a, t, v) -> a.putU32Be(t, (long) v), Attribute::u32Be),
    U64(Random::nextLong, (a, t, v) -> a.putU64(t, (long) v), Attribute::u64),
    S64(Random::nextLong, (a, t, v) -> a.putS64(t, (long) v), Attribute::s64),
    U64_BE(Random::nextLong, (a, t, v) -> a.putU64Be(t, (long) v), Attribute::u64Be),
    UINT(RoundTripTest::anyWidth, (a, t, v) -> a.putUint(t, (long) v), Attribute::uint),
    SINT(RoundTripTest::anyWidth, (a, t, v) -> a.putSint(t, (long) v), Attribute::sint),
    BITFIELD(
        r -> new Bitfield32(r.nextInt(), r.nextInt()),
        (a, t, v) -> a.putBitfield32(t, (Bitfield32) v),
        Attribute::bitfield32),
    U16S(
        r -> randomArray(r, 48),
        (a, t, v) -> a.putU16s(t, stream(v).mapToInt(n -> (int) n).toArray()),
        a -> IntStream.of(a.u16s()).asLongStream().boxed().toList()),
    U32S(
        r -> randomArray(r, 32),
        (a, t, v) -> a.putU32s(t, stream(v).toArray()),
        a -> LongStream.of(a.u32s()).boxed().toList()),
    S32S(
        r -> stream(randomArray(r, 0)).map(n -> (int) n).boxed().toList(),
        (a, t, v) -> a.putS32s(t, stream(v).mapToInt(n -> (int) n).toArray()),
        a -> IntStream.of(a.s32s()).asLongStream().boxed().toList()),
    U64S(
        r -> randomArray(r, 0),
        (a, t, v) -> a.putU64s(t, stream(v).toArray()),
        a -> LongStream.of(a.u64s()).boxed().toList()),
    INET_ADDRESS(
        RoundTripTest::randomAddress,
        (a, t, v) -> a.putInetAddress(t, (InetAddress) v),
        Attribute::inetAddress),
    MAC_ADDRESS(
        r -> MacAddress.of(randomBytes(r, 1 + r.nextInt(32))),
        (a, t, v) -> a.putMacAddress(t, (MacAddress) v),
        Attribute::macAddress),
    STRING(RoundTripTest::randomString, (a, t, v) -> a.putString(t, (String) v), Attribute::string),
    BYTES(
        r -> ByteBuffer.wrap(randomBytes(r, r.nextInt(100))),
        (a, t, v) -> a.putBytes(t, (ByteBuffer) v),
        a -> ByteBuffer.wrap(a.bytes()));

    private final Function<Random, Object> random;
    private final Put put;
    private final Function<Attribute, Object> get;

    Kind(Function<Random, Object> random, Put put, Function<Attribute, Object> get) {
      this.random = random;
      this.put = put;
      this.get = get;
    }
  }

  private sealed interface Value {

    void write(AttributeWriter writer);

    /** Reads an attribute as if it were of this kind. */
    Value readLike(Attribute attribute);
  }

  private record Leaf(int type, Kind kind, Object content) implements Value {

    @Override
    public void write(AttributeWriter writer) {
      kind.put.put(writer, type, content);
    }

    @Override
    public Value readLike(Attribute attribute) {
      return new Leaf(attribute.type(), kind, kind.get.apply(attribute));
    }
  }

  private record Nest(int type, List<Value> content) implements Value {

    @Override
    public void write(AttributeWriter writer) {
      writer.putNested(type, inner -> content.forEach(value -> value.write(inner)));
    }

    @Override
    public Value readLike(Attribute attribute) {
      assertThat(attribute.isNested()).isTrue();
      return new Nest(attribute.type(), RoundTripTest.readLike(content, attribute.nested()));
    }
  }

  private static List<Value> readLike(List<Value> expected, Attributes written) {
    List<Attribute> attributes = written.stream().toList();
    assertThat(attributes).hasSameSizeAs(expected);
    return IntStream.range(0, attributes.size())
        .mapToObj(i -> expected.get(i).readLike(attributes.get(i)))
        .toList();
  }

  private static List<Value> randomTree(Random random, int depth) {
    List<Value> tree = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      int type = random.nextInt(0x4000);
      if (depth < DEPTH_MAX && random.nextInt(3) == 0) {
        tree.add(new Nest(type, randomTree(random, depth + 1)));
      } else {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        tree.add(new Leaf(type, kind, kind.random.apply(random)));
      }
    }
    return tree;
  }

  private static long anyWidth(Random random) {
    return random.nextLong() >> random.nextInt(64);
  }

  private static String randomString(Random random) {
    return random
        .ints(random.nextInt(40), 1, 0x11000)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<Long> randomArray(Random random, int shift) {
    return random.longs(random.nextInt(20)).map(n -> n >>> shift).boxed().toList();
  }

  private static LongStream stream(Object numbers) {
    return ((List<?>) numbers).stream().mapToLong(n -> (long) n);
  }

  private static InetAddress randomAddress(Random random) {
    byte[] bytes = randomBytes(random, random.nextBoolean() ? 4 : 16);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
