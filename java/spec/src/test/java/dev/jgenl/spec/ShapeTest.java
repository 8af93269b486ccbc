package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void sameNamesAreOneShape() {
    Shape shape = Shape.of("a", "b");

    assertThat(Shape.of("a", "b")).isSameAs(shape);
    assertThat(Shape.of("b", "a")).isNotEqualTo(shape);
    assertThat(shape.names()).containsExactly("a", "b");
    assertThat(shape).hasToString("[a, b]");
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of("a", "a"));
  }

  @Test
  void whatIsOfTheShapeStaysAndAnythingElseIsPutInOrder() {
    Shape shape = Shape.of("a", "b");
    NestValue other = (NestValue) Value.of(Map.of("b", 1, "c", 2));

    NestValue shaped = other.shaped(shape);

    assertThat(shaped.shaped(shape)).isSameAs(shaped);
    assertThat(shaped.get(0)).isNull();
    assertThat(shaped.get(1)).isEqualTo(Value.of(1));
    assertThat(shaped.names()).containsExactly("b");
    assertThat(other.names()).hasSize(2);
  }

  @Test
  void valuesInTheirPlacesAreCopied() {
    Shape shape = Shape.of("a", "b");
    @Nullable Value[] values = {Value.of(1), null};

    NestValue value = NestValue.of(shape, values);
    values[1] = Value.of(2);

    assertThat(value.names()).containsExactly("a");
    assertThat(value.shape()).isSameAs(shape);
    assertThatIllegalArgumentException().isThrownBy(() -> NestValue.of(shape, new Value[1]));
  }
}
