package dev.jgenl.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.scijava.nativelib.NativeLibraryUtil;

/**
 * Finds and loads {@code libjgenl.so}: the path that the user names; else {@code
 * java.library.path}; else the folders in which distributions keep JNI libraries; else the copy in
 * the jar of jgenl-native, extracted into a folder that only this user can enter.
 */
public final class NativeLibrary {

  /** The system property that names the library file; nothing else is tried then. */
  public static final String PATH_PROPERTY = "dev.jgenl.library";

  private static final String NAME = "jgenl";
  private static final String FILE = System.mapLibraryName(NAME);

  private static final String MODULES = "org.scijava.nativelib,org.slf4j";

  private static @Nullable String failure;
  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library unless it is.
   *
   * @throws UnsatisfiedLinkError if it cannot be loaded; the message names all that was tried and
   *     the remedy. Later calls say the same again.
   */
  public static synchronized void load() {
    if (failure != null) {
      throw new UnsatisfiedLinkError(failure);
    }
    if (!loaded) {
      try {
        search();
        loaded = true;
      } catch (UnsatisfiedLinkError e) {
        failure = e.getMessage();
        throw e;
      }
    }
  }

  private static void search() {
    List<String> tried = new ArrayList<>();
    String explicit = System.getProperty(PATH_PROPERTY);
    if (explicit != null) {
      if (!loadFile(Path.of(explicit).toAbsolutePath(), tried)) {
        throw failure(tried);
      }
      return;
    }
    if (!loadFromLibraryPath(tried) && !loadFromDistribution(tried) && !loadFromJar(tried)) {
      throw failure(tried);
    }
  }

  private static boolean loadFromLibraryPath(List<String> tried) {
    try {
      System.loadLibrary(NAME);
      return true;
    } catch (LinkageError e) {
      tried.add("java.library.path: " + e.getMessage());
      return false;
    }
  }

  /**
   * These folders are writable by root alone; a JDK that the distribution did not build misses
   * them.
   */
  private static boolean loadFromDistribution(List<String> tried) {
    List<Path> folders =
        List.of(
            Path.of("/usr/lib", triplet(), "jni"),
            Path.of("/usr/lib/jni"),
            Path.of("/usr/lib64", NAME));
    for (Path folder : folders) {
      Path file = folder.resolve(FILE);
      if (!Files.exists(file)) {
        tried.add(file + ": not there");
      } else if (loadFile(file, tried)) {
        return true;
      }
    }
    return false;
  }

  private static boolean loadFromJar(List<String> tried) {
    String resource;
    try {
      resource = NativeLibraryUtil.getPlatformLibraryPath("META-INF/lib/") + FILE;
    } catch (NoClassDefFoundError e) {
      tried.add("the jar of jgenl-native: native-lib-loader is not " + whereLoaderIsMissing());
      return false;
    }
    try (InputStream library = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (library == null) {
        tried.add(
            resource
                + " on the class path: not there (jgenl-native missing, or not built for "
                + System.getProperty("os.arch")
                + ")");
        return false;
      }
      return loadCopy(library, tried);
    } catch (IOException e) {
      tried.add(resource + ": " + e);
      return false;
    }
  }

  /** That module is optional, so the one of a program does not have it resolved. */
  private static String whereLoaderIsMissing() {
    return NativeLibrary.class.getModule().isNamed()
        ? "among the modules (" + MODULES + ")"
        : "on the class path";
  }

  /** The mapping stays when the file is gone, so the copy is removed at once. */
  private static boolean loadCopy(InputStream library, List<String> tried) throws IOException {
    Path folder = Files.createTempDirectory("jgenl-");
    Path file = folder.resolve(FILE);
    try {
      Files.copy(library, file);
      return loadFile(file, tried);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** A library of another version has methods that ours has not: that is a NoSuchMethodError. */
  private static boolean loadFile(Path file, List<String> tried) {
    try {
      System.load(file.toString());
      return true;
    } catch (LinkageError e) {
      tried.add(file + ": " + e.getMessage());
      return false;
    }
  }

  private static UnsatisfiedLinkError failure(List<String> tried) {
    String reasons = String.join("\n  ", tried);
    StringBuilder message = new StringBuilder("cannot load ").append(FILE).append(". Tried:\n  ");
    message.append(reasons).append("\nRemedy: ").append(remedy(reasons));
    return new UnsatisfiedLinkError(message.toString());
  }

  private static String remedy(String reasons) {
    if (reasons.contains("libnl-")) {
      return "libnl is missing: apt install libnl-3-200 libnl-genl-3-200"
          + " (Fedora: dnf install libnl3)";
    }
    if (reasons.contains(NlSocket.class.getName())) {
      return "the library is of another version than the jar: install the same of both";
    }
    if (reasons.contains(MODULES)) {
      return "start Java with --add-modules " + MODULES + ", or install the package libjgenl-jni";
    }
    if (reasons.contains("failed to map segment") || reasons.contains("Operation not permitted")) {
      return "the temporary folder is mounted noexec: choose another with"
          + " -Djava.io.tmpdir=FOLDER, or install the library and name it with -D"
          + PATH_PROPERTY
          + "=FILE";
    }
    return "put dev.jgenl:jgenl-native for this architecture and native-lib-loader on the class"
        + " path, or install the package libjgenl-jni, or build the library"
        + " (cmake -S native -B build) and name it with -D"
        + PATH_PROPERTY
        + "=FILE";
  }

  /** Returns the folder name of the architecture in Debian's multiarch layout. */
  private static String triplet() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (arch.equals("amd64") ? "x86_64" : arch) + "-linux-gnu";
  }
}
