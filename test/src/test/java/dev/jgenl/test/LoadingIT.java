package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the native library is found, and what a user reads when it is not; a JVM each. */
class LoadingIT {

  /** Where in an ELF file the processor stands. */
  private static final int E_MACHINE = 18;

  private static final byte EM_S390 = 22;

  /** As /tmp. */
  private static final int STICKY_AND_OPEN = 01777;

  @TempDir Path folder;

  /** What the JVMs run: it says which files were loaded, each as often as it is mapped. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws NetlinkException, IOException {
      try (Genl genl = Genl.open()) {
        genl.family("nlctrl");
      }
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        maps.filter(l -> l.contains("libjgenl") && l.contains(" r-xp "))
            .map(l -> l.replaceAll("^[^/]*", ""))
            .forEach(System.out::println);
      }
    }
  }

  @Test
  @DisplayName("T60 the jar is extracted and mapped once, and leaves nothing behind")
  void jarIsExtractedAndLeavesNothingBehind() throws Exception {
    Command run = java(classPath(), "-Djava.io.tmpdir=" + folder);

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output().lines().filter(l -> l.contains("libjgenl")))
        .singleElement()
        .asString()
        .startsWith(folder + "/jgenl-")
        .endsWith("(deleted)");
    assertThat(folder).isEmptyDirectory();
  }

  /** The first lambda of a program costs more than the answer. */
  @Test
  void firstAnswerMakesNoLambda() throws Exception {
    Command run = java(classPath(), "-Xlog:class+load");

    assertThat(run.output()).contains(" dev.jgenl.GenlFamily source:");
    assertThat(run.output().lines())
        .noneMatch(l -> l.matches(".* dev\\.jgenl\\.(?!test\\.).*\\$\\$Lambda.*"));
  }

  @Test
  void explicitPathIsTheOnlyOneTried() throws Exception {
    Path library = folder.resolve("libjgenl-mine.so");
    extractLibrary(library);

    Command run = java(classPath(), "-Ddev.jgenl.library=" + library);
    Command missing = java(classPath(), "-Ddev.jgenl.library=" + folder.resolve("none.so"));

    assertThat(run.output()).contains(library.toString());
    assertThat(missing.status()).isNotZero();
    assertThat(missing.output())
        .contains("cannot load libjgenl.so", folder.resolve("none.so").toString())
        .doesNotContain("java.library.path:");
  }

  @Test
  void libraryPathComesBeforeTheJar() throws Exception {
    extractLibrary(folder.resolve("libjgenl.so"));

    Command run = java(classPath(), "-Djava.library.path=" + folder);

    assertThat(run.output()).contains(folder.resolve("libjgenl.so").toString());
  }

  @Test
  void missingShimNamesTheArtifact() throws Exception {
    Command run = java(classPathWithout("jgenl-native"));

    assertThat(run.status()).isNotZero();
    assertThat(run.output()).contains("META-INF/lib/", "Remedy: put dev.jgenl:jgenl-native");
  }

  @Test
  void nobodyIsAskedForOurPlatforms() throws Exception {
    Command without = java(classPathWithout("native-lib-loader"));
    Command other = java(classPathWithout("native-lib-loader"), "-Dos.arch=s390x");

    assertThat(without.status()).as(without.output()).isZero();
    assertThat(other.status()).isNotZero();
    assertThat(other.output()).contains("native-lib-loader, which names the folders of other");
  }

  @Test
  void libraryOfAnotherProcessorIsNamed() throws Exception {
    Path library = folder.resolve("META-INF/lib/" + platform() + "/libjgenl.so");
    Files.createDirectories(library.getParent());
    extractLibrary(library);
    byte[] elf = Files.readAllBytes(library);
    elf[E_MACHINE] = EM_S390;
    Files.write(library, elf);

    Command run = java(folder + ":" + classPathWithout("jgenl-native"));

    assertThat(run.status()).isNotZero();
    assertThat(run.output()).contains("Remedy: put dev.jgenl:jgenl-native for this architecture");
  }

  @Test
  void processorWithoutLibraryIsNamed() throws Exception {
    Command run = java(classPath(), "-Dos.arch=s390x");

    assertThat(run.status()).isNotZero();
    assertThat(run.output()).contains("not built for s390x", "cmake -S native -B build");
  }

  @Test
  void libraryOfAnotherVersionIsNamed() throws Exception {
    extractOtherVersion(folder.resolve("libjgenl.so"));

    Command run = java(classPath(), "-Ddev.jgenl.library=" + folder.resolve("libjgenl.so"));

    assertThat(run.status()).isNotZero();
    assertThat(run.output()).contains("putBuffers", "Remedy: the library is of another version");
  }

  @Test
  void libraryOfAnotherVersionIsPassedOver() throws Exception {
    extractOtherVersion(folder.resolve("libjgenl.so"));

    Command run = java(classPath(), "-Djava.library.path=" + folder);

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("(deleted)");
  }

