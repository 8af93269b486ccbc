package dev.jgenl.maven;

import dev.jgenl.spec.compiler.TypedClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder that belongs to the plugin alone. */
final class OutputFolder {

  private OutputFolder() {}

  /**
   * Makes a folder hold these files and no others. One that has the right bytes is left as it is,
   * with its time.
   *
   * @param files their bytes, by the path in the folder, with slashes
   * @return the paths of what was written or removed
   * @throws IOException if the folder cannot be read or written to; the next call repairs it
   */
  static Set<String> update(Path folder, Map<String, byte[]> files) throws IOException {
    Set<String> changed = removeOthers(folder, files.keySet());
    changed.addAll(TypedClients.write(folder, files));
    return changed;
  }

  private static Set<String> removeOthers(Path folder, Set<String> kept) throws IOException {
    Set<String> removed = new TreeSet<>();
    for (Path path : deepestFirst(folder)) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      if (Files.isDirectory(path)) {
        removeIfEmpty(path);
      } else if (!kept.contains(name)) {
        Files.delete(path);
        removed.add(name);
      }
    }
    return removed;
  }

  private static List<Path> deepestFirst(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(folder);
  }
}
