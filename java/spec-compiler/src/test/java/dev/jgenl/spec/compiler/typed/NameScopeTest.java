package dev.jgenl.spec.compiler.typed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameScopeTest {

  @Test
  void aNameIsGivenOnce() {
    NameScope scope = NameScope.ofMembers();

    assertThat(scope.take("txBytes", "txBytesValue")).isEqualTo("txBytes");
    assertThat(scope.take("txBytes", "txBytesValue")).isEqualTo("txBytesValue");
    assertThat(scope.take("txBytes", "txBytesValue")).isEqualTo("txBytesValue2");
    assertThat(scope.take("txBytes", "txBytesValue")).isEqualTo("txBytesValue3");
  }

  @Test
  void keywordsAndMethodsOfObjectsAreReserved() {
    NameScope scope = NameScope.ofMembers();

    assertThat(scope.take("class", "classValue")).isEqualTo("classValue");
    assertThat(scope.take("wait", "waitValue")).isEqualTo("waitValue");
    assertThat(scope.take("toValue", "toValueValue")).isEqualTo("toValueValue");
    assertThat(scope.take("value", "valueValue")).isEqualTo("value");
  }

  @Test
  void classesThatProgramsUseAnywayAreReserved() {
    assertThat(NameScope.ofTypes().take("String", "StringAttrs")).isEqualTo("StringAttrs");
    assertThat(NameScope.ofTypes().take("List", "ListAttrs")).isEqualTo("ListAttrs");
    assertThat(NameScope.ofTypes().take("Flags", "FlagsEnum")).isEqualTo("FlagsEnum");
  }

  @Test
  void filesOfClassesDifferByMoreThanCase() {
    NameScope scope = NameScope.ofTypes();

    assertThat(scope.take("Bitset", "BitsetAttrs")).isEqualTo("Bitset");
    assertThat(scope.take("BitSet", "BitSetAttrs")).isEqualTo("BitSetAttrs");
  }
}
