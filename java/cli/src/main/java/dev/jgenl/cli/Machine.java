package dev.jgenl.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this machine has that a command line may name. */
final class Machine {

  private static final Path DEVICES = Path.of("/sys/class/net");

  private Machine() {}

  /** Returns network devices of this namespace and their indices. */
  static Map<String, String> devices() throws IOException {
    Map<String, String> devices = new TreeMap<>();
    for (String name : names(DEVICES)) {
      Path index = DEVICES.resolve(name).resolve("ifindex");
      // There are other files, and devices that have gone since.
      if (Files.isReadable(index)) {
        devices.put(name, Files.readString(index).strip());
      }
    }
    return devices;
  }

  /** Returns network namespaces that have a name. */
  static List<String> namespaces() throws IOException {
    return names(NetworkNamespace.NAMED);
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          names.add(String.valueOf(file.getFileName()));
        }
      }
    }
    Collections.sort(names);
    return names;
  }
}
