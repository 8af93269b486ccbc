package dev.jgenl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NlSocketTest {

  @Test
  @DisplayName("T61 the number by which a library of another version is known is right")
  void functionsAreCounted() {
    long natives =
        Arrays.stream(NlSocket.class.getDeclaredMethods())
            .filter(method -> Modifier.isNative(method.getModifiers()))
            .count();

    assertThat(NlSocket.FUNCTIONS).isEqualTo((int) natives);
  }
}
