package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record AttributeAddressTest(Memory memory) {

  private static final String MAPPED =
      "0014 0001  00 00 00 00 00 00 00 00  00 00 ff ff c0 00 02 01";

  @ParameterizedTest(name = "T23 {0} is in network order")
  @CsvSource({
    "192.0.2.1,       0008 0001  c0 00 02 01",
    "255.255.255.255, 0008 0001  ff ff ff ff",
    "2001:db8::1,     0014 0001  20 01 0d b8 00 00 00 00  00 00 00 00 00 00 00 01",
    "fe80::2a,        0014 0001  fe 80 00 00 00 00 00 00  00 00 00 00 00 00 00 2a",
  })
  void addressIsReadAndWrittenInNetworkOrder(String text, String drawing) throws Exception {
    InetAddress address = InetAddress.getByName(text);

    assertThat(only(memory.of(drawing)).inetAddress()).isEqualTo(address);
    assertThat(written(a -> a.putInetAddress(1, address))).isEqualTo(memory.bytes(drawing));
  }

  @Test
  void addressOfFourBytesIsOfIpv4() {
    assertThat(only(memory.of("0008 0001 c0 00 02 01")).inetAddress())
        .isExactlyInstanceOf(Inet4Address.class);
  }

  @Test
  void mappedAddressStaysOneOfIpv6() {
    InetAddress address = only(memory.of(MAPPED)).inetAddress();

    assertThat(address).isExactlyInstanceOf(Inet6Address.class);
    assertThat(written(a -> a.putInetAddress(1, address))).isEqualTo(memory.bytes(MAPPED));
  }

  @Test
  void addressOfIpv6HasNoScope() {
    InetAddress address =
        only(memory.of("0014 0001 fe 80 00 00 00 00 00 00  00 00 00 00 00 00 00 01")).inetAddress();

    assertThat(address.getHostAddress()).isEqualTo("fe80:0:0:0:0:0:0:1");
  }

  @Test
  void scopeIsNotWritten() throws UnknownHostException {
    byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
    InetAddress scoped = Inet6Address.getByAddress(null, bytes, 7);

    byte[] written = written(a -> a.putInetAddress(1, scoped));

    assertThat(written)
        .isEqualTo(memory.bytes("0014 0001 fe 80 00 00 00 00 00 00  00 00 00 00 00 00 00 01"));
  }

  @ParameterizedTest(name = "T21 {0} bytes are no address of IPv4 or IPv6")
  @ValueSource(ints = {0, 1, 3, 5, 8, 15, 17, 20, 65531})
  void addressOfAnotherLengthIsRefused(int length) {
    Attribute attribute = attribute(7, length);

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(attribute::inetAddress)
        .withMessage("attribute 7 has a payload of " + length + " bytes, not of 4 or 16");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "02:00:5e:00:53:af, 000a 0001  02 00 5e 00 53 af  00 00",
    "ff:ff:ff:ff:ff:ff, 000a 0001  ff ff ff ff ff ff  00 00",
    "0a,                0005 0001  0a                 00 00 00",
    "7f:00:00:01,       0008 0001  7f 00 00 01",
  })
  void linkLayerAddressIsReadAndWritten(String text, String drawing) {
    MacAddress address = MacAddress.parse(text);

    assertThat(only(memory.of(drawing)).macAddress()).isEqualTo(address);
    assertThat(written(a -> a.putMacAddress(1, address))).isEqualTo(memory.bytes(drawing));
  }

  @Test
  @DisplayName("T21 a link-layer address has at most 32 bytes")
  void longestLinkLayerAddressIsRead() {
    assertThat(attribute(7, 32).macAddress().length()).isEqualTo(32);
  }

  @ParameterizedTest(name = "T21 {0} bytes are no link-layer address")
  @ValueSource(ints = {0, 33, 65531})
  void linkLayerAddressOfAnotherLengthIsRefused(int length) {
    Attribute attribute = attribute(7, length);

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(attribute::macAddress)
        .withMessage("attribute 7 has a payload of " + length + " bytes, not of 1 to 32");
  }

  private Attribute attribute(int type, int length) {
    return only(
        memory.allocate(4 + length).putShort(0, (short) (4 + length)).putShort(2, (short) type));
  }

  private byte[] written(UnaryOperator<AttributeWriter> put) {
    GrowingBuffer out = new GrowingBuffer(memory.used(8));
    AttributeWriter writer = new AttributeWriter(out);
    assertThat(put.apply(writer)).isSameAs(writer);
    return Memory.copy(out.buffer(), 0, out.end());
  }

  private static Attribute only(ByteBuffer buffer) {
    return Attributes.of(buffer, 0, buffer.limit()).iterator().next();
  }
}
