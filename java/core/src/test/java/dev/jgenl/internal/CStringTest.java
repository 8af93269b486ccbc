package dev.jgenl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CStringTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "nlctrl", "größe", "\ud83d\ude00", "a\0b"})
  void bytesAreThoseOfTheString(String string) {
    assertThat(CString.encode(string, StandardCharsets.UTF_8))
        .isEqualTo(string.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00", "\ude00\ud83d"})
  @DisplayName("T56 an unpaired surrogate is not replaced by something else")
  void unpairedSurrogateIsRefused(String string) {
    assertThat(CString.encode(string, StandardCharsets.UTF_8)).isNull();
  }

  @Test
  void whatTheCharsetLacksIsRefused() {
    assertThat(CString.encode("größe", StandardCharsets.US_ASCII)).isNull();
  }

  @Test
  void nullIsNull() {
    assertThat(CString.encode(null, StandardCharsets.UTF_8)).isNull();
  }
}
