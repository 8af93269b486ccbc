package dev.jgenl.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  private static final Map<String, byte[]> FILES =
      Map.of("x/A.java", bytes("class A {}"), "x/y/B.java", bytes("class B {}"));

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void writeOnce() throws IOException {
    folder = parent.resolve("not/there");
    assertThat(OutputFolder.update(folder, FILES)).isEqualTo(FILES.keySet());
    for (String path : FILES.keySet()) {
      Files.setLastModifiedTime(folder.resolve(path), LONG_AGO);
    }
  }

  @Test
  void filesAreWritten() {
    assertThat(folder.resolve("x/A.java")).hasContent("class A {}");
    assertThat(folder.resolve("x/y/B.java")).hasContent("class B {}");
  }

  @Test
  void whatIsAsItShouldBeIsLeftAlone() throws IOException {
    assertThat(OutputFolder.update(folder, FILES)).isEmpty();

    for (String path : FILES.keySet()) {
      assertThat(Files.getLastModifiedTime(folder.resolve(path))).isEqualTo(LONG_AGO);
    }
  }

  @Test
  void onlyWhatDiffersIsWritten() throws IOException {
    Map<String, byte[]> others =
        Map.of("x/A.java", bytes("class A { }"), "x/y/B.java", bytes("class B {}"));

    assertThat(OutputFolder.update(folder, others)).containsExactly("x/A.java");

    assertThat(folder.resolve("x/A.java")).hasContent("class A { }");
    assertThat(Files.getLastModifiedTime(folder.resolve("x/y/B.java"))).isEqualTo(LONG_AGO);
  }

  @Test
  void whatIsNotWantedAnyMoreIsRemoved() throws IOException {
    Map<String, byte[]> fewer = Map.of("x/A.java", bytes("class A {}"));

    assertThat(OutputFolder.update(folder, fewer)).containsExactly("x/y/B.java");

    assertThat(folder.resolve("x/y")).doesNotExist();
    assertThat(folder.resolve("x/A.java")).exists();
  }

  @Test
  void whatSomebodyElseHasRemovedOrBrokenIsRepaired() throws IOException {
    Files.delete(folder.resolve("x/A.java"));
    Files.writeString(folder.resolve("x/y/B.java"), "class");

    assertThat(OutputFolder.update(folder, FILES)).isEqualTo(FILES.keySet());

    filesAreWritten();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
