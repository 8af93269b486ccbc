package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.test.Comparison.Difference;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison with pyynl would notice, and what it takes for the same. */
class ComparisonIT {

  @Test
  void sameAnswersDoNotDiffer() throws Exception {
    assertThat(paths("{'a': 1, 'b': {'c': ['x', 'y']}, 'd': true}")).isEmpty();
  }

  @Test
  void otherNumberTextFlagOrNestDiffers() throws Exception {
    assertThat(paths("{'a': 1}", "{'a': 2}")).containsExactly("a");
    assertThat(paths("{'a': 1}", "{'a': '1'}")).containsExactly("a");
    assertThat(paths("{'a': 'x'}", "{'a': 'y'}")).containsExactly("a");
    assertThat(paths("{'a': true}", "{'a': false}")).containsExactly("a");
    assertThat(paths("{'a': {'b': 1}}", "{'a': {'b': 2}}")).containsExactly("a.b");
    assertThat(paths("{'a': 18446744073709551615}", "{'a': -1}")).containsExactly("a");
  }

  @Test
  void whatOnlyOneHasDiffers() throws Exception {
    assertThat(paths("{'a': 1}", "{}")).containsExactly("a");
    assertThat(paths("{}", "{'a': {'b': 1}}")).containsExactly("a");
  }

  @Test
  void listsDifferInLengthOrderAndElements() throws Exception {
    assertThat(paths("{'a': [1, 2]}", "{'a': [1]}")).containsExactly("a");
    assertThat(paths("{'a': [1, 2]}", "{'a': [2, 1]}")).containsExactly("a[]");
    assertThat(paths("{'a': [{'b': 1}]}", "{'a': [{'b': 2}]}")).containsExactly("a[].b");
  }

  @Test
  void flagsHaveNoOrderButHaveToBeTheSame() throws Exception {
    String theirs = "{'a': {'{}': ['x', 'y', 'Unknown(4)', 'Unknown(5)']}}";
    assertThat(paths("{'a': ['y', 'x', 48]}", theirs)).isEmpty();
    assertThat(paths("{'a': ['y', 'x', 32]}", theirs)).containsExactly("a");
    assertThat(paths("{'a': ['y', 48]}", theirs)).containsExactly("a");
    assertThat(paths("{'a': []}", "{'a': {'{}': []}}")).isEmpty();
  }

  @Test
  void indicesOfAnArrayHaveToBeTheSame() throws Exception {
    String theirs = "{'a': [{'1': {'b': 1}}, {'2': {'b': 2}}]}";
    assertThat(paths("{'a': [{'b': 1}, {'b': 2}]}", theirs)).isEmpty();
    assertThat(paths("{'a': {'1': {'b': 1}, '2': {'b': 2}}}", theirs)).isEmpty();
    assertThat(paths("{'a': {'0': {'b': 1}, '1': {'b': 2}}}", theirs)).isNotEmpty();
    String gap = "{'a': [{'1': {'b': 1}}, {'3': {'b': 2}}]}";
    assertThat(paths("{'a': [{'b': 1}, {'b': 2}]}", gap)).containsExactly("a");
    assertThat(paths("{'a': {'1': {'b': 1}, '3': {'b': 2}}}", gap)).isEmpty();
    String same = "{'a': [{'0': {'b': 1}}, {'0': {'b': 2}}]}";
    assertThat(paths("{'a': [{'b': 1}, {'b': 2}]}", same)).isEmpty();
    assertThat(paths("{'a': [{'b': 2}, {'b': 1}]}", same)).isNotEmpty();
  }

  @Test
  void unknownNamesAreNumbers() throws Exception {
    assertThat(paths("{'7': '00ff', 'a': 9}", "{'UnknownAttr(7)': '00 ff', 'a': 'Unknown(9)'}"))
        .isEmpty();
  }

  @Test
  void numberThatGoesOnLiesBetween() throws Exception {
    assertThat(Comparison.of(json("{'a': 5}"), json("{'a': 4}"), json("{'a': 6}"))).isEmpty();
    assertThat(Comparison.of(json("{'a': 5}"), json("{'a': 6}"), json("{'a': 4}"))).isEmpty();
    assertThat(Comparison.of(json("{'a': 7}"), json("{'a': 4}"), json("{'a': 6}"))).hasSize(1);
  }

  @Test
  void nothingButNumbersMayChange() throws Exception {
    assertThat(Comparison.isSteady(json("{'a': [1]}"), json("{'a': [2]}"))).isTrue();
    assertThat(Comparison.isSteady(json("{'a': [1]}"), json("{'a': [1, 2]}"))).isFalse();
    assertThat(Comparison.isSteady(json("{'a': 'x'}"), json("{'a': 'y'}"))).isFalse();
    assertThat(Comparison.isSteady(json("{'a': 1}"), json("{'b': 1}"))).isFalse();
  }

  private static List<String> paths(String both) throws IOException {
    return paths(both, both);
  }

  private static List<String> paths(String ours, String theirs) throws IOException {
    return Comparison.of(json(ours), json(theirs), json(theirs)).stream()
        .map(Difference::path)
        .toList();
  }

  private static List<Json> json(String message) throws IOException {
    return Json.parse("[" + message.replace('\'', '"') + "]");
  }
}
