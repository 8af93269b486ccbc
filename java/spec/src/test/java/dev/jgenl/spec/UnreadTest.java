package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.member;
import static dev.jgenl.spec.Models.repeated;
import static dev.jgenl.spec.Models.scalar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.SubMessage.Format;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What an attribute holds is read when somebody looks at it, if it is much. */
class UnreadTest {

  private static final String LONG =
      "a text that is longer than what is read at once by a good deal";

  private static final Value VALUE =
      Value.parse(
          "{kind: one, nest: {number: 1, texts: ["
              + LONG
              + ", b], nest: {number: 2, texts: ["
              + LONG
              + "], \"99\": 0102}, data: {number: 3, texts: ["
              + LONG
              + "]}, \"98\": 03}, counters: {a: 1, b: 2, c: "
              + LONG
              + "}}");

  private final Wire wire = new Wire(models(), ByteOrder.LITTLE_ENDIAN);

  private static Family models() {
    Models models =
        new Models()
            .struct(
                "counters",
                member("a", 4, scalar(Width.U32)),
                member("b", 8, scalar(Width.U64)),
                member("c", 80, new Type.Text()));
    models.subMessages.add(
        new SubMessage("data", List.of(new Format("one", Optional.empty(), Optional.of("all")))));
    models.set(
        "all",
        attribute("kind", 1, new Type.Text()),
        attribute("number", 2, scalar(Width.U32)),
        repeated("texts", 3, new Type.Text()),
        attribute("nest", 4, new Type.Nest("all")),
        attribute("data", 5, new Type.Selected("data", "kind")),
        attribute("counters", 6, new Type.StructValue("counters")));
    models.operation("get", 1, "all", Optional.empty());
    return models.family();
  }

  @Test
  void nothingIsLostThatWasNotLookedAt() {
    byte[] bytes = wire.write("get", VALUE);
    Value read = wire.read("get", bytes);

    assertThat(wire.write("get", wire.read("get", bytes))).isEqualTo(bytes);
    assertThat(wire.read("get", bytes)).isEqualTo(read).hasSameHashCodeAs(read);
    assertThat(wire.read("get", bytes).at("nest").names())
        .containsExactly("number", "texts", "nest", "data", "98");
    assertThat(wire.read("get", bytes).at("nest").at("nest").at("99").asText()).isEqualTo("0102");
    assertThat(wire.read("get", bytes).at("counters").at("c").asText()).isEqualTo(LONG);
    assertThat(read.toJson()).isEqualTo(wire.read("get", bytes).toJson()).contains("\"98\":\"03\"");
  }

  @Test
  void whatSelectsMayStandAround() {
    Value read = wire.read("get", wire.write("get", VALUE));

    assertThat(read.at("nest").at("data").at("number").asLong()).isEqualTo(3);
  }

  @Test
  void bytesMayChangeOnceTheMessageIsRead() {
    byte[] bytes = wire.write("get", VALUE);
    Value before = wire.read("get", bytes.clone());

    Value read = wire.read("get", bytes);
    Arrays.fill(bytes, (byte) 0xff);

    assertThat(read).isEqualTo(before);
  }

  @Test
  void whatIsNoNestIsKnownAsSuchAtOnce() {
    byte[] bytes = wire.write("get", Value.parse("{nest: {number: 1, texts: [" + LONG + "]}}"));
    ByteBuffer broken = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    broken.putShort(4, (short) 3);

    Value read = wire.read("get", broken.array());

    assertThat(read.at("nest")).isInstanceOf(BytesValue.class);
    assertThat(read.at("nest").asBytes())
        .isEqualTo(Arrays.copyOfRange(broken.array(), 4, broken.capacity()));
  }

  @Test
  void manyThreadsMayBeTheFirstToLook() throws Exception {
    byte[] bytes = wire.write("get", VALUE);
    String json = wire.read("get", bytes).toJson();
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      for (int i = 0; i < 1000; i++) {
        Value read = wire.read("get", bytes);
        Callable<String> look = read::toJson;
        for (Future<String> seen : executor.invokeAll(List.of(look, look, look, look))) {
          assertThat(seen.get()).isEqualTo(json);
        }
      }
    } finally {
      executor.shutdown();
    }
  }
}
