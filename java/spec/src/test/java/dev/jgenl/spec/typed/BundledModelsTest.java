package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.SampleModels;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelsTest {

  /** Stands for a generated client. */
  private static final class Anchor {}

  @TempDir private Path folder;

  /** Makes a folder of a class path, with a model and perhaps the class. */
  private URL root(String name, Family model, boolean hasClass) throws IOException {
    Path root = folder.resolve(name);
    Path models = Files.createDirectories(root.resolve("META-INF/jgenl/families"));
    Files.write(models.resolve("demo.model"), ModelFile.write(model));
    if (hasClass) {
      String file = Anchor.class.getName().replace('.', '/') + ".class";
      Files.createDirectories(root.resolve(file).getParent());
      try (InputStream in = Anchor.class.getResourceAsStream("/" + file)) {
        Files.copy(in, root.resolve(file));
      }
    }
    return root.toUri().toURL();
  }

  @Test
  void modelBesideTheClassCounts() throws Exception {
    URL other = root("other", SampleModels.generic(), false);
    URL own = root("own", SampleModels.nftables(), true);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {other, own}, null)) {
      Class<?> anchor = loader.loadClass(Anchor.class.getName());

      Family model = TypedFamily.model(anchor, "demo");

      assertThat(model).isEqualTo(SampleModels.nftables());
      assertThat(TypedFamily.model(anchor, "demo")).isSameAs(model);
    }
  }

  @Test
  void modelElsewhereIsFoundIfThereIsNoneBesideTheClass() throws Exception {
    URL own = root("own", SampleModels.nftables(), true);
    Files.move(
        folder.resolve("own/META-INF"),
        Files.createDirectory(folder.resolve("b")).resolve("META-INF"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {own, folder.resolve("b").toUri().toURL()}, null)) {
      Class<?> anchor = loader.loadClass(Anchor.class.getName());

      assertThat(TypedFamily.model(anchor, "demo")).isEqualTo(SampleModels.nftables());
    }
  }

  @Test
  void modelThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> TypedFamily.model(Anchor.class, "nothing"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "META-INF/jgenl/families/nothing.model is not where " + Anchor.class.getName() + " is");
  }
}
