package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentsTest {

  private static String json(String... words) {
    Assignments assignments = new Assignments("fib-rule-hdr");
    for (String word : words) {
      assignments.add(word);
    }
    return assignments.value().toJson();
  }

  @Test
  void pathsBecomeNests() {
    assertThat(json("header.dev-name=eth0", "header.flags=stats", "rx=512"))
        .isEqualTo("{\"header\":{\"dev-name\":\"eth0\",\"flags\":\"stats\"},\"rx\":\"512\"}");
  }

  @Test
  void aWordAloneIsAFlag() {
    assertThat(json("a.counts-only")).isEqualTo("{\"a\":{\"counts-only\":true}}");
  }

  @Test
  void elementsAreAddedOneByOne() {
    assertThat(
            json("bits.bit+={name: x}", "bits.bit+={name: y, value: true}", "bits.bit[1].index=3"))
        .isEqualTo(
            "{\"bits\":{\"bit\":[{\"name\":\"x\"},"
                + "{\"name\":\"y\",\"value\":\"true\",\"index\":\"3\"}]}}");
  }

  @Test
  void textMayHoldWhatIsSpecialInPaths() {
    assertThat(json("name=a.b=c+=[d", "empty="))
        .isEqualTo("{\"name\":\"a.b=c+=[d\",\"empty\":\"\"}");
  }

  @Test
  void whatBeginsAsAListIsOne() {
    assertThat(json("flags=[up, running]")).isEqualTo("{\"flags\":[\"up\",\"running\"]}");
  }

  @Test
  void aMemberOfTheHeaderKeepsItsPoint() {
    assertThat(json("fib-rule-hdr.table=5", "table=6"))
        .isEqualTo("{\"fib-rule-hdr.table\":\"5\",\"table\":\"6\"}");
  }

  @Test
  void wordsComeOnTopOfAValue() {
    Assignments assignments = new Assignments(null);
    assignments.putAll(Value.parse("{a: {b: 1, c: [x]}}"));
    assignments.add("a.b=2");
    assignments.add("a.c+=y");

    assertThat(assignments.value().toJson()).isEqualTo("{\"a\":{\"b\":\"2\",\"c\":[\"x\",\"y\"]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "=", ".a=1", "a.=1", "a..b=1", "a[=1", "a[x]=1", "a[1]=1", "a[-1]=1", "a[0]b=1", "+=1"
      })
  void whatIsNoPathIsRefused(String word) {
    assertThatThrownBy(() -> json(word)).isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b=3", "a={c: 1}", "a.l[0]=y", "a.l=[]", "a.b"})
  void aValueIsGivenOnce(String word) {
    assertThatThrownBy(() -> json("a={b: 1, l: [x]}", word))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> json("a.b=1", "a.l+=y", "a.l[0]=z", "a.l[0]=z"))
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b=1", "a+=1", "a[0]=1"})
  void aValueThatIsThereIsNotEntered(String word) {
    assertThatThrownBy(() -> json("a=text", word)).isInstanceOf(CommandException.class);
  }
}
