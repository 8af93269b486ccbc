package dev.jgenl.spec.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.model.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  private static final String KERNELS = "((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)";

  @TempDir Path folder;
  private Path specs;
  private Path output;
  private String out = "";
  private String err = "";

  @BeforeEach
  void makeFolders() throws IOException {
    specs = Files.createDirectory(folder.resolve("specs"));
    output = folder.resolve("output");
  }

  @Test
  void writesAModelForEachSpec() throws IOException {
    spec("specs/deep/er/other-name.yaml", "beta", KERNELS);
    spec("specs/alpha.yaml", "alpha", KERNELS);

    assertThat(run("--output", output, specs)).isZero();

    assertThat(err).isEmpty();
    assertThat(read("META-INF/jgenl/families/index")).isEqualTo("alpha\nbeta\n");
    byte[] beta = Files.readAllBytes(output.resolve("META-INF/jgenl/families/beta.model"));
    assertThat(ModelFile.read(beta).name()).isEqualTo("beta");
  }

  @Test
  void ignoresWhatIsNoSpec() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    spec("specs/alpha.overrides.yaml", "alpha", KERNELS);
    spec("specs/builtin.yaml", "builtin", KERNELS);
    spec("specs/genetlink-legacy.yaml", "schema", KERNELS);
    spec("specs/netlink-raw.yaml", "schema", KERNELS);
    spec("specs/alpha.yml", "alpha", KERNELS);
    Files.writeString(specs.resolve("binding.yaml"), "title: no spec\nproperties: {}\n");
    Files.writeString(specs.resolve("broken.yaml"), "a: [");

    assertThat(run("--output", output, specs)).isZero();

    assertThat(read("META-INF/jgenl/families/index")).isEqualTo("alpha\n");
  }

  @Test
  void takesTheLicenceAndSaysWhoseItIs() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS + "\n#\n# Copyright (c) 2025 Somebody.");
    spec("specs/beta.yaml", "beta", KERNELS + "\n# Copyright 2023 Another");
    spec("own/mine.yaml", "mine", "MIT");
    Path overlays = Files.createDirectory(folder.resolve("overlays"));
    Files.writeString(overlays.resolve("beta.yaml"), "name: beta\nbecause: why\ndoc: new\n");

    int status =
        run(
            "--output",
            output,
            "--own",
            folder.resolve("own"),
            "--overlays",
            overlays,
            "--origin",
            "Linux 1.0",
            specs);

    assertThat(err).isEmpty();
    assertThat(status).isZero();
    assertThat(read("META-INF/NOTICE"))
        .contains(
            "specs of netlink families: Linux 1.0.",
            "offered under " + KERNELS + ";",
            "Modified: overlays, of beta.",
            "Of jgenl's own and under its licence: mine.",
            "Copyright (c) 2025 Somebody.\nCopyright 2023 Another\nand the contributors to Linux");
    assertThat(read("META-INF/LICENSE-BSD-3-Clause"))
        .contains("Redistribution and use in source and binary forms");
  }

  @Test
  void writesNoLicenceForSpecsOfOnesOwn() throws IOException {
    spec("own/mine.yaml", "mine", "MIT");

    assertThat(run("--output", output, "--own", folder.resolve("own"))).isZero();

    assertThat(sums(output))
        .containsOnlyKeys("META-INF/jgenl/families/index", "META-INF/jgenl/families/mine.model");
  }

  @Test
  void writesAModuleWithAPackageForEachSpec() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    Path java = folder.resolve("java");
    Path old = Files.createDirectories(java.resolve("com/example/gone")).resolve("Gone.java");
    Files.writeString(old, "");

    assertThat(run("--output", output, "--java", java, "--module", "com.example", specs)).isZero();

    assertThat(old).doesNotExist();
    assertThat(java.resolve("com/example/alpha/Alpha.java")).exists();
    assertThat(java.resolve("module-info.java"))
        .content()
        .contains("module com.example {", "exports com.example.alpha;");
  }

  @Test
  void deletesNothingForANameThatIsNoPackage() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    Path java = folder.resolve("java");

    assertThat(run("--output", output, "--java", java, "--module", "..", specs)).isOne();
    assertThat(err).contains("no name of a package: ..");
  }

  @Test
  void refusesTwoFamiliesOfOnePackage() throws IOException {
    spec("specs/alpha.yaml", "al-pha", KERNELS);
    spec("specs/beta.yaml", "al_pha", KERNELS);

    assertThat(run("--output", output, "--java", folder, "--module", "com.example", specs)).isOne();
    assertThat(err).contains("al_pha and al-pha are both of com.example.alpha");
  }

  @Test
  void writesTheSameBytesEachTime() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    spec("specs/beta.yaml", "beta", KERNELS);
    Path again = folder.resolve("again");

    run("--output", output, specs);
    run("--output", again, specs);

    assertThat(sums(again)).isEqualTo(sums(output)).hasSize(5);
  }

  private static Map<String, String> sums(Path root) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sums.put(root.relativize(file).toString(), SpecFile.read(file).sha256());
      }
    }
    return sums;
  }

  @Test
  void removesModelsOfSpecsThatAreGone() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    Path beta = spec("specs/beta.yaml", "beta", KERNELS);
    run("--output", output, specs);
    Files.delete(beta);

    run("--output", output, specs);

    assertThat(sums(output.resolve("META-INF/jgenl")))
        .containsOnlyKeys("families/alpha.model", "families/index");
  }

  @Test
  void takesWhatIsPinned() throws IOException {
    Path alpha = spec("specs/alpha.yaml", "alpha", KERNELS);
    spec("own/mine.yaml", "mine", "MIT");
    Path pins = pins(SpecFile.read(alpha).sha256() + "  alpha");

    int status = run("--output", output, "--pins", pins, "--own", folder.resolve("own"), specs);

    assertThat(err).isEmpty();
    assertThat(status).isZero();
  }

  @Test
  void refusesWhatIsNotAsPinned() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    spec("specs/beta.yaml", "beta", KERNELS);
    Path pins = pins("0".repeat(64) + "  alpha", "1".repeat(64) + "  gamma");

    assertThat(run("--output", output, "--pins", pins, specs)).isOne();

    assertThat(err.lines())
        .hasSize(3)
        .anyMatch(l -> l.startsWith("alpha.yaml:1:1: has the sha256 ") && l.contains("pins"))
        .contains("beta.yaml:1:1: beta is not in pins: pin it, or compile unpinned")
        .contains("pins:1:1: no spec of gamma was found: take all specs of the pinned version");
    assertThat(output).doesNotExist();
  }

  @Test
  void comparesNothingIfItIsUnpinned() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    Path pins = pins("0".repeat(64) + "  alpha");

    assertThat(run("--output", output, "--pins", pins, "--unpinned", specs)).isZero();

    assertThat(read("META-INF/NOTICE")).contains("not compared with any pin");
  }

  @Test
  void refusesPinsThatAreNone() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);

    assertThat(run("--output", output, "--pins", pins("alpha"), specs)).isOne();

    assertThat(err).startsWith("pins:1:1: each line has to be a sha256, two spaces and a name");
  }

  @Test
  void tellsTheErrorsOfAllSpecs() throws IOException {
    Files.writeString(
        spec("specs/alpha.yaml", "alpha", KERNELS), "name: alpha\noperations:\n  lst: x\n");
    Files.writeString(spec("specs/beta.yaml", "beta", KERNELS), "name: beta\noperations:\n  [x]\n");

    assertThat(run("--output", output, "--own", specs, spec("gamma.yaml", "gamma", KERNELS)))
        .isOne();

    assertThat(err.lines())
        .containsExactly(
            "alpha.yaml:3:3: operations has no key lst: is list meant?",
            "beta.yaml:3:3: operations has to have keys");
  }

  @Test
  void refusesASecondSpecOfAName() throws IOException {
    spec("specs/one.yaml", "alpha", KERNELS);
    spec("specs/two.yaml", "alpha", KERNELS);

    assertThat(run("--output", output, specs)).isOne();

    assertThat(err).startsWith("two.yaml:1:1: is a second spec of alpha, after one.yaml");
  }

  @Test
  void refusesASpecWhoseLicenceForbidsIt() throws IOException {
    spec("specs/alpha.yaml", "alpha", "GPL-2.0");

    assertThat(run("--output", output, specs)).isOne();

    assertThat(err).startsWith("alpha.yaml:1:1: is not offered under BSD-3-Clause");
  }

  @Test
  void refusesAnOverlayOfNoSpec() throws IOException {
    spec("specs/alpha.yaml", "alpha", KERNELS);
    Path overlay = folder.resolve("overlay.yaml");
    Files.writeString(overlay, "name: alhpa\nbecause: why\n");

    assertThat(run("--output", output, "--overlays", overlay, specs)).isOne();

    assertThat(err).startsWith("overlay.yaml:1:1: there is no spec of alhpa: is alpha meant?");
  }

  @Test
  void saysWhatItCannotRead() {
    assertThat(run("--output", output, folder.resolve("nowhere"))).isOne();

    assertThat(err).startsWith("cannot read or write: ").contains("nowhere");
  }

  @Test
  void explainsItsArguments() {
    assertThat(run("--help")).isZero();
    assertThat(out).startsWith("usage: SpecCompiler");

    assertThat(run(specs)).isEqualTo(2);
    assertThat(err).startsWith("it takes one --output, and specs").contains("usage:");
    assertThat(run("--output")).isEqualTo(2);
    assertThat(err).startsWith("--output lacks what follows it");
    assertThat(run("--inptu", "x")).isEqualTo(2);
    assertThat(err).startsWith("there is no option --inptu");
  }

  private Path spec(String file, String name, String licence) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(
        path,
        """
        # SPDX-License-Identifier: %s
        name: %s
        operations:
          list: [{name: get, do: {}}]
        """
            .formatted(licence, name));
  }

  private Path pins(String... lines) throws IOException {
    return Files.write(folder.resolve("pins"), List.of(lines));
  }

  private String read(String file) throws IOException {
    return Files.readString(output.resolve(file));
  }

  private int run(Object... arguments) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(argument.toString());
    }
    int status =
        new CommandLine(new PrintStream(written, true, UTF_8), new PrintStream(said, true, UTF_8))
            .run(texts.toArray(String[]::new));
    out = written.toString(UTF_8);
    err = said.toString(UTF_8);
    return status;
  }
}
