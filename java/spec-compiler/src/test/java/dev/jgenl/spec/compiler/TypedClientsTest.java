package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedClientsTest {

  @TempDir private Path folder;

  @Test
  void eachSpecBecomesAPackageAndAModel() throws Exception {
    TypedClients clients = TypedClients.of(List.of(spec("b_2"), spec("a-1")), "com.example");

    assertThat(clients.sources().keySet())
        .contains("com/example/a1/A1.java", "com/example/b2/B2.java")
        .allMatch(path -> path.matches("com/example/(a1|b2)/[\\w-]+\\.java"));
    assertThat(text(clients.sources().get("com/example/a1/A1.java")))
        .contains("package com.example.a1;");
    assertThat(clients.resources().keySet())
        .containsExactly(
            "META-INF/jgenl/families/a-1.model",
            "META-INF/jgenl/families/b_2.model",
            "META-INF/jgenl/families/index");
    assertThat(ModelFile.read(clients.resources().get("META-INF/jgenl/families/a-1.model")).name())
        .isEqualTo("a-1");
    assertThat(text(clients.resources().get("META-INF/jgenl/families/index")))
        .isEqualTo("a-1\nb_2\n");
  }

  @Test
  void withoutSpecsThereIsNothing() throws Exception {
    TypedClients clients = TypedClients.of(List.of(), "com.example");

    assertThat(clients.sources()).isEmpty();
    assertThat(clients.resources()).isEmpty();
  }

  @Test
  void whatIsWrongIsToldOfAllSpecsWithPlaceAndRemedy() throws IOException {
    Path one = write("one.yaml", valid("one").replace("u32", "u32, enum: stat"));
    Path two = write("two.yaml", "name: [two\n");

    assertThatThrownBy(() -> TypedClients.of(List.of(one, spec("right"), two), "com.example"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(one + ":6:46: there is no enumeration stat: is state meant?")
        .hasMessageContaining(two + ":2:1: is not YAML");
  }

  @Test
  void whatAnAliasRepeatsIsToldOnce() throws IOException {
    String does = "do: {request: {attributes: [id]}, reply: {attributes: [id]}}";
    String alias = "do: &get {request: {attributes: [di]}}\n      dump: *get";
    Path spec = write("a.yaml", valid("a").replace(does, alias));

    assertThatThrownBy(() -> TypedClients.of(List.of(spec), "com.example"))
        .isInstanceOf(SpecException.class)
        .hasMessage(spec + ":11:40: there is no attribute of sensor di: is id meant?");
  }

  @Test
  void twoSpecsOfOnePackageAreRefused() throws IOException {
    Path one = spec("a-1");
    Path two = spec("a_1");

    assertThatThrownBy(() -> TypedClients.of(List.of(one, two), "com.example"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(
            two
                + ":1:1: a_1 would be in one package with a-1 of "
                + one
                + ": give it another name");
  }

  @Test
  void oneFamilyInTwoFilesIsToldWithBoth() throws IOException {
    Path one = spec("a");
    Path two = write("b.yaml", valid("a"));

    assertThatThrownBy(() -> TypedClients.of(List.of(one, two), "com.example"))
        .isInstanceOf(SpecException.class)
        .hasMessage(two + ":1:1: a is in " + one + ", too: leave one of them out");
  }

  @Test
  void packageThatJavaCannotHaveIsRefused() {
    assertThatThrownBy(() -> TypedClients.of(List.of(spec("a")), "com.my-company"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no name of a package: com.my-company");
  }

  private Path spec(String name) throws IOException {
    return write(name + ".yaml", valid(name));
  }

  private Path write(String file, String text) throws IOException {
    return Files.writeString(folder.resolve(file), text);
  }

  private static String valid(String name) {
    return """
        name: %s
        definitions:
          - {name: state, type: enum, entries: [cold, warm, hot]}
        attribute-sets:
          - name: sensor
            attributes: [{name: id, type: u32}]
        operations:
          list:
            - name: get
              attribute-set: sensor
              do: {request: {attributes: [id]}, reply: {attributes: [id]}}
        """
        .formatted(name);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
