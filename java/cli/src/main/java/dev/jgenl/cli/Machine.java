package dev.jgenl.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What this machine has that a command line may name. Where something is missing there is none. */
final class Machine {

  private static final Path DEVICES = Path.of("/sys/class/net");

  private Machine() {}

  /** Returns the names of network devices. */
  static List<String> devices() throws IOException {
    return names(DEVICES);
  }

  /** Returns the numbers of network devices. */
  static List<String> deviceNumbers() throws IOException {
    List<String> numbers = new ArrayList<>();
    for (String device : devices()) {
      Path file = DEVICES.resolve(device).resolve("ifindex");
      if (Files.isReadable(file)) {
        numbers.add(Files.readString(file).strip());
      }
    }
    return numbers;
  }

  /** Returns the names of network namespaces. */
  static List<String> namespaces() throws IOException {
    return names(NetworkNamespace.NAMED);
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          names.add(String.valueOf(entry.getFileName()));
        }
      }
    }
    Collections.sort(names);
    return names;
  }
}
