package dev.jgenl.spec.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecCompilerTest {

  private static final String SPEC =
      """
      # SPDX-License-Identifier: MIT
      ---
      name: f
      attribute-sets: [{name: s, attributes: [{name: a, type: u8}]}]
      operations: {list: [{name: get, attribute-set: s, do: {request: {attributes: [a]}}}]}
      """;

  private static final String SHA256 = new SpecFile("f.yaml", SPEC.getBytes(UTF_8)).sha256();

  @Test
  void saysWhereAFamilyComesFrom() throws SpecException {
    Family family =
        SpecCompiler.create()
            .with(overlay("at: " + SHA256))
            .compile("f.yaml", SPEC.getBytes(UTF_8));

    assertThat(family.provenance().file()).isEqualTo("f.yaml");
    assertThat(family.provenance().sha256()).isEqualTo(SHA256).hasSize(64);
    assertThat(family.provenance().licence()).isEqualTo("MIT");
    assertThat(family.provenance().corrections()).containsExactly("it was wrong");
  }

  @Test
  void appliesTheOverlaysOfTheSpecAlone() throws SpecException {
    Overlay other =
        Overlay.of(Tree.read("overlay.yaml", "name: g\nbecause: it was wrong\ndoc: new"));

    Family family =
        SpecCompiler.bare()
            .with(other)
            .with(overlay("doc: first"))
            .with(overlay("doc: second"))
            .compile("f.yaml", SPEC.getBytes(UTF_8));

    assertThat(family.doc()).isEqualTo("second");
  }

  @Test
  void refusesASpecThatAnOverlayWasNotWrittenFor() {
    SpecCompiler compiler = SpecCompiler.create();

    assertThatThrownBy(
            () ->
                compiler
                    .with(overlay("at: " + "0".repeat(64)))
                    .compile("f.yaml", SPEC.getBytes(UTF_8)))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("overlay.yaml:3:5: this corrects another f")
        .hasMessageContaining(SHA256)
        .hasMessageContaining("compile unpinned");
  }

  @Test
  void correctsAnyVersionIfItIsUnpinned() throws SpecException {
    Family family =
        SpecCompiler.create()
            .with(overlay("at: " + "0".repeat(64) + "\ndoc: new"))
            .unpinned()
            .compile("f.yaml", SPEC.getBytes(UTF_8));

    assertThat(family.doc()).isEqualTo("new");
  }

  @Test
  void refusesTheKernelsOwnSpecInAVersionThatItHasNoOverlayFor() {
    byte[] nlctrl = SPEC.replace("name: f\n", "name: nlctrl\n").getBytes(UTF_8);

    assertThatThrownBy(() -> SpecCompiler.create().compile("f.yaml", nlctrl))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("nlctrl.yaml:");
  }

  @Test
  void tellsAllThatDoesNotFitTogetherWithItsLine() {
    String spec =
        """
        name: f
        attribute-sets:
          - name: s
            attributes:
              - {name: a, type: nest, nested-attributes: t}
        operations:
          list:
            - {name: get, attribute-set: s, do: {request: {attributes: [b]}}}
        """;

    assertThatThrownBy(() -> SpecCompiler.create().compile("f.yaml", spec.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            SpecException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "f.yaml:5:50: there is no attribute set t: is s meant?",
                        "f.yaml:8:65: there is no attribute of s b: is a meant?"));
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), SPEC);

    Family family = SpecCompiler.create().compile(file);

    assertThat(family.name()).isEqualTo("f");
    assertThat(family.provenance().file()).isEqualTo("my.yaml");
    assertThatThrownBy(() -> SpecCompiler.create().compile(folder.resolve("none.yaml")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static Overlay overlay(String text) throws SpecException {
    return Overlay.of(Tree.read("overlay.yaml", "name: f\nbecause: it was wrong\n" + text));
  }
}
