package dev.jgenl.internal;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The library as a file in the temporary folder, below a folder that this user alone can enter.
 * Both are deleted when it is closed: a mapping outlives the name.
 */
final class LibraryCopy implements AutoCloseable {

  /** That there can be no copy, and what helps. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final String remedy;

    Refused(String message, String remedy) {
      super(message);
      this.remedy = remedy;
    }

    String remedy() {
      return remedy;
    }
  }

  private static final int NAMES = 100;

  // stat(2)
  private static final int S_ISVTX = 01000;
  private static final int S_ISGID = 02000;
  private static final int S_IWGRP = 020;
  private static final int S_IWOTH = 02;

  private final Path temporary;
  private final File file;

  private LibraryCopy(Path temporary, Path folder) {
    this.temporary = temporary;
    file = new File(folder.toFile(), NativeLibrary.FILE);
  }

  /** Writes one. */
  static LibraryCopy of(byte[] library) throws Refused {
    Path temporary = temporary();
    LibraryCopy copy = null;
    boolean written = false;
    try {
      Path folder = createFolder(temporary);
      copy = new LibraryCopy(temporary, folder);
      if (othersMayReplace(temporary, folder)) {
        throw refused(
            temporary.toString(),
            "others may write to it",
            "can be written to by others, who could exchange the library");
      }
      try (FileOutputStream out = new FileOutputStream(copy.file)) {
        out.write(library);
      }
      written = true;
      return copy;
    } catch (IOException e) {
      throw refused(temporary.toString(), e.toString(), fault(temporary, library.length));
    } finally {
      if (copy != null && !written) {
        copy.close();
      }
    }
  }

  /**
   * Loads it.
   *
   * @throws LinkageError if the JVM cannot
   */
  void load() throws Refused {
    try {
      System.load(file.getPath());
    } catch (UnsatisfiedLinkError e) {
      // access(2) denies it whatever the mode is.
      if (file.setExecutable(true) && !file.canExecute()) {
        throw refused(temporary.toString(), String.valueOf(e.getMessage()), "is mounted noexec");
      }
      throw e;
    }
  }

  /** That something is left behind is no reason to do without the library. */
  @Override
  public void close() {
    file.delete();
    file.getParentFile().delete();
  }

  /** Returns the folder without a link that somebody could redirect. */
  private static Path temporary() throws Refused {
    File folder = new File(System.getProperty("java.io.tmpdir", "/tmp"));
    File absolute = folder.getAbsoluteFile();
    try {
      Path real = absolute.toPath().toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
    } catch (IOException | InvalidPathException e) {
      // It is missing, cannot be reached, or cannot be named in this locale.
    }
    String fault = absolute.exists() ? "is not a folder" : "is missing";
    if (!folder.isAbsolute()) {
      fault += ": \"" + folder + "\" is relative to the folder in which Java was started";
    }
    throw refused(absolute.toString(), "there is no such folder", fault);
  }

  /** mkdir(2) fails if the name exists, whoever was quicker. */
  private static Path createFolder(Path temporary) throws IOException {
    FileAttribute<Set<PosixFilePermission>> mine =
        PosixFilePermissions.asFileAttribute(
            EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE));
    for (int i = 1; ; i++) {
      String name = "jgenl-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
      try {
        return Files.createDirectory(temporary.resolve(name), mine);
      } catch (FileAlreadyExistsException e) {
        if (i == NAMES) {
          throw e;
        }
      }
    }
  }

  /**
   * Tells whether somebody else may rename our folder, and put another there. The sticky bit
   * forbids it. Root may do anything; our own group is the user's alone in most systems.
   */
  private static boolean othersMayReplace(Path temporary, Path ours) throws IOException {
    Map<String, Object> parent = Files.readAttributes(temporary, "unix:mode,uid,gid");
    Map<String, Object> own = Files.readAttributes(ours, "unix:uid,gid");
    int mode = number(parent, "mode");
    if ((mode & S_ISVTX) != 0) {
      return false;
    }
    int owner = number(parent, "uid");
    int group = number(parent, "gid");
    boolean foreignOwner = owner != 0 && owner != number(own, "uid");
    boolean foreignGroup = group != 0 && (group != number(own, "gid") || (mode & S_ISGID) != 0);
    return foreignOwner || (mode & S_IWOTH) != 0 || ((mode & S_IWGRP) != 0 && foreignGroup);
  }

  private static int number(Map<String, Object> attributes, String name) {
    return (Integer) Objects.requireNonNull(attributes.get(name), name);
  }

  /** Looked at in the file system: the words of an error may be translated. */
  private static String fault(Path temporary, long size) {
    try {
      FileStore store = Files.getFileStore(temporary);
      if (store.isReadOnly()) {
        return "is read-only";
      }
      if (store.getUsableSpace() < size) {
        return "has no room for " + size + " bytes";
      }
    } catch (IOException e) {
      // The first error says enough.
    }
    return Files.isWritable(temporary) ? "cannot be used" : "cannot be written to by this user";
  }

  private static Refused refused(String temporary, String reason, String fault) {
    return new Refused(
        temporary + ": " + reason,
        "the temporary folder "
            + temporary
            + " "
            + fault
            + ". Choose another with -Djava.io.tmpdir=FOLDER, or install the library, or name it"
            + " with -D"
            + NativeLibrary.PATH_PROPERTY
            + "=FILE");
  }
}
