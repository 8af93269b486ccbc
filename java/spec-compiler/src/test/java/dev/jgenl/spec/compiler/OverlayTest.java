package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {

  private static final String SPEC =
      """
      name: f
      doc: old
      definitions:
        - {name: e, type: enum, entries: [a, b]}
        - {name: s, type: struct, members: [{name: x, type: u8}, {name: y, type: u32}]}
      sub-messages:
        - {name: m, formats: [{value: veth, attribute-set: one}, {value: bond, attribute-set: two}]}
      operations: {list: [{name: get, do: &call {request: {attributes: [p]}}, dump: *call}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doc: new | doc | new",
        "version: 2 | version | 2",
        "'definitions: [{name: e, doc: it}]' | definitions e doc | it",
        "'definitions: [{name: e, entries: [{name: b, value: 7}]}]' | definitions e entries b value | 7",
        "'definitions: [{name: e, entries: [c]}]' | definitions e entries c | c",
        "'definitions: [{name: new, type: enum}]' | definitions new type | enum",
        "'sub-messages: [{name: m, formats: [{value: bond, attribute-set: 3}]}]'"
            + " | sub-messages m formats bond attribute-set | 3",
        "'operations: {list: [{name: get, do: {request: {attributes: [q]}}}]}'"
            + " | operations list get do request attributes q | q",
      })
  void merges(String overlay, String path, String expected) throws SpecException {
    Tree corrected = apply(overlay);

    assertThat(corrected.nearest(List.of(path.split(" "))).name()).isEqualTo(expected);
  }

  @Test
  void leavesWhatItDoesNotName() throws SpecException {
    Tree corrected = apply("definitions: [{name: s, members: [{name: y, type: u16}]}]");

    assertThat(names(corrected, "definitions")).containsExactly("e", "s");
    assertThat(names(corrected, "definitions", "s", "members")).containsExactly("x", "y");
    assertThat(corrected.nearest(List.of("definitions", "s", "members", "x", "type")).name())
        .isEqualTo("u8");
  }

  @Test
  void addsAtTheEndOrBehind() throws SpecException {
    Tree corrected =
        apply(
            """
            definitions:
              - name: s
                members:
                  - {name: last, type: u8}
                  - {name: gap, after: x, type: pad, len: 3}
            """);

    assertThat(names(corrected, "definitions", "s", "members"))
        .containsExactly("x", "gap", "y", "last");
    assertThat(corrected.nearest(List.of("definitions", "s", "members", "gap")))
        .isInstanceOfSatisfying(
            Tree.Mapping.class, m -> assertThat(m.fields()).doesNotContainKey("after"));
  }

  @Test
  void removesThingsAndKeys() throws SpecException {
    Tree corrected =
        apply(
            """
            definitions:
              - {name: e, remove: true}
              - {name: s, members: [{name: y, remove: [type]}]}
            """);

    assertThat(names(corrected, "definitions")).containsExactly("s");
    assertThat(corrected.nearest(List.of("definitions", "s", "members", "y")))
        .isInstanceOfSatisfying(
            Tree.Mapping.class, m -> assertThat(m.fields()).containsOnlyKeys("name"));
  }

  @Test
  void replacesAListThatItRemovesFirst() throws SpecException {
    Tree corrected =
        apply(
            "operations: {list: [{name: get, do: {request: {remove: [attributes], attributes: [q]}}}]}");

    assertThat(names(corrected, "operations", "list", "get", "do", "request", "attributes"))
        .containsExactly("q");
  }

  @Test
  void leavesWhatAnAliasRepeatsElsewhere() throws SpecException {
    Tree corrected = apply("operations: {list: [{name: get, do: {request: {attributes: [q]}}}]}");

    assertThat(names(corrected, "operations", "list", "get", "dump", "request", "attributes"))
        .containsExactly("p");
  }

  @Test
  void knowsItsOwnLines() throws SpecException {
    Tree corrected = apply("doc: new");

    assertThat(corrected.nearest(List.of("doc")).place().file()).isEqualTo("overlay.yaml");
    assertThat(corrected.nearest(List.of("definitions")).place().file()).isEqualTo("f.yaml");
  }

  @Test
  void saysWhyAndWhere() throws SpecException {
    Overlay overlay =
        overlay("definitions: [{name: e, because: it is 7, entries: [{name: b, value: 7}]}]");

    assertThat(overlay.corrections()).containsExactly("it was wrong", "definitions/e: it is 7");
  }

  @Test
  void becauseAndAtDoNotReachTheSpec() throws SpecException {
    Tree.Mapping corrected =
        (Tree.Mapping) apply("at: " + "0".repeat(64) + "\ndefinitions: [{name: e, because: why}]");

    assertThat(corrected.fields())
        .containsOnlyKeys("name", "doc", "definitions", "sub-messages", "operations");
    assertThat(((Tree.Mapping) corrected.nearest(List.of("definitions", "e"))).fields())
        .doesNotContainKey("because");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'definitions: [{name: f, remove: true}]'"
            + " | overlay.yaml:3:15: there is no f in the list in f.yaml:4:3: is e meant?",
        "'definitions: [{name: e, remove: [entry]}]'"
            + " | there is no key entry to remove in f.yaml:4:5: is entries meant?",
        "'definitions: [{name: s, members: [{name: z, after: xx, type: u8}]}]'"
            + " | there is no xx in the list in f.yaml:5:38: is x meant?",
        "'definitions: [{name: e, after: s}]' | e is in the list already: leave after out",
        "'definitions: {name: e}' | this corrects a list in f.yaml:4:3 and is something with keys",
        "'doc: [a]' | this corrects a text or a number in f.yaml:2:6 and is a list",
        "'definitions: [{type: enum}]' | without a name, this corrects nothing: name it",
        "'definitions: [{name: e, remove: 1}]' | remove has to be true or false",
        "'definitions: [{name: new, remove: [x]}]' | there is no key x to remove",
      })
  void refusesWhatMatchesNothing(String overlay, String problem) {
    assertThatThrownBy(() -> apply(overlay))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("overlay.yaml:3:")
        .hasMessageContaining(problem);
  }

  @Test
  void correctsItsOwnSpecOnly() {
    assertThatThrownBy(() -> overlay("doc: x").applyTo(Tree.read("g.yaml", "name: g")))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("this corrects f, not g");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'because: why' | an overlay lacks its key name",
        "'name: f' | an overlay lacks its key because",
        "'{name: f, because: why, at: 123}' | at has to be the sha256 of the spec",
        "'[name]' | an overlay has to have keys",
      })
  void refusesWhatIsNoOverlay(String yaml, String problem) {
    assertThatThrownBy(() -> Overlay.of(Tree.read("overlay.yaml", yaml)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void comesWithThisLibrary() {
    Overlay overlay = Overlay.bundled("nlctrl").orElseThrow();

    assertThat(overlay.family()).isEqualTo("nlctrl");
    assertThat(overlay.at()).isPresent();
    assertThat(overlay.corrections()).isNotEmpty();
    assertThat(Overlay.bundled("no-such-family")).isEmpty();
  }

  private static Tree apply(String overlay) throws SpecException {
    return overlay(overlay).applyTo(Tree.read("f.yaml", SPEC));
  }

  private static Overlay overlay(String text) throws SpecException {
    return Overlay.of(Tree.read("overlay.yaml", "name: f\nbecause: it was wrong\n" + text));
  }

  private static List<String> names(Tree tree, String... path) {
    return ((Tree.Sequence) tree.nearest(List.of(path))).items().stream().map(Tree::name).toList();
  }
}
