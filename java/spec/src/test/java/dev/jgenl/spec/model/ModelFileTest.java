package dev.jgenl.spec.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelFileTest {

  @Test
  void readsWhatItHasWritten() throws IOException {
    assertThat(ModelFile.read(ModelFile.write(Samples.FAMILY))).isEqualTo(Samples.FAMILY);
  }

  @Test
  void readsAStream() throws IOException {
    InputStream in = new ByteArrayInputStream(ModelFile.write(Samples.FAMILY));

    assertThat(ModelFile.read(in)).isEqualTo(Samples.FAMILY);
  }

  @Test
  void refusesAStreamWithoutEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'J';
          }
        };

    assertThatThrownBy(() -> ModelFile.read(endless))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 16777216 bytes");
  }

  @Test
  void keepsTheProtocolOfARawFamily() throws IOException {
    Family raw = family(new Protocol.Raw(12));

    assertThat(ModelFile.read(ModelFile.write(raw))).isEqualTo(raw);
  }

  @Test
  void writesEqualFamiliesToTheSameBytes() throws IOException {
    byte[] bytes = ModelFile.write(Samples.FAMILY);

    assertThat(ModelFile.write(ModelFile.read(bytes))).isEqualTo(bytes);
  }

  @Test
  void writesAStringOnce() {
    Family twice = family(new Protocol.Generic("family", 1));
    Family differing = family(new Protocol.Generic("other!", 1));

    assertThat(ModelFile.write(differing).length - ModelFile.write(twice).length)
        .isEqualTo(1 + "other!".length());
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatThrownBy(() -> ModelFile.read(new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a model of a family");
    assertThatThrownBy(() -> ModelFile.read(new byte[100]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a model of a family");
  }

  @Test
  void namesTheRemedyForTheFormOfAnotherVersion() {
    byte[] bytes = ModelFile.write(Samples.FAMILY);
    bytes[3] = 9;

    assertThatThrownBy(() -> ModelFile.read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("9 for 4")
        .hasMessageContaining("use jgenl-families and jgenl-spec of one version");
  }

  @Test
  void refusesAModelCutShortAtAnyLength() {
    byte[] bytes = ModelFile.write(Samples.FAMILY);

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ModelFile.read(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesAnyByteThatIsNotAsItWas() {
    byte[] bytes = ModelFile.write(Samples.FAMILY);

    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertThatThrownBy(() -> ModelFile.read(damaged))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("model");
    }
  }

  @Test
  void refusesWhatFollowsTheEnd() {
    byte[] longer = Arrays.copyOf(ModelFile.write(Samples.FAMILY), 10_000);

    assertThatThrownBy(() -> ModelFile.read(longer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its checksum is wrong");
    assertThatThrownBy(() -> ModelFile.read(summed(longer)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("what follows its end");
  }

  @Test
  void answersAnyByteOfARightSumWithAModelOrAnException() {
    byte[] bytes = ModelFile.write(Samples.FAMILY);
    Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

    for (int at = ModelFile.BODY; at < bytes.length; at++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, bytes[at] ^ 1, bytes[at] + 1}) {
        byte[] corrupt = bytes.clone();
        corrupt[at] = (byte) value;
        answers.merge(answer(summed(corrupt)), 1, Integer::sum);
      }
    }

    assertThat(answers).containsOnlyKeys(Answer.values());
  }

  private enum Answer {
    MODEL,
    REFUSED_AT_ONCE,
    REFUSED_WHEN_LOOKED_AT
  }

  /** What else is thrown fails the test. */
  private static Answer answer(byte[] bytes) {
    Family family;
    try {
      family = ModelFile.read(bytes);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("the model is corrupt");
      return Answer.REFUSED_AT_ONCE;
    }
    try {
      assertThat(ModelFile.write(family)).isNotEmpty();
      return Answer.MODEL;
    } catch (UncheckedIOException e) {
      assertThat(e).hasMessageContaining("the model is corrupt");
      return Answer.REFUSED_WHEN_LOOKED_AT;
    }
  }

  /** Returns the file with the checksum that it should have. */
  private static byte[] summed(byte[] file) {
    ByteBuffer.wrap(file).putInt(ModelFile.MARK.length, ModelFile.checksum(file));
    return file;
  }

  @Test
  void takesNoMemoryForACountThatCannotBe() {
    // The mark, the checksum, and 2^31 - 1 strings.
    byte[] many = {
      'J', 'G', 'M', 4, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7
    };

    assertThatThrownBy(() -> ModelFile.read(summed(many)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than there is: 2147483647");
  }

  @Test
  void refusesTypesWithinTypesWithoutEndWhenTheyAreLookedAt() throws IOException {
    assertThat(attributes(nested(2))).hasSize(1).element(0).extracting("name").isEqualTo("a");

    List<Attribute> deep = attributes(nested(100));

    assertThat(deep).hasSize(1);
    for (int look = 0; look < 2; look++) {
      assertThatThrownBy(() -> deep.get(0))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("types within types");
    }
  }

  private static Type nested(int levels) {
    return levels == 0 ? new Type.Flag() : new Type.IndexedArray(nested(levels - 1), 0);
  }

  private static List<Attribute> attributes(Type type) throws IOException {
    return ModelFile.read(ModelFile.write(withType(type))).sets().get(0).attributes();
  }

  @Test
  void keepsNoBytesOfWhoReads() throws IOException {
    byte[] bytes = ModelFile.write(Samples.FAMILY);

    Family family = ModelFile.read(bytes);
    Arrays.fill(bytes, (byte) 0);

    assertThat(family).isEqualTo(Samples.FAMILY);
  }

  @Test
  void listsCannotBeChanged() throws IOException {
    List<AttributeSet> sets = ModelFile.read(ModelFile.write(Samples.FAMILY)).sets();

    assertThatThrownBy(() -> sets.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> sets.set(0, sets.get(1)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(sets.iterator()::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void threadsThatLookAtOnceSeeTheSame() throws Exception {
    byte[] bytes = ModelFile.write(Samples.FAMILY);
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 500; round++) {
        Family family = ModelFile.read(bytes);
        CyclicBarrier together = new CyclicBarrier(threads);
        Callable<AttributeSet> look =
            () -> {
              together.await();
              return family.sets().get(0);
            };
        Set<AttributeSet> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Future<AttributeSet> one : executor.invokeAll(Collections.nCopies(threads, look))) {
          seen.add(one.get());
        }
        assertThat(seen).hasSize(1);
        assertThat(family).isEqualTo(Samples.FAMILY);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static Family withType(Type type) {
    Attribute attribute = new Attribute("a", 1, type, false, Checks.NONE, Hint.NONE, "", "");
    AttributeSet set = new AttributeSet("s", "", Optional.empty(), List.of(attribute));
    return family(new Protocol.Raw(0), set);
  }

  private static Family family(Protocol protocol, AttributeSet... sets) {
    return new Family(
        "family",
        "",
        protocol,
        new Provenance("family.yaml", "0".repeat(64), "", List.of()),
        List.of(),
        List.of(sets),
        List.of(),
        List.of(),
        List.of());
  }

  /** A family that has one of each. */
  private static final class Samples {

    private static final Type.EnumUse COLOURS = new Type.EnumUse("colours", true);
    private static final Type.Scalar U32 =
        new Type.Scalar(Type.Width.U32, true, Optional.of(COLOURS));

    private static final List<Definition> DEFINITIONS =
        List.of(
            new Definition.Constant("limit", "at most", "FAMILY_LIMIT", Long.MIN_VALUE),
            new Definition.Constant("low", "", "", -1),
            new Definition.Text("group-name", "", "GROUP_NAME", "change_event"),
            new Definition.Enumeration(
                "colours",
                "what it looks like",
                true,
                List.of(
                    new Definition.Entry("red", 1, "as blood", "RED"),
                    new Definition.Entry("last", 1L << 63, "", ""))),
            new Definition.Struct(
                "point",
                "",
                "family_point",
                10,
                List.of(
                    member("x", 0, 4, U32),
                    member("gap", 4, 2, new Type.Pad(2)),
                    member("mac", 6, 4, new Type.Binary(OptionalInt.of(4))),
                    member("inner", 10, 0, new Type.StructArray("point")))));

    private static final List<Type> TYPES =
        List.of(
            U32,
            new Type.Scalar(Type.Width.SINT, false, Optional.empty()),
            new Type.Flag(),
            new Type.Text(),
            new Type.Binary(OptionalInt.empty()),
            new Type.Binary(OptionalInt.of(16)),
            new Type.Bitfield(Optional.of(COLOURS)),
            new Type.Bitfield(Optional.empty()),
            new Type.Pad(0),
            new Type.Unused(),
            new Type.StructValue("point"),
            new Type.StructArray("point"),
            new Type.ScalarArray(U32),
            new Type.Nest("set"),
            new Type.Nest("set", true),
            new Type.Nest("set", false, true),
            new Type.IndexedArray(new Type.Nest("set"), 1),
            new Type.TypeValue(List.of("policy", "attribute"), new Type.Nest("set")),
            new Type.Selected("data", "kind"));

    private static final Checks CHECKS =
        new Checks(
            OptionalLong.of(-5),
            OptionalLong.of(Long.MAX_VALUE),
            OptionalInt.of(1),
            OptionalInt.of(Integer.MAX_VALUE),
            OptionalInt.of(300),
            true);

    private static final SubMessage DATA =
        new SubMessage(
            "data",
            List.of(
                new SubMessage.Format("veth", Optional.empty(), Optional.of("set")),
                new SubMessage.Format("7", Optional.of("point"), Optional.empty())));

    private static final Operation GET =
        new Operation(
            "get",
            "Über alles\nund jedes",
            Optional.of("set"),
            Optional.of("point"),
            Optional.of(new Call(new Layout(1, List.of("a0")), Optional.empty())),
            Optional.of(
                new Call(
                    new Layout(1, List.of()), Optional.of(new Layout(65535, List.of("a0", "a1"))))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(Operation.Privilege.ADMIN, Operation.Privilege.NAMESPACE_ADMIN),
            Optional.of(
                new Continuation(
                    List.of("a0"),
                    Map.of(
                        "a1",
                        new Continuation.Element("x", Map.of()),
                        "a2",
                        new Continuation.Element("y", Map.of("f", List.of("b0", "b1"))),
                        "a3",
                        new Continuation.Element("z", Map.of())))),
            "FAMILY_CMD_GET");

    private static final Operation NEWS =
        new Operation(
            "news",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Layout(3, List.of("a0"))),
            Optional.of("get"),
            Optional.of("group"),
            Set.of(),
            Optional.empty(),
            "");

    static final Family FAMILY =
        new Family(
            "family",
            "a family",
            new Protocol.Generic("family", 255),
            new Provenance("family.yaml", "ab".repeat(32), "MIT", List.of("it was wrong", "")),
            DEFINITIONS,
            List.of(
                new AttributeSet("set", "all", Optional.empty(), attributes()),
                new AttributeSet("part", "", Optional.of("set"), List.of())),
            List.of(DATA),
            List.of(GET, NEWS),
            List.of(
                new Group("group", OptionalInt.empty()), new Group("other", OptionalInt.of(36))));

    private static Definition.Member member(String name, int offset, int length, Type type) {
      return new Definition.Member(name, offset, length, type, Hint.MAC, "doc of " + name);
    }

    private static List<Attribute> attributes() {
      return IntStream.range(0, TYPES.size())
          .mapToObj(
              i ->
                  new Attribute(
                      "a" + i,
                      i * 1000,
                      TYPES.get(i),
                      i % 2 == 0,
                      i % 3 == 0 ? CHECKS : Checks.NONE,
                      Hint.values()[i % Hint.values().length],
                      "doc " + i,
                      "FAMILY_A_" + i))
          .toList();
    }
  }
}
