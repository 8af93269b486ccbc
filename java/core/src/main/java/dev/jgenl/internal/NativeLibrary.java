package dev.jgenl.internal;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import org.jspecify.annotations.Nullable;
import org.scijava.nativelib.NativeLibraryUtil;

/**
 * Finds and loads {@code libjgenl.so}: the path that the user names; else {@code
 * java.library.path}; else the folders in which distributions keep JNI libraries; else the copy in
 * the jar of jgenl-native (docs/adr/0003, docs/adr/0010).
 *
 * <p>It runs before the first answer of every program, so it uses what the JVM has loaded anyway.
 */
public final class NativeLibrary {

  /** The system property that names the library file; nothing else is tried then. */
  public static final String PATH_PROPERTY = "dev.jgenl.library";

  static final String NAME = "jgenl";
  static final String FILE = System.mapLibraryName(NAME);

  /** The module in which jgenl-native is, if it is one. */
  private static final String MODULE = "dev.jgenl.natives";

  private static final String FOLDER = "META-INF/lib/";

  /** What the JVM says of a file that another class loader has loaded, around the file's name. */
  private static final String TAKEN_BEFORE = "Native Library ";

  private static final String TAKEN_BEHIND = " already loaded in another classloader";

  private static boolean loaded;

  private final LoadAttempts attempts = new LoadAttempts();

  private NativeLibrary() {}

  /**
   * Loads the library unless it is.
   *
   * @throws UnsatisfiedLinkError if it cannot be loaded; the message names all that was tried and
   *     the remedy. The next call tries again, since what was in the way may be gone.
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    NativeLibrary library = new NativeLibrary();
    loaded = library.search();
    if (!loaded) {
      throw new UnsatisfiedLinkError(library.attempts.message());
    }
  }

  private boolean search() {
    try {
      String explicit = System.getProperty(PATH_PROPERTY);
      return explicit != null
          ? loadFile(new File(explicit).getAbsoluteFile()) || attempts.ofProperty()
          : loadFromLibraryPath() || loadFromDistribution() || loadFromJar();
    } catch (IllegalCallerException e) {
      attempts.denied(e);
      return false;
    }
  }

  private boolean loadFromLibraryPath() {
    try {
      System.loadLibrary(NAME);
      return isOurs("java.library.path");
    } catch (LinkageError e) {
      return loadCopyOfTaken(e) || attempts.failed("java.library.path", e);
    }
  }

  /**
   * These folders are writable by root alone; a JDK that the distribution did not build misses
   * them.
   */
  private boolean loadFromDistribution() {
    String[] folders = {"/usr/lib/" + triplet() + "/jni", "/usr/lib/jni", "/usr/lib64/" + NAME};
    for (String folder : folders) {
      File file = new File(folder, FILE);
      if (!file.exists()) {
        attempts.add(file + ": not there");
      } else if (loadFile(file)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the folder name of the architecture in Debian's multiarch layout. */
  private static String triplet() {
    String arch = System.getProperty("os.arch");
    return (arch.equals("amd64") ? "x86_64" : arch) + "-linux-gnu";
  }

  private boolean loadFile(File file) {
    try {
      System.load(file.getPath());
      return isOurs(file.getPath());
    } catch (LinkageError e) {
      return loadCopyOfTaken(e) || attempts.failed(file.getPath(), e);
    }
  }

  /**
   * One that has more functions than we know has failed before. The next that is tried takes the
   * place of one that has fewer.
   */
  private boolean isOurs(String what) {
    try {
      int functions = NlSocket.functions();
      if (functions == NlSocket.FUNCTIONS) {
        return true;
      }
      attempts.ofOtherVersion(what, "has " + functions + " functions, not " + NlSocket.FUNCTIONS);
    } catch (UnsatisfiedLinkError e) {
      attempts.ofOtherVersion(what, "lacks " + e.getMessage());
    }
    return false;
  }

  /** A file belongs to one class loader; a copy of it is another file. */
  private boolean loadCopyOfTaken(LinkageError e) {
    String message = String.valueOf(e.getMessage());
    if (!message.startsWith(TAKEN_BEFORE) || !message.endsWith(TAKEN_BEHIND)) {
      return false;
    }
    String file =
        message.substring(TAKEN_BEFORE.length(), message.length() - TAKEN_BEHIND.length());
    try (InputStream library = new FileInputStream(file)) {
      return loadCopy(file, library.readAllBytes());
    } catch (IOException unreadable) {
      attempts.add(file + ": " + unreadable);
      return false;
    }
  }

  private boolean loadFromJar() {
    String folder = folder();
    if (folder == null) {
      return false;
    }
    String resource = folder + FILE;
    try (InputStream library = open(resource)) {
      if (library == null) {
        attempts.add(
            resource
                + ": not there (jgenl-native is missing, or not built for "
                + System.getProperty("os.arch")
                + ")");
        return false;
      }
      return loadCopy(resource, library.readAllBytes());
    } catch (IOException e) {
      attempts.add(resource + ": " + e);
      return false;
    }
  }

  /**
   * Returns the folder as native-lib-loader names it, which is asked for foreign platforms only.
   */
  private @Nullable String folder() {
    String ours = ourPlatform();
    if (ours != null) {
      return FOLDER + ours;
    }
    try {
      return NativeLibraryUtil.getPlatformLibraryPath(FOLDER);
    } catch (LinkageError e) {
      attempts.add(
          "jgenl-native: not built for "
              + System.getProperty("os.arch")
              + "; native-lib-loader, which names the folders of other platforms, is missing");
      return null;
    }
  }

  private static @Nullable String ourPlatform() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "linux_64/";
      case "aarch64" -> "linux_arm64/";
      default -> null;
    };
  }

  /**
   * Each module of a layer, and each jar of an application server, may have a loader of its own.
   */
  private static @Nullable InputStream open(String resource) throws IOException {
    InputStream library = null;
    ModuleLayer layer = NativeLibrary.class.getModule().getLayer();
    if (layer != null) {
      Module module = layer.findModule(MODULE).orElse(null);
      library = module == null ? null : module.getResourceAsStream(resource);
    }
    if (library == null) {
      library = open(NativeLibrary.class.getClassLoader(), resource);
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (library == null && context != null) {
      library = open(context, resource);
    }
    return library;
  }

  /** What is cached would stay open, and hold the jar of an application that is gone. */
  private static @Nullable InputStream open(@Nullable ClassLoader loader, String resource)
      throws IOException {
    URL url =
        loader == null ? ClassLoader.getSystemResource(resource) : loader.getResource(resource);
    if (url == null) {
      return null;
    }
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private boolean loadCopy(String original, byte[] library) {
    try (LibraryCopy copy = LibraryCopy.of(library)) {
      copy.load();
      return isOurs(original);
    } catch (LinkageError e) {
      return attempts.failed(original, e);
    } catch (LibraryCopy.Refused e) {
      attempts.add(original + ": " + e.getMessage(), e.remedy());
      return false;
    }
  }
}
