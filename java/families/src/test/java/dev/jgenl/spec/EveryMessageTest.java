package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any message of each operation of each family is what it was when it has been written and read.
 */
class EveryMessageTest {

  private static final int MESSAGES = 30;

  static List<String> families() {
    return BundledSpecs.require().names();
  }

  @ParameterizedTest
  @MethodSource("families")
  void messagesComeBackAsTheyWere(String name) {
    Family family = BundledSpecs.require().family(name);
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      Operations operations = new Operations(family, order);
      RandomValues values = new RandomValues(family, 1);
      for (Operation operation : family.operations()) {
        MessageCodec codec = operations.message(operation);
        for (int i = 0; i < MESSAGES; i++) {
          NestValue value = values.message(operation);
          byte[] bytes = codec.bytes(value, null, order);
          NestValue read = codec.read(ByteBuffer.wrap(bytes).order(order), null);
          assertThat(read).as("%s %s", name, operation.name()).isEqualTo(value);
          assertThat(codec.bytes(read, null, order)).hasSameSizeAs(bytes);
          // What is shown is understood.
          NestValue shown = (NestValue) Value.parse(read.toJson());
          assertThat(
                  codec.read(ByteBuffer.wrap(codec.bytes(shown, null, order)).order(order), null))
              .as("%s %s as JSON", name, operation.name())
              .isEqualTo(read);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyAttributeIsReached(String name) {
    Family family = BundledSpecs.require().family(name);
    RandomValues values = new RandomValues(family, 2);
    for (Operation operation : family.operations()) {
      for (int i = 0; i < 40 * MESSAGES; i++) {
        values.message(operation);
      }
    }
    assertThat(reachable(family)).isSubsetOf(values.made);
  }

  /** The attributes of the operations' own sets, but for what fills up or is unused. */
  private static Set<String> reachable(Family family) {
    Set<String> names = new TreeSet<>();
    for (AttributeSet set : family.sets()) {
      if (family.operations().stream()
          .anyMatch(o -> o.set().filter(set.name()::equals).isPresent())) {
        set.attributes().stream()
            .filter(a -> !(a.type() instanceof Type.Pad || a.type() instanceof Type.Unused))
            .filter(a -> !(a.type() instanceof Type.Selected))
            .forEach(a -> names.add(set.name() + " " + a.name()));
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("families")
  void modelsComeBackAsTheyWere(String name) throws IOException {
    Family family = BundledSpecs.require().family(name);

    assertThat(ModelFile.read(ModelFile.write(family))).isEqualTo(family);
  }
}
