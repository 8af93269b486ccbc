package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecVerbTest {

  @TempDir Path folder;
  private Scripted jgenl;
  private Path spec;

  @BeforeEach
  void script() throws IOException {
    jgenl = new Scripted(folder);
    spec = folder.resolve("sensors.yaml");
  }

  private Path changed(String from, String to) throws IOException {
    return Files.writeString(
        folder.resolve("changed.yaml"), Files.readString(spec).replace(from, to));
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() throws IOException {
    Path wrong = changed("{name: floor, type: u32}", "{name: floor, type: u23}");

    assertThat(jgenl.run("spec", "validate", spec.toString(), wrong.toString())).isEqualTo(1);
    assertThat(jgenl.err()).contains("changed.yaml:8:").contains("u23");
    assertThat(jgenl.out()).contains("\"family\":\"sensors\"");
  }

  @Test
  void twoSpecsAreCompared() throws IOException {
    Path other = changed("type: u64", "type: u32");

    assertThat(jgenl.run("spec", "diff", spec.toString(), spec.toString())).isZero();
    assertThat(jgenl.out()).isEqualTo("[]\n");
    assertThat(jgenl.run("spec", "diff", spec.toString(), other.toString())).isEqualTo(1);
    assertThat(jgenl.out())
        .isEqualTo(
            "[{\"family\":\"sensors\",\"what\":\"set sensor.count\",\"differs\":\"6 u64 is now 6 u32\"}]\n");
  }

  @Test
  void aPageOfMarkdownIsWritten() {
    assertThat(jgenl.run("spec", "docs", "sensors")).isZero();
    assertThat(jgenl.out())
        .startsWith("# sensors\n")
        .contains("| count | 6 | u64 |  |")
        .contains("- needs `CAP_NET_ADMIN`");
  }

  @Test
  void anActionThatThereIsNotIsNamed() {
    assertThat(jgenl.run("spec", "validat", "sensors")).isEqualTo(2);
    assertThat(jgenl.err()).contains("is it validate");
  }
}
