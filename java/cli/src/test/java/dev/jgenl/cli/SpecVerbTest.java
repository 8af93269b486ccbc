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
    assertThat(jgenl.err()).startsWith(wrong + ":8:").contains("u23");
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

  @Test
  void onePageIsOfOneSpec() {
    assertThat(jgenl.run("spec", "docs", "sensors", "sensors")).isEqualTo(2);
    assertThat(jgenl.err()).contains("docs takes one spec");
  }

  private int generate(Path from) {
    return jgenl.run(
        "spec",
        "generate",
        from.toString(),
        "--package",
        "com.example",
        "--folder",
        folder.resolve("made").toString());
  }

  @Test
  void javaIsWrittenWithTheModelThatItReads() {
    assertThat(generate(spec)).isZero();

    assertThat(folder.resolve("made/com/example/sensors/Sensors.java"))
        .content()
        .contains("package com.example.sensors;", "public final class Sensors");
    assertThat(folder.resolve("made/META-INF/jgenl/families/sensors.model")).isNotEmptyFile();
    assertThat(jgenl.out())
        .contains("{\"written\":\"" + folder.resolve("made/META-INF/jgenl/families/index"));
  }

  @Test
  void onlyWhatDiffersIsWrittenAndNothingIsRemoved() throws IOException {
    generate(spec);
    Path other = Files.createDirectory(folder.resolve("other")).resolve("heaters.yaml");
    Files.writeString(other, Files.readString(spec).replace("name: sensors", "name: heaters"));

    assertThat(generate(spec)).isZero();
    assertThat(jgenl.out()).isEqualTo("[]\n");
    assertThat(generate(other.getParent())).isZero();
    assertThat(jgenl.out()).contains("heaters/Heaters.java").doesNotContain("sensors");
    assertThat(folder.resolve("made/com/example/sensors/Sensors.java")).exists();
    assertThat(folder.resolve("made/META-INF/jgenl/families/index"))
        .hasContent("heaters\nsensors\n");
  }

  @Test
  void whatCannotBecomeJavaIsToldWithItsPlaceAndNothingIsWritten() throws IOException {
    Path wrong = changed("{name: floor, type: u32}", "{name: floor, type: u23}");

    assertThat(generate(wrong)).isEqualTo(1);
    assertThat(jgenl.err()).startsWith(wrong + ":8:").contains("u23");
    assertThat(jgenl.run("spec", "generate", "sensors", "--package", "a")).isEqualTo(2);
    assertThat(jgenl.err()).contains("takes files and folders");
    assertThat(generate(Files.createDirectory(folder.resolve("empty")))).isEqualTo(2);
    assertThat(jgenl.err()).contains("no specs");
    assertThat(jgenl.run("spec", "generate", spec.toString())).isEqualTo(2);
    assertThat(jgenl.err()).contains("--package");
    assertThat(jgenl.run("spec", "generate", spec.toString(), "--package", "a-b")).isEqualTo(2);
    assertThat(jgenl.err()).contains("no name of a package: a-b");
    assertThat(folder.resolve("made")).doesNotExist();
  }
}
