package dev.jgenl.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was tried to load the library, why it failed, and what helps against that. */
final class LoadAttempts {

  private static final String LIBNL =
      "libnl is missing: apt install libnl-3-200 libnl-genl-3-200 (Fedora: dnf install libnl3)";

  private static final String VERSION =
      "the library is of another version than the jar: install the same of both";

  private static final String NOEXEC =
      "the library lies where nothing may be executed (mounted noexec): put it elsewhere";

  private static final String NONE =
      "put dev.jgenl:jgenl-native for this architecture on the class path or module path, or install"
          + " the package libjgenl-jni, or build the library (cmake -S native -B build) and name it"
          + " with -D"
          + NativeLibrary.PATH_PROPERTY
          + "=FILE";

  private final List<String> tried = new ArrayList<>();

  /** More than one may be open to the user. */
  private final Set<String> remedies = new LinkedHashSet<>();

  /** Adds one that the general remedy helps against. */
  void add(String attempt) {
    tried.add(attempt);
  }

  /** Adds one that has a remedy of its own. */
  void add(String attempt, String remedy) {
    tried.add(attempt);
    remedies.add(remedy);
  }

  /**
   * Only what the user has named was tried.
   *
   * @return false
   */
  boolean ofProperty() {
    if (remedies.isEmpty()) {
      remedies.add("correct -D" + NativeLibrary.PATH_PROPERTY + "=FILE, or leave it out");
    }
    return false;
  }

  /**
   * Adds one for which the JVM gave the reason.
   *
   * @return false
   */
  boolean failed(String what, LinkageError e) {
    tried.add(what + ": " + e.getMessage());
    String remedy = remedy(e);
    if (remedy != null) {
      remedies.add(remedy);
    }
    return false;
  }

  /** Adds one that was loaded and is not ours. */
  void ofOtherVersion(String what, String difference) {
    add(what + ": " + difference, VERSION);
  }

  /** Adds that this code may not load any library (JDK 24 and newer). */
  void denied(IllegalCallerException e) {
    Module module = NativeLibrary.class.getModule();
    add(
        String.valueOf(e.getMessage()),
        "start Java with --enable-native-access="
            + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
  }

  String message() {
    return "cannot load "
        + NativeLibrary.FILE
        + ". Tried:\n  "
        + String.join("\n  ", tried)
        + "\nRemedy: "
        + (remedies.isEmpty() ? NONE : String.join("\nor: ", remedies));
  }

  /**
   * The reason follows the last path in the message, and dlopen(3) begins it with the name of the
   * library that it misses. Words behind that may be translated; a path may hold any.
   */
  private static @Nullable String remedy(LinkageError e) {
    // A table of methods that our class has not: thrown by what the library does when loaded.
    if (e instanceof NoSuchMethodError) {
      return VERSION;
    }
    String message = String.valueOf(e.getMessage());
    int reason = message.indexOf(": ", message.lastIndexOf('/') + 1);
    if (reason < 0) {
      return null;
    }
    if (message.startsWith("libnl-", reason + 2)) {
      return LIBNL;
    }
    return message.startsWith("failed to map segment", reason + 2) ? NOEXEC : null;
  }
}
