package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeTest {

  @Test
  void knowsWhereEachPartStands() throws SpecException {
    Tree tree =
        Tree.read(
            "f.yaml",
            """
            name: f
            list:
              - first
              - {name: second, value: 7}
            """);

    assertThat(place(tree)).isEqualTo("f.yaml:1:1");
    assertThat(place(tree, "name")).isEqualTo("f.yaml:1:7");
    assertThat(place(tree, "list", "first")).isEqualTo("f.yaml:3:5");
    assertThat(place(tree, "list", "second")).isEqualTo("f.yaml:4:5");
    assertThat(place(tree, "list", "second", "value")).isEqualTo("f.yaml:4:27");
  }

  @Test
  void leadsToTheNearestPartThereIs() throws SpecException {
    Tree tree = Tree.read("f.yaml", "a:\n  b: [{name: c}]\n");

    assertThat(place(tree, "a", "b", "c", "gone", "further")).isEqualTo("f.yaml:2:7");
    assertThat(place(tree, "gone")).isEqualTo("f.yaml:1:1");
  }

  private static String place(Tree tree, String... path) {
    return tree.nearest(List.of(path)).place().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0x101, INTEGER",
    "0o17, INTEGER",
    "017, INTEGER",
    "-5, INTEGER",
    "1.5, FRACTION",
    "true, TRUTH",
    "on, TEXT",
    "yes, TEXT",
    "'\"12\"', TEXT",
    "~, NOTHING",
    "null, NOTHING",
    "802-3, TEXT",
    "8021q, TEXT"
  })
  void takesScalarsAsYaml12Does(String written, Tree.Scalar.Kind kind) throws SpecException {
    Tree tree = Tree.read("f.yaml", "key: " + written + "\n").nearest(List.of("key"));

    assertThat(tree).isInstanceOfSatisfying(Tree.Scalar.class, s -> assertKind(s, kind));
  }

  private static void assertKind(Tree.Scalar scalar, Tree.Scalar.Kind kind) {
    assertThat(scalar.kind()).isEqualTo(kind);
  }

  @Test
  void repeatsWhatAnAliasNames() throws SpecException {
    Tree tree = Tree.read("f.yaml", "a: &x {b: 1}\nc: *x\n");

    assertThat(tree.nearest(List.of("c", "b"))).isSameAs(tree.nearest(List.of("a", "b")));
  }

  @Test
  void keepsTheOrderOfKeys() throws SpecException {
    Tree.Mapping tree = (Tree.Mapping) Tree.read("f.yaml", "z: 1\na: 2\nm: 3\n");

    assertThat(tree.fields().keySet()).containsExactly("z", "a", "m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: &x {b: *x}' | f.yaml:1:11: *x is within &x: nothing can hold itself",
        "'&x [*x]' | f.yaml:1:5: *x is within &x: nothing can hold itself",
        "'a: *x' | f.yaml:1:4: *x has no &x before it",
        "'{a: 1, b: 2, a: 3}' | f.yaml:1:14: the key a stands in line 1 already",
        "'? [a]\n: 1' | f.yaml:1:5: a key has to be plain text",
        "'a: !!java.lang.Runtime b' | the tag tag:yaml.org,2002:java.lang.Runtime",
        "'a: !x {}' | f.yaml:1:4: the tag !x: specs have none, leave it out",
        "'a: 1\n---\nb: 2' | f.yaml:2:1: a second document: leave only one in the file",
        "'a: [' | f.yaml:1:5: is not YAML",
        "'a: \"b' | is not YAML",
        "'\ta: 1' | f.yaml:1:1: is not YAML",
        "'a: \u0007' | is not YAML",
        "'' | f.yaml:1:1: is empty",
        "'# nothing' | f.yaml:1:1: is empty",
      })
  void refusesWhatNoSpecIs(String yaml, String problem) {
    assertThatThrownBy(() -> Tree.read("f.yaml", yaml))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesAMillionAliases() {
    String bomb = "a: &x {b: 1, c: 2}\nd: [" + "*x,".repeat(1_000_000) + "]\n";

    assertThatThrownBy(() -> Tree.read("f.yaml", bomb))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("f.yaml:2:")
        .hasMessageContaining("more than 1000000 parts with what aliases repeat");
  }

  @Test
  void refusesAliasesOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(alias, alias))));
    }

    assertThatThrownBy(() -> Tree.read("f.yaml", bomb.toString()))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("more than 1000000 parts");
  }

  @Test
  void refusesLevelsWithoutEnd() {
    assertThatThrownBy(() -> Tree.read("f.yaml", "[".repeat(100_000)))
        .isInstanceOf(SpecException.class)
        .hasMessage("f.yaml:1:65: more than 64 levels deep");
  }

  @Test
  void takesAScalarOfAMegabyte() throws SpecException {
    String huge = "1".repeat(1 << 20);

    assertThat(Tree.read("f.yaml", "doc: " + huge).nearest(List.of("doc")).name()).isEqualTo(huge);
  }

  @Test
  void refusesAFileThatIsTooLong() {
    assertThatThrownBy(() -> Tree.read("f.yaml", "doc: " + "x".repeat(5 << 20)))
        .isInstanceOf(SpecException.class)
        .hasMessage("f.yaml:1:1: is 5242885 bytes, more than 4194304: is it a spec?");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThatThrownBy(() -> Tree.read("f.yaml", new byte[] {'a', ':', (byte) 0xff}))
        .isInstanceOf(SpecException.class)
        .hasMessage("f.yaml:1:1: is not UTF-8: convert it");
  }
}
