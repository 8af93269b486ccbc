package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void foldersOfSpecsAreComparedAndWhatIsWrongInOneIsTold() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(spec, other.resolve("sensors.yaml"));

    assertThat(jgenl.run("spec", "diff", folder.toString(), other.toString())).isZero();

    Path wrong = Files.writeString(other.resolve("wrong.yaml"), "name: [");
    assertThat(jgenl.run("spec", "diff", folder.toString(), other.toString())).isEqualTo(1);
    assertThat(jgenl.err()).startsWith("jgenl: " + wrong + ":1:").contains("is not YAML");
    assertThat(jgenl.run("describe", wrong.toString())).isEqualTo(1);
    assertThat(jgenl.err()).startsWith("jgenl: " + wrong + ":1:");
    assertThat(jgenl.out()).isEmpty();
  }

  @Test
  void headersAreLookedForInAFolder() {
    assertThat(jgenl.run("spec", "check", "sensors", "--headers", "/nowhere")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: --headers takes a folder, not '/nowhere'\n");
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
    assertThat(jgenl.run("spec", "nix")).isEqualTo(2);
    assertThat(jgenl.err())
        .startsWith(
            "jgenl: no such action: 'nix'; there are validate, diff, check, docs, generate");
    assertThat(jgenl.run("spec")).isEqualTo(2);
    assertThat(jgenl.err()).startsWith("jgenl: ACTION is missing: validate, diff,");
  }

  @Test
  void aFileIsReadOnceHoweverOftenItIsNamed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), spec);

    assertThat(generate(spec, folder, link)).isZero();
    assertThat(jgenl.out()).contains("sensors/Sensors.java");
  }

  @Test
  void aFolderOfSpecsMayHoldFolders() throws IOException {
    Files.createDirectory(folder.resolve("more.yaml"));

    assertThat(generate(folder)).isZero();
    assertThat(jgenl.run("spec", "validate", folder.resolve("more.yaml").toString())).isEqualTo(2);
    assertThat(jgenl.err()).endsWith("more.yaml: it is a folder\n");
  }

  @Test
  void whatIsInTheWayOfJavaIsNamed() throws IOException {
    Path made = Files.writeString(folder.resolve("made"), "");
    assertThat(generate(spec)).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: --folder takes a folder, not '" + made + "'\n");

    Files.delete(made);
    Files.createDirectories(made.resolve("com/example/sensors/Sensors.java"));
    assertThat(generate(spec)).isEqualTo(2);
    assertThat(jgenl.err()).endsWith("sensors/Sensors.java: it is a folder\n");

    Path index = made.resolve("META-INF/jgenl/families/index");
    Files.write(index, new byte[] {'a', (byte) 0xff});
    assertThat(generate(spec)).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: " + index + " is not UTF-8: byte 2 is 0xff\n");
  }

  @Test
  void onePageIsOfOneSpec() {
    assertThat(jgenl.run("spec", "docs", "sensors", "sensors")).isEqualTo(2);
    assertThat(jgenl.err()).contains("docs takes one spec");
  }

  private int generate(Path... from) {
    List<String> words = new ArrayList<>(List.of("spec", "generate"));
    for (Path spec : from) {
      words.add(spec.toString());
    }
    String made = folder.resolve("made").toString();
    words.addAll(List.of("--package", "com.example", "--folder", made));
    return jgenl.run(words.toArray(new String[0]));
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
