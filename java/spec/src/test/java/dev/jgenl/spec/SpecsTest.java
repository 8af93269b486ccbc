package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of the models in several folders of a class path. */
class SpecsTest {

  @TempDir private Path folder;

  @Test
  void modelsOfAllJarsAreFound() throws IOException {
    jar("one", "a\nb\n", family("a", ""), family("b", ""));
    jar("two", "c\n", family("c", ""));

    try (URLClassLoader loader = loader("one", "two")) {
      Specs specs = Specs.of(loader);

      assertThat(specs.names()).containsExactly("a", "b", "c");
      assertThat(specs.names()).allSatisfy(n -> assertThat(specs.family(n).name()).isEqualTo(n));
    }
  }

  @Test
  void firstJarOfThePathDecidesOnWhatBothHave() throws IOException {
    jar("one", "a\n", family("a", "the first"));
    jar("two", "b\na\n", family("a", "the second"), family("b", ""));

    try (URLClassLoader loader = loader("one", "two")) {
      Specs specs = Specs.of(loader);

      assertThat(specs.names()).containsExactly("a", "b");
      assertThat(specs.family("a").doc()).isEqualTo("the first");
    }
  }

  @Test
  void indicesThatWereAppendedWithEmptyLinesAreOne() throws IOException {
    jar("packed", "a\n\nb\n\n", family("a", ""), family("b", ""));

    try (URLClassLoader loader = loader("packed")) {
      Specs specs = Specs.of(loader);

      assertThat(specs.names()).containsExactly("a", "b");
      assertThat(specs.find("c")).isEmpty();
    }
  }

  @Test
  void modelsOfAFolderAreFound() throws IOException {
    jar("one", "a\nb\n", family("a", "of a folder"));
    Path models = folder.resolve("one/META-INF/jgenl/families");
    Specs specs = Specs.of(models);

    assertThat(specs.names()).containsExactly("a", "b");
    assertThat(specs.family("a").doc()).isEqualTo("of a folder");
    assertThatThrownBy(() -> specs.find("b"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("b.model");
    assertThatThrownBy(() -> Specs.of(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("index");
  }

  private static Family family(String name, String doc) {
    Family demo = new Models().family();
    return new Family(
        name,
        doc,
        demo.protocol(),
        demo.provenance(),
        demo.definitions(),
        demo.sets(),
        demo.subMessages(),
        demo.operations(),
        demo.groups());
  }

  private void jar(String name, String index, Family... families) throws IOException {
    Path models = folder.resolve(name).resolve("META-INF/jgenl/families");
    Files.createDirectories(models);
    Files.writeString(models.resolve("index"), index);
    for (Family family : families) {
      Files.write(models.resolve(family.name() + ".model"), ModelFile.write(family));
    }
  }

  private URLClassLoader loader(String... names) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String name : names) {
      urls.add(folder.resolve(name).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), null);
  }
}
