package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.test.LoadingIT.Program;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which programs carry the library along; a JVM each. */
class DeploymentIT {

  private static final String NATIVE_ACCESS = "--enable-native-access=";
  private static final String[] LIBRARY = {"jgenl-0", "native-lib-loader", "slf4j-", "jspecify"};

  @TempDir Path folder;

  /** Runs the program in two class loaders that know nothing of each other. */
  static final class TwoLoaders {
    private TwoLoaders() {}

    public static void main(String[] args) throws Exception {
      for (String classPath : args) {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(":")) {
          urls.add(url(entry));
        }
        URLClassLoader loader =
            new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Method main = loader.loadClass(Program.class.getName()).getMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) new String[0]);
      }
    }

    private static URL url(String entry) throws MalformedURLException {
      return Path.of(entry).toUri().toURL();
    }
  }

  @Test
  void modulePathNeedsNoOtherModule() throws Exception {
    Command run = modules("--add-modules=dev.jgenl", NATIVE_ACCESS + "dev.jgenl");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("/jgenl-", "(deleted)").doesNotContain("WARNING", "SLF4J");
  }

  @Test
  @EnabledForJreRange(minVersion = 24)
  void nativeAccessCanBeDeniedToAllOthers() throws Exception {
    String deny = "--illegal-native-access=deny";
    String modules = "--add-modules=dev.jgenl";

    Command allowed = modules(modules, deny, NATIVE_ACCESS + "dev.jgenl");
    Command unnamed = java(classPath(), deny, NATIVE_ACCESS + "ALL-UNNAMED");
    Command denied = modules(modules, deny);
    Command deniedUnnamed = java(classPath(), deny);

    assertThat(allowed.status()).as(allowed.output()).isZero();
    assertThat(unnamed.status()).as(unnamed.output()).isZero();
    assertThat(denied.status()).isNotZero();
    assertThat(denied.output())
        .contains("Remedy: start Java with --enable-native-access=dev.jgenl");
    assertThat(deniedUnnamed.output())
        .contains("Remedy: start Java with --enable-native-access=ALL-UNNAMED");
  }

  @Test
  void everythingInOneJarWorks() throws Exception {
    Path jar = folder.resolve("all.jar");
    shade(jar);

    Command run = java(jar.toString(), NATIVE_ACCESS + "ALL-UNNAMED");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("(deleted)");
  }

  @Test
  void eachClassLoaderHasALibraryOfItsOwn() throws Exception {
    Command run = twoLoaders(classPath(), classPath());

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output().lines().filter(l -> l.contains("(deleted)")).distinct()).hasSize(2);
  }

  @Test
  void twoVersionsLiveInOneProcess() throws Exception {
    Path other = folder.resolve("other/META-INF/lib/" + LoadingIT.platform());
    Files.createDirectories(other);
    LoadingIT.extractLibrary(other.resolve("libjgenl.so"));
    Files.write(
        other.resolve("libjgenl.so"),
        "another version".getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.APPEND);
    String without = LoadingIT.classPathWithout("jgenl-native");

    Command run = twoLoaders(classPath(), folder.resolve("other") + ":" + without);

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output().lines().filter(l -> l.contains("(deleted)")).distinct()).hasSize(2);
  }

  @Test
  void libraryThatAnotherClassLoaderHasIsExtractedAgain() throws Exception {
    LoadingIT.extractLibrary(folder.resolve("libjgenl.so"));

    Command run = twoLoaders(classPath(), classPath(), "-Djava.library.path=" + folder);

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains(folder + "/libjgenl.so", "(deleted)");
  }

  @Test
  void pathThatAnotherClassLoaderHasIsCopied() throws Exception {
    Path library = folder.resolve("libjgenl.so");
    LoadingIT.extractLibrary(library);
    String without = LoadingIT.classPathWithout("jgenl-native");

    Command run = twoLoaders(without, without, "-Ddev.jgenl.library=" + library);

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains(library.toString(), "(deleted)");
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static List<String> jars(String... names) {
    return Arrays.stream(classPath().split(":"))
        .filter(e -> Arrays.stream(names).anyMatch(Path.of(e).getFileName().toString()::startsWith))
        .toList();
  }

  private static String path(List<String> entries) {
    return String.join(":", entries);
  }

  /** The library in modules; the program itself is on the class path. */
  private static Command modules(String... options) throws IOException, InterruptedException {
    List<String> modules = new ArrayList<>(jars(LIBRARY));
    modules.addAll(jars("jgenl-native"));
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-p", path(modules)));
    String program =
        Arrays.stream(classPath().split(":"))
            .filter(e -> !modules.contains(e))
            .collect(Collectors.joining(":"));
    return java(program, all.toArray(String[]::new));
  }

  private static Command twoLoaders(String first, String second, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(NATIVE_ACCESS + "ALL-UNNAMED");
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", classPath(), TwoLoaders.class.getName(), first, second));
    return LoadingIT.java(words);
  }

  private static Command java(String classPath, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("-cp", classPath, Program.class.getName()));
    return LoadingIT.java(words);
  }

  /** As tools for that do by default: of files with the same name, the first. */
  private static void shade(Path to) throws IOException {
    Set<String> names = new HashSet<>();
    List<String> jars = new ArrayList<>(jars(LIBRARY));
    jars.addAll(jars("jgenl-native"));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
      for (String jar : jars) {
        try (JarFile in = new JarFile(jar)) {
          for (JarEntry entry : in.stream().filter(e -> !e.isDirectory()).toList()) {
            if (names.add(entry.getName())) {
              out.putNextEntry(new JarEntry(entry.getName()));
              try (InputStream bytes = in.getInputStream(entry)) {
                bytes.transferTo(out);
              }
            }
          }
        }
      }
      String program = Program.class.getName().replace('.', '/') + ".class";
      out.putNextEntry(new JarEntry(program));
      try (InputStream bytes = Program.class.getResourceAsStream("/" + program)) {
        bytes.transferTo(out);
      }
    }
  }
}
