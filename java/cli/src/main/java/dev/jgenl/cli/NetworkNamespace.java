package dev.jgenl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the file of a network namespace. */
final class NetworkNamespace {

  /** Where {@code ip netns add} keeps those that have a name. */
  static final Path NAMED = Path.of("/run/netns");

  private static final Path OWN = Path.of("/proc/self/ns/net");
  private static final String DEVICE = "unix:dev";

  private NetworkNamespace() {}

  /**
   * Returns the file of a namespace.
   *
   * @param text its name, a number of a process that is in it, or a path
   * @return the file
   * @throws CommandException if there is none
   */
  static Path find(String text) {
    if (text.isEmpty()) {
      throw none(text, ": the name is empty");
    }
    try {
      if (text.indexOf('/') >= 0) {
        return require(Path.of(text), text);
      }
      Path named = NAMED.resolve(text);
      if (!isNumber(text) || Files.exists(named)) {
        return require(named, text);
      }
      return require(Path.of("/proc", text, "ns/net"), text);
    } catch (InvalidPathException e) {
      throw none(text, "");
    }
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static Path require(Path file, String text) {
    if (!Files.exists(file)) {
      // Of another user's process it cannot be seen whether it is.
      String why = Files.notExists(file) ? " is not there" : " may be looked at by root alone";
      throw none(text, ": " + file + why);
    } else if (!isOnDeviceOf(file, OWN)) {
      throw ofAnotherKind(file, text);
    }
    return file;
  }

  /** Says that a file is of something else. */
  static CommandException ofAnotherKind(Path file, String text) {
    return none(text, ": " + file + " is a file of another kind");
  }

  /** All namespaces are on one device, which holds nothing else. */
  private static boolean isOnDeviceOf(Path file, Path namespace) {
    try {
      return Files.getAttribute(file, DEVICE).equals(Files.getAttribute(namespace, DEVICE));
    } catch (IOException e) {
      // Whoever enters it is told why that fails.
      return true;
    }
  }

  private static CommandException none(String text, String why) {
    return new CommandException(ExitStatus.USAGE, "no network namespace '" + text + "'" + why);
  }
}