  @Test
  void whatLiesInAFolderOpenToAllIsNeverLoaded() throws Exception {
    Files.setAttribute(folder, "unix:mode", STICKY_AND_OPEN);
    for (String planted : List.of("", "jgenl", "jgenl-1", "nativelib-loader_1")) {
      Path file = folder.resolve(planted).resolve("libjgenl.so");
      Files.createDirectories(file.getParent());
      extractLibrary(file);
    }

    Command run =
        Command.run(
            Command.join(
                List.of("env", "-C", folder.toString(), "HOME=" + folder, javaProgram()),
                "-Djava.io.tmpdir=" + folder,
                "-Duser.home=" + folder,
                "-cp",
                absolute(classPath()),
                Program.class.getName()));

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("(deleted)");
  }

  @Test
  @DisplayName("T61 a folder that others may write to is refused")
  void openTemporaryFolderIsRefused() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    Command run = java(classPath(), "-Djava.io.tmpdir=" + folder);

    assertThat(run.status()).isNotZero();
    assertThat(run.output())
        .contains("Remedy: the temporary folder " + folder + " can be written to by others");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("T61 a missing temporary folder is named, and a relative one explained")
  void missingTemporaryFolderIsNamed() throws Exception {
    Command missing = java(classPath(), "-Djava.io.tmpdir=" + folder.resolve("none"));
    Command relative = java(classPath(), "-Djava.io.tmpdir=none");

    assertThat(missing.output()).contains("Remedy: the temporary folder " + folder + "/none is");
    assertThat(relative.output()).contains("\"none\" is relative to the folder");
  }

  @Test
  @Tag("vm")
  void distributionsFolderComesBeforeTheJar() throws Exception {
    requireNoInstalledShim();
    Path distribution = Path.of("/usr/lib64/jgenl");
    Files.createDirectories(distribution);
    Path library = distribution.resolve("libjgenl.so");
    extractLibrary(library);
    try {
      Command run = java(classPath());

      assertThat(run.output()).contains(library.toString());
    } finally {
      Files.delete(library);
    }
  }

  @Test
  @Tag("vm")
  void homeNeedNotBeWritable() throws Exception {
    Command mount = Command.run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", folder.toString());
    assertThat(mount.status()).as(mount.output()).isZero();
    try {
      Command run = java(classPath(), "-Duser.home=" + folder);

      assertThat(run.status()).as(run.output()).isZero();
    } finally {
      Command.run("umount", folder.toString());
    }
  }

  @Test
  @Tag("vm")
  void noexecTemporaryFolderIsNamed() throws Exception {
    requireNoInstalledShim();
    Command mount = Command.run("mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", folder.toString());
    assertThat(mount.status()).as(mount.output()).isZero();
    try {
      Command run = java(classPath(), "-Djava.io.tmpdir=" + folder);

      assertThat(run.status()).isNotZero();
      assertThat(run.output()).contains("mounted noexec", "-Djava.io.tmpdir=FOLDER");
      assertThat(folder).isEmptyDirectory();
    } finally {
      Command.run("umount", folder.toString());
    }
  }

  @Test
  @Tag("vm")
  void missingLibnlNamesThePackages() throws Exception {
    Path libnl = libnl();
    Path away = libnl.resolveSibling("away");
    Files.move(libnl, away);
    try {
      Command run = java(classPath());

      assertThat(run.status()).isNotZero();
      assertThat(run.output()).contains("apt install libnl-3-200 libnl-genl-3-200");
    } finally {
      Files.move(away, libnl);
    }
  }

  private static Path libnl() throws IOException {
    try (Stream<Path> files =
        Files.find(Path.of("/usr/lib"), 3, (p, a) -> p.endsWith("libnl-genl-3.so.200"))) {
      return files.findFirst().orElseThrow();
    }
  }

  /** Returns the folder of this machine's library in the jar. */
  static String platform() {
    return System.getProperty("os.arch").equals("aarch64") ? "linux_arm64" : "linux_64";
  }

  static void extractLibrary(Path to) throws IOException {
    try (var in = Genl.class.getResourceAsStream("/META-INF/lib/" + platform() + "/libjgenl.so")) {
      Files.copy(in, to);
    }
  }

  /** With a native method that our class has not. */
  private static void extractOtherVersion(Path to) throws IOException {
    extractLibrary(to);
    String ours = Files.readString(to, StandardCharsets.ISO_8859_1);
    String other = ours.replace("setBuffers", "putBuffers");
    assertThat(other).isNotEqualTo(ours);
    Files.writeString(to, other, StandardCharsets.ISO_8859_1);
  }

  private static void requireNoInstalledShim() {
    boolean installed =
        Arrays.stream(System.getProperty("java.library.path").split(":"))
            .anyMatch(f -> Files.exists(Path.of(f, "libjgenl.so")));
    Prerequisite.require(!installed, "the shim is installed here, and comes before all others");
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(":"))
        .map(e -> Path.of(e).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }

  static String classPathWithout(String artifact) {
    return Arrays.stream(classPath().split(":"))
        .filter(e -> !Path.of(e).getFileName().toString().startsWith(artifact))
        .collect(Collectors.joining(":"));
  }

  private static Command java(String classPath, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add("--enable-native-access=ALL-UNNAMED");
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", classPath, Program.class.getName()));
    return java(words);
  }

  static Command java(List<String> words) throws IOException, InterruptedException {
    return Command.run(Command.join(List.of(javaProgram()), words.toArray(String[]::new)));
  }

  private static String javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
