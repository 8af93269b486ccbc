package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.member;
import static dev.jgenl.spec.Models.scalar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.Direction;
import dev.jgenl.spec.DescribedMessage.Kind;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDescriberTest {

  private static final int GENERIC = 16;
  private static final int ROUTE = 0;
  private static final int FAMILY = 27;
  private static final int COMMAND = 3;
  private static final int NEW = 24;
  private static final int NAME = 1;
  private static final int PLACE = 2;
  private static final int REQUEST = NetlinkConstants.NLM_F_REQUEST;
  private static final Instant TIME = Instant.ofEpochSecond(5);

  private ByteOrder order = ByteOrder.nativeOrder();
  private MessageDescriber describer = describer(new Protocol.Generic("demo", 1), Optional.empty());

  private static MessageDescriber describer(Protocol protocol, Optional<String> header) {
    Models models =
        new Models()
            .struct("head", member("index", 4, scalar(Width.U32)))
            .set("place", attribute("room", 5, scalar(Width.U32)))
            .set(
                "thing",
                attribute("name", NAME, new Type.Text()),
                attribute("place", PLACE, new Type.Nest("place")));
    models.operation("get", protocol instanceof Protocol.Raw ? NEW : COMMAND, "thing", header);
    models.protocol = protocol;
    return new MessageDescriber(Specs.of(models.family()));
  }

  private ByteBuffer message(
      int type, int flags, int sequence, byte[] header, Consumer<AttributeWriter> attributes) {
    MessageWriter writer = new MessageWriter(ByteBuffer.allocate(512).order(order));
    attributes.accept(writer.begin(type, flags, sequence, 99, header));
    writer.end();
    return writer.buffer().slice(0, writer.length()).order(order);
  }

  private ByteBuffer generic(
      int type, int flags, int sequence, int command, Consumer<AttributeWriter> attributes) {
    return message(type, flags, sequence, new byte[] {(byte) command, 1, 0, 0}, attributes);
  }

  private ByteBuffer newFamily() {
    return generic(GENERIC, 0, 1, 1, a -> a.putU16(1, FAMILY).putString(2, "demo").putU32(3, 1));
  }

  private DescribedMessage describe(int protocol, Direction direction, ByteBuffer bytes) {
    List<DescribedMessage> all =
        describer.describe(CapturedDatagram.of(protocol, direction, bytes).withTime(TIME));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private DescribedMessage heard(ByteBuffer bytes) {
    return describe(GENERIC, Direction.FROM_KERNEL, bytes);
  }

  private DescribedMessage sent(ByteBuffer bytes) {
    return describe(GENERIC, Direction.TO_KERNEL, bytes);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void numbersOfFamiliesAreLearnedFromTheController(boolean big) {
    order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer message =
        generic(FAMILY, 0, 0, COMMAND, a -> a.putNested(PLACE, n -> n.putU32(5, 7)));
    assertThat(heard(message).family()).isEqualTo("27");
    heard(newFamily());

    DescribedMessage described = heard(message);

    assertThat(described.family()).isEqualTo("demo");
    assertThat(described.operation()).isEqualTo("get");
    assertThat(described.value().toJson()).isEqualTo("{\"place\":{\"room\":7}}");
  }

  @Test
  void allOfAMessageIsOneValue() {
    describer.learn(FAMILY, "demo");

    DescribedMessage described =
        sent(
            generic(
                FAMILY,
                REQUEST | NetlinkConstants.NLM_F_DUMP,
                -1,
                COMMAND,
                a -> a.putString(1, "x")));

    assertThat(described.toValue().toJson())
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:00:05Z\",\"direction\":\"sent\",\"protocol\":\"generic\","
                + "\"family\":\"demo\",\"name\":\"get\",\"flags\":[\"request\",\"dump\"],"
                + "\"seq\":4294967295,\"port\":99,\"msg\":{\"name\":\"x\"}}");
  }

  @Test
  void otherProtocolsAreKnownByTheTypesOfTheirMessages() {
    describer = describer(new Protocol.Raw(ROUTE), Optional.of("head"));
    byte[] header = ByteBuffer.allocate(4).order(order).putInt(8).array();

    DescribedMessage described =
        describe(
            ROUTE,
            Direction.FROM_KERNEL,
            message(NEW, 0xc00, 0, header, a -> a.putString(NAME, "x")));

    assertThat(described.family()).isEqualTo("demo");
    assertThat(described.flags()).containsExactly("create", "append");
    assertThat(described.value().toJson()).isEqualTo("{\"index\":8,\"name\":\"x\"}");
  }

  @Test
  void whatHasNoSpecIsShownByNumber() {
    DescribedMessage generic = heard(generic(30, 0, 0, 9, a -> a.putU16(4, 1)));
    DescribedMessage raw =
        describe(9, Direction.FROM_KERNEL, message(1100, 0, 0, new byte[] {1, 2}, a -> {}));

    assertThat(generic.family()).isEqualTo("30");
    assertThat(generic.operation()).isEqualTo("9");
    assertThat(generic.value().names()).containsExactly("4");
    assertThat(raw.protocol()).isEqualTo("audit");
    assertThat(raw.operation()).isEqualTo("1100");
    assertThat(raw.value().at("bytes").asText()).startsWith("0102");
  }

  @Test
  void anErrorNamesWhatWasAskedForAndWhatOffends() {
    describer.learn(FAMILY, "demo");
    ByteBuffer request =
        generic(FAMILY, REQUEST, 8, COMMAND, a -> a.putNested(PLACE, n -> n.putU32(5, 7)));
    sent(request);
    byte[] payload =
        ByteBuffer.allocate(20).order(order).putInt(-22).put(request.slice(0, 16)).array();

    DescribedMessage error =
        heard(
            message(
                NetlinkConstants.NLMSG_ERROR,
                NetlinkConstants.NLM_F_CAPPED | NetlinkConstants.NLM_F_ACK_TLVS,
                8,
                payload,
                a -> a.putString(1, "too\u001bhigh").putU32(2, 24)));

    assertThat(error.kind()).isEqualTo(Kind.ERROR);
    assertThat(error.family() + " " + error.operation()).isEqualTo("demo get");
    assertThat(error.flags()).containsExactly("capped", "ack-tlvs");
    assertThat(error.value().toJson())
        .isEqualTo(
            "{\"error\":\"EINVAL (Invalid argument)\",\"text\":\"too\\u001Bhigh\","
                + "\"attribute\":\"place.room\"}");
  }

  @Test
  void anErrorIsUnderstoodByTheRequestThatItQuotes() {
    describer.learn(FAMILY, "demo");
    ByteBuffer request = generic(FAMILY, REQUEST, 8, COMMAND, a -> {});
    byte[] payload =
        ByteBuffer.allocate(4 + request.limit()).order(order).putInt(-2).put(request).array();

    DescribedMessage error = heard(message(NetlinkConstants.NLMSG_ERROR, 0, 8, payload, a -> {}));

    assertThat(error.family() + " " + error.operation()).isEqualTo("demo get");
  }

  @Test
  void acknowledgementsAndEndsAreToldApart() {
    assertThat(heard(message(2, 0, 1, new byte[20], a -> {})).kind())
        .isEqualTo(Kind.ACKNOWLEDGEMENT);
    assertThat(heard(message(3, 2, 1, new byte[4], a -> {})).kind()).isEqualTo(Kind.DONE);
    assertThat(heard(message(1, 0, 1, new byte[0], a -> {})).kind()).isEqualTo(Kind.CONTROL);
    assertThat(heard(message(2, 0, 1, new byte[0], a -> {})).kind()).isEqualTo(Kind.CONTROL);
  }

  @Test
  void whatIsCutIsShownBehindWhatIsWhole() {
    describer.learn(FAMILY, "demo");
    ByteBuffer message = generic(FAMILY, 0, 0, COMMAND, a -> a.putU32(9, 1));
    ByteBuffer both =
        ByteBuffer.allocate(2 * message.limit() - 1)
            .order(order)
            .put(message.duplicate())
            .put(message.slice(0, message.limit() - 1))
            .flip();

    List<DescribedMessage> all =
        describer.describe(
            CapturedDatagram.of(GENERIC, Direction.FROM_KERNEL, both).withWhole(false));

    assertThat(all)
        .extracting(DescribedMessage::kind)
        .containsExactly(Kind.MESSAGE, Kind.MALFORMED);
    assertThat(all.get(1).value().at("error").asText()).startsWith("cut: ");
    assertThat(all.get(1).value().at("bytes").asText()).hasSize(2 * (message.limit() - 1));
  }

  @Test
  void requestsAreNotRememberedForEver() {
    describer.learn(FAMILY, "demo");
    for (int sequence = 0; sequence <= 1024; sequence++) {
      sent(generic(FAMILY, REQUEST, sequence, COMMAND, a -> {}));
    }

    assertThat(heard(message(3, 2, 0, new byte[4], a -> {})).operation()).isEmpty();
    assertThat(heard(message(3, 2, 1, new byte[4], a -> {})).operation()).isEqualTo("get");
  }
}
