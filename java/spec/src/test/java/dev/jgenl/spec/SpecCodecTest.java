package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.bigEndian;
import static dev.jgenl.spec.Models.member;
import static dev.jgenl.spec.Models.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of values where there is no client. */
class SpecCodecTest {

  private static final Models MODELS =
      new Models()
          .struct(
              "head", member("room", 2, scalar(Width.U16)), member("port", 2, bigEndian(Width.U16)))
          .set(
              "thing",
              attribute("number", 1, scalar(Width.U32)),
              attribute("inner", 2, new Type.Nest("inner")),
              attribute("many", 3, new Type.IndexedArray(new Type.Nest("inner"), 1)))
          .set("inner", attribute("name", 7, new Type.Text()))
          .operation("get", 1, "thing", Optional.of("head"));

  private static SpecCodec codec(ByteOrder order) {
    return SpecCodec.of(MODELS.family(), order);
  }

  private static final Value VALUE =
      Value.parse("{room: 1, port: 2, number: 258, inner: {name: x}, many: [{name: y}]}");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenIsReadInEitherOrder(boolean big) {
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    SpecCodec codec = codec(order);
    byte[] header = codec.header("get", VALUE);
    MessageWriter writer = new MessageWriter(ByteBuffer.allocate(64).order(order));

    codec.write("get", VALUE, writer.begin(16, 0, 0, 0, header));
    writer.end();
    Attributes attributes =
        Attributes.of(writer.buffer(), 16 + codec.headerLength("get"), writer.length());

    assertThat(header).containsExactly(big ? 0 : 1, big ? 1 : 0, 0, 2);
    assertThat(codec.read("get", ByteBuffer.wrap(header).order(order), attributes).toJson())
        .isEqualTo(
            "{\"room\":1,\"port\":2,\"number\":258,\"inner\":{\"name\":\"x\"},\"many\":[{\"name\":\"y\"}]}");
  }

  @Test
  void namesAndTypesLeadToTheSame() {
    SpecCodec codec = codec(ByteOrder.nativeOrder());

    assertThat(codec.types("get", VALUE, List.of("inner", "name"))).containsExactly(2, 7);
    assertThat(codec.types("get", VALUE, List.of("many", "[0]", "name"))).containsExactly(3, 1, 7);
    assertThat(codec.types("get", VALUE, List.of())).isEmpty();
    assertThat(codec.names("get", VALUE, List.of(3, 1, 7))).containsExactly("many", "[0]", "name");
    assertThat(codec.names("get", VALUE, List.of(2, 9, 4))).containsExactly("inner", "9", "4");
  }

  @Test
  void namesThatTheSpecDoesNotHaveAreRefused() {
    SpecCodec codec = codec(ByteOrder.nativeOrder());

    assertThatThrownBy(() -> codec.types("get", VALUE, List.of("inner", "nam")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("no such attribute: 'nam'; is it name?");
    for (String index : List.of("0", "[-1]", "[16383]", "[x]")) {
      assertThatThrownBy(() -> codec.types("get", VALUE, List.of("many", index)))
          .isInstanceOf(InvalidValueException.class)
          .hasMessage("an index is wanted, not '" + index + "'");
    }
    assertThatThrownBy(() -> codec.types("get", VALUE, List.of("number", "name")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("there are none");
    assertThatThrownBy(() -> codec.header("get", Value.parse("[1]")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("names are wanted, not a list of 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.headerLength("got"))
        .withMessage("demo: no such operation: 'got'; is it get?");
    assertThat(codec.operation("get").name()).isEqualTo("get");
    assertThat(codec).hasToString("the codec of demo");
  }
}
