package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.compiler.typed.GeneratedView;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.typed.TypedValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every generated view shows what a dynamic client has, and every builder makes that. */
class EveryViewTest {

  private static final int VALUES = 10;
  private static final int TRIES = 3000;

  static List<String> families() {
    return BundledSpecs.require().names();
  }

  @ParameterizedTest
  @MethodSource("families")
  void accessorsShowWhatTheDynamicValueHas(String name) {
    Family family = BundledSpecs.require().family(name);
    RandomValues values = new RandomValues(family, 3);
    GeneratedViews views = GeneratedViews.of(family);
    for (GeneratedView view : views.all()) {
      for (int i = 0; i < VALUES; i++) {
        views.compare(view, random(values, view));
      }
    }
    assertThat(views.unseen()).isEmpty();
    assertThat(views.malformed()).isEmpty();
  }

  private static NestValue random(RandomValues values, GeneratedView view) {
    return view.values().isPresent()
        ? values.element(view.values().get())
        : values.message(view.header(), view.set());
  }

  @ParameterizedTest
  @MethodSource("families")
  void buildersSetEverySlot(String name) {
    Family family = BundledSpecs.require().family(name);
    RandomValues values = new RandomValues(family, 4);
    for (GeneratedView view : GeneratedViews.of(family).all()) {
      Reflected reflected = new Reflected(view);
      // What something around selects is not made here: its setters are tried below.
      Set<String> set = new TreeSet<>(view.selected());
      for (int i = 0; i < VALUES || (i < TRIES && set.size() < view.accessors().size()); i++) {
        TypedValue typed = reflected.of(random(values, view));
        TypedValue built = reflected.rebuild(typed, set);
        for (String accessor : view.accessors().keySet()) {
          assertThat(reflected.show(built, accessor))
              .as("%s.%s", view.className(), accessor)
              .isEqualTo(reflected.show(typed, accessor));
        }
      }
      assertThat(set).as(view.className()).isEqualTo(view.accessors().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void settersTakeAllThatTheySay(String name) {
    for (GeneratedView view : GeneratedViews.of(BundledSpecs.require().family(name)).all()) {
      new Reflected(view).trySetters();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void settersNameWhatIsNull(String name) {
    for (GeneratedView view : GeneratedViews.of(BundledSpecs.require().family(name)).all()) {
      new Reflected(view).tryNull();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void whatIsBuiltIsSentAndReadAsItIs(String name) {
    Family family = BundledSpecs.require().family(name);
    ByteOrder order = ByteOrder.nativeOrder();
    FamilyCodec codecs = new FamilyCodec(family, order);
    RandomValues values = new RandomValues(family, 5);
    for (GeneratedView view : GeneratedViews.of(family).all()) {
      if (view.values().isPresent() || view.told()) {
        continue;
      }
      MessageCodec codec = codecs.message(view.header(), view.set());
      Reflected reflected = new Reflected(view);
      for (int i = 0; i < VALUES; i++) {
        TypedValue built = reflected.rebuild(reflected.of(random(values, view)), new TreeSet<>());
        byte[] bytes = codec.bytes(built.toValue(), null, order);
        NestValue read = codec.read(ByteBuffer.wrap(bytes).order(order), null);
        for (String accessor : view.accessors().keySet()) {
          assertThat(reflected.show(reflected.of(read), accessor))
              .as("%s.%s", view.className(), accessor)
              .isEqualTo(reflected.show(built, accessor));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void viewsAreEqualIfTheirValuesAre(String name) {
    Family family = BundledSpecs.require().family(name);
    RandomValues values = new RandomValues(family, 6);
    for (GeneratedView view : GeneratedViews.of(family).all()) {
      Reflected reflected = new Reflected(view);
      NestValue value = random(values, view);
      NestValue other = random(values, view);
      assertThat(reflected.of(value))
          .isEqualTo(reflected.of(value))
          .hasSameHashCodeAs(reflected.of(value));
      assertThat(reflected.of(value).equals(reflected.of(other))).isEqualTo(value.equals(other));
      assertThat(reflected.of(value)).hasToString(value.toJson());
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void whatTheSpecDoesNotKnowIsKept(String name) {
    for (GeneratedView view : GeneratedViews.of(BundledSpecs.require().family(name)).all()) {
      NestValue value = (NestValue) Value.parse("{16000: 0102}");
      TypedValue typed = new Reflected(view).of(value);

      assertThat(typed.toValue().at("16000")).isEqualTo(Value.of("0102"));
      assertThat(typed).hasToString(value.toJson());
    }
  }
}
