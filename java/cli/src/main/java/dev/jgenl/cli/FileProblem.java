package dev.jgenl.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says why a file cannot be opened: of the JDK's exceptions some have a name alone. */
final class FileProblem {

  private FileProblem() {}

  /** Returns the file, and what is wrong with it, or with the folders that it is in. */
  static String text(FileSystemException e) {
    if (e.getFile() == null) {
      return String.valueOf(e.getMessage());
    }
    Path file = Path.of(e.getFile());
    Path folder = file.getParent();
    return file + ": " + reason(e, file, folder == null ? Path.of("") : folder);
  }

  private static String reason(FileSystemException e, Path file, Path folder) {
    if (e instanceof AccessDeniedException) {
      return Files.isExecutable(folder) && (Files.exists(file) || Files.isWritable(folder))
          ? "permission denied"
          : "permission denied by the folder " + thatIsThere(folder.toAbsolutePath());
    }
    Path wrong = firstThatIsNoFolder(folder);
    if (wrong != null) {
      return Files.exists(wrong) ? wrong + " is no folder" : "there is no folder " + wrong;
    } else if (e instanceof NoSuchFileException) {
      return "no such file";
    } else if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "it is no folder";
    } else if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return String.valueOf(e.getReason());
  }

  private static @Nullable Path thatIsThere(Path folder) {
    @Nullable Path at = folder;
    while (at != null && !Files.isDirectory(at)) {
      at = at.getParent();
    }
    return at;
  }

  private static @Nullable Path firstThatIsNoFolder(Path folder) {
    Path at = folder.isAbsolute() ? folder.getRoot() : Path.of("");
    for (Path name : folder) {
      at = at.resolve(name);
      if (!Files.isDirectory(at)) {
        return at;
      }
    }
    return null;
  }
}
