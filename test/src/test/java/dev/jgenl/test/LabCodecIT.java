package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.ProtocolException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.Bitfield32;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attributes of every type, through the validation of a real kernel and back. */
@Tag("vm")
@Timeout(60)
class LabCodecIT {

  private static final int HEADERS = 20;

  private Genl genl;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open();
  }

  @AfterEach
  void close() {
    genl.close();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        value("T23 u8", a -> a.putU8(Lab.V_U8, 255), Attribute::u8, 255),
        value("T23 u16", a -> a.putU16(Lab.V_U16, 65535), Attribute::u16, 65535),
        value("T23 u32", a -> a.putU32(Lab.V_U32, 0xfffffffeL), Attribute::u32, 0xfffffffeL),
        value("T23 u64 above the sign bit", a -> a.putU64(Lab.V_U64, -2), Attribute::u64, -2L),
        value(
            "T23 u64 behind a u8, so aligned to 4 only",
            a -> a.putU8(Lab.V_U8, 1).putU64(Lab.V_U64, 0x0102030405060708L),
            Lab.V_U64,
            Attribute::u64,
            0x0102030405060708L),
        value("T23 s8", a -> a.putS8(Lab.V_S8, (byte) -128), Attribute::s8, (byte) -128),
        value("T23 s16", a -> a.putS16(Lab.V_S16, (short) -2), Attribute::s16, (short) -2),
        value("T23 s32", a -> a.putS32(Lab.V_S32, -3), Attribute::s32, -3),
        value("T23 s64", a -> a.putS64(Lab.V_S64, Long.MIN_VALUE), Attribute::s64, Long.MIN_VALUE),
        value("T23 uint of 4", a -> a.putUint(Lab.V_UINT, 5), Attribute::uint, 5L),
        value("T23 uint of 8", a -> a.putUint(Lab.V_UINT, -1), Attribute::uint, -1L),
        value("T23 sint of 4", a -> a.putSint(Lab.V_SINT, -5), Attribute::sint, -5L),
        value("T23 sint of 8", a -> a.putSint(Lab.V_SINT, 1L << 40), Attribute::sint, 1L << 40),
        value("T23 be16", a -> a.putU16Be(Lab.V_BE16, 0xabcd), Attribute::u16Be, 0xabcd),
        value("T23 be32", a -> a.putU32Be(Lab.V_BE32, 0xa1b2c3d4L), Attribute::u32Be, 0xa1b2c3d4L),
        value("T23 be64", a -> a.putU64Be(Lab.V_BE64, -9), Attribute::u64Be, -9L),
        value(
            "T23 bitfield32",
            a -> a.putBitfield32(Lab.V_BITFIELD32, new Bitfield32(0x80000001, -1)),
            Attribute::bitfield32,
            new Bitfield32(0x80000001, -1)),
        value("T21 flag", a -> a.putFlag(Lab.V_FLAG), Attribute::length, 0),
        value("T24 empty string", a -> a.putString(Lab.V_STRING, ""), Attribute::string, ""),
        value("T24 string", a -> a.putString(Lab.V_STRING, "ü🐧"), Attribute::string, "ü🐧"),
        value(
            "T24 string without NUL",
            a -> a.putBytes(Lab.V_UNTERMINATED, ascii("abc")),
            Attribute::string,
            "abc"),
        value(
            "T24 string with embedded NUL",
            a -> a.putBytes(Lab.V_UNTERMINATED, ascii("a\0b\0")),
            Attribute::string,
            "a\0b"),
        value(
            "T24 string that is not UTF-8",
            a -> a.putBytes(Lab.V_UNTERMINATED, new byte[] {(byte) 0xff, 'x'}),
            Attribute::string,
            "\ufffdx"),
        value(
            "T22 flag of the byte order",
            a -> a.putU32Be(Lab.V_BE32 | NetlinkConstants.NLA_F_NET_BYTEORDER, 7),
            Attribute::isNetByteOrder,
            true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void valueComesBack(
      String name,
      Consumer<AttributeWriter> attributes,
      int type,
      Function<Attribute, Object> getter,
      Object expected)
      throws NetlinkException {
    GenlMessage answer = echo(attributes);

    Attribute attribute =
        type == 0 ? answer.attributes().iterator().next() : answer.attributes().get(type);
    assertThat(getter.apply(attribute)).isEqualTo(expected);
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments("T25 no attributes", (Consumer<AttributeWriter>) a -> {}),
        arguments("T25 duplicates keep their order", duplicates()),
        arguments("T25 nests 9 deep that the kernel validates", nests(Lab.V_NEST, 9)),
        arguments("T25 nests 30 deep", nests(Lab.V_NEST_ANY, 30)),
        arguments("T25 nests 1,000 deep", nests(Lab.V_NEST_ANY, 1000)),
        arguments("T25 an array of nests", array(100)),
        arguments("T25 an empty nest", nests(Lab.V_NEST, 1)),
        arguments("T21 payloads of 0 to 9 bytes", payloads()),
        arguments("T21 the longest attribute", binary(65531)),
        arguments("T21 65,530 bytes", binary(65530)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void everyByteComesBack(String name, Consumer<AttributeWriter> attributes)
      throws NetlinkException {
    echo(attributes);
  }

  @Test
  @DisplayName("T25 what the family does not know is refused by its strict validation")
  void unknownAttributeIsRefused() throws NetlinkException {
    KernelException e = Lab.refusal(genl, Lab.request(genl, Lab.ECHO, a -> a.putU8(22, 0)));

    assertThat(e.error()).isEqualTo(Errno.EINVAL);
    assertThat(e.extendedAck().path()).containsExactly(22);
  }

  @Test
  @DisplayName("T22 the kernel refuses a nest without its mark, which is why we set it")
  void nestWithoutMarkIsRefused() throws NetlinkException {
    byte[] inner = attribute("0500010001000000");
    KernelException e =
        Lab.refusal(genl, Lab.request(genl, Lab.ECHO, a -> a.putBytes(Lab.V_NEST, inner)));

    assertThat(e.error()).isEqualTo(Errno.EINVAL);
    assertThat(e.extendedAck().path()).containsExactly(Lab.V_NEST);
  }

  @ParameterizedTest(name = "T21 T25 {0} in place of attributes is a protocol error or harmless")
  @MethodSource("garbage")
  void garbageIsMalformed(String hex, boolean readable) throws NetlinkException {
    GenlRequest raw = Lab.request(genl, Lab.RAW, a -> a.putBytes(Lab.PAYLOAD, attribute(hex)));
    Function<GenlMessage, Long> reader = m -> m.attributes().stream().count();

    if (readable) {
      assertThat(genl.<Long>request(raw, reader)).isNotNegative();
    } else {
      assertThatThrownBy(() -> genl.request(raw, reader)).isInstanceOf(ProtocolException.class);
    }
    Lab.assertUsable(genl);
  }

  static Stream<Arguments> garbage() {
    return Stream.of(
        arguments("", true),
        arguments("ff", true),
        arguments("ffffff", true),
        arguments("00000000", false),
        arguments("03000100", false),
        arguments("ffff0100", false),
        arguments("0900010061626364", false),
        arguments("0500010061", true),
        arguments("0400ffff", true));
  }

  /** Bytes in this machine's order of an attribute that is written in little-endian order. */
  private static byte[] attribute(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length >= NetlinkConstants.NLA_HDRLEN) {
      ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      short length = header.getShort();
      short type = header.getShort();
      header.order(ByteOrder.nativeOrder()).putShort(0, length).putShort(2, type);
    }
    return bytes;
  }

  @Test
  @DisplayName("T25 the header of a family's own is sent and returned before the attributes")
  void familyHeaderComesBack() throws NetlinkException {
    GenlFamily family = genl.family(Lab.HDR_NAME);
    byte[] header = {1, -2, 3, -4};
    GenlRequest request =
        GenlRequest.of(family, Lab.ECHO, a -> a.putU32(Lab.V_U32, 42)).withHeader(header);
    GenlMessage answer = genl.request(request, GenlMessage::copy);
    byte[] received = new byte[4];
    answer.header().get(received);

    assertThat(family.headerSize()).isEqualTo(4);
    assertThat(received).containsExactly(1, -2, 3, -4);
    assertThat(answer.attributes().get(Lab.V_U32).u32()).isEqualTo(42);
  }

  @Test
  @DisplayName("T16 the path of an attribute behind a header of the family's own")
  void pathBehindFamilyHeader() throws NetlinkException {
    GenlRequest request =
        GenlRequest.of(
                genl.family(Lab.HDR_NAME),
                Lab.ECHO,
                a -> a.putU8(Lab.V_U8, 1).putNested(Lab.V_NEST, n -> n.putU8(Lab.V_U32, 1)))
            .withHeader(new byte[] {9, 9, 9, 9});

    assertThat(Lab.refusal(genl, request).extendedAck().path())
        .containsExactly(Lab.V_NEST, Lab.V_U32);
  }

  /** Echoes, and compares all that came back with what was sent. */
  private GenlMessage echo(Consumer<AttributeWriter> attributes) throws NetlinkException {
    MessageWriter sent =
        new MessageWriter(ByteBuffer.allocate(100_000).order(ByteOrder.nativeOrder()));
    attributes.accept(sent.begin(0, 0, 0, 0, 0, 0));
    GenlMessage answer = genl.request(genl.family(Lab.NAME), Lab.ECHO, attributes);

    assertThat(answer.length()).isEqualTo(sent.length());
    assertThat(shown(answer.attributes()))
        .isEqualTo(shown(Attributes.of(sent.buffer(), HEADERS, sent.length())));
    return answer;
  }

  private static List<String> shown(Attributes attributes) {
    return attributes.stream()
        .map(
            a ->
                String.format(
                    "%d %b %b %s",
                    a.type(),
                    a.isNested(),
                    a.isNetByteOrder(),
                    HexFormat.of().formatHex(a.bytes())))
        .toList();
  }

  private static Consumer<AttributeWriter> duplicates() {
    return a -> {
      for (int i = 0; i < 1000; i++) {
        a.putU32(Lab.V_U32, i).putString(Lab.V_STRING, "n" + i).putFlag(Lab.V_FLAG);
      }
    };
  }

  private static Consumer<AttributeWriter> nests(int type, int depth) {
    return a -> a.putNested(type, depth == 1 ? n -> {} : nests(type, depth - 1));
  }

  private static Consumer<AttributeWriter> array(int length) {
    return a ->
        a.putNested(
            Lab.V_ARRAY,
            list -> {
              for (int i = 0; i < length; i++) {
                int n = i;
                list.putNested(i, e -> e.putU32(Lab.V_U32, n).putString(Lab.V_STRING, "e" + n));
              }
            });
  }

  private static Consumer<AttributeWriter> payloads() {
    return a -> {
      for (int i = 0; i < 10; i++) {
        a.putBytes(Lab.V_BINARY, new byte[i]);
      }
    };
  }

  private static Consumer<AttributeWriter> binary(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return a -> a.putBytes(Lab.V_BINARY, bytes);
  }

  private static Arguments value(
      String name,
      Consumer<AttributeWriter> attributes,
      Function<Attribute, Object> getter,
      Object expected) {
    return value(name, attributes, 0, getter, expected);
  }

  private static Arguments value(
      String name,
      Consumer<AttributeWriter> attributes,
      int type,
      Function<Attribute, Object> getter,
      Object expected) {
    return arguments(name, attributes, type, getter, expected);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
