package dev.jgenl.cli;

import dev.jgenl.spec.Value;
import dev.jgenl.spec.compiler.TypedClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code jgenl spec generate}: the sources of typed clients, and the models that they read. The
 * plugin for Maven does the same in a build; here nothing is removed, as the folder is the user's.
 */
final class SpecGenerator {

  private SpecGenerator() {}

  /**
   * Writes what is not there yet, or differs, and prints the path of each file that was written.
   *
   * @param specs files, or folders of them
   * @param basePackage in which each family has a package
   * @param folder takes sources and resources
   * @throws CommandException if a spec is not a file, or there are none
   * @throws IllegalArgumentException if it cannot be the name of a package
   */
  static void generate(Session session, String[] specs, String basePackage, Path folder)
      throws IOException {
    TypedClients clients = TypedClients.of(files(specs), basePackage);
    SortedMap<String, byte[]> all = new TreeMap<>(clients.sources());
    all.putAll(clients.resources());
    addIndex(folder, all);
    try (Printer printer = session.printer(Format.Count.MANY)) {
      for (String path : TypedClients.write(folder, all)) {
        printer.print(Value.of(Map.of("written", folder.resolve(path).toString())));
      }
      printer.end();
    }
  }

  /** Returns each file once, however often it is meant. */
  private static Collection<Path> files(String... specs) throws IOException {
    Map<Path, Path> files = new LinkedHashMap<>();
    for (String spec : specs) {
      for (Path file : files(spec)) {
        files.putIfAbsent(file.toRealPath(), file);
      }
    }
    return files.values();
  }

  private static List<Path> files(String spec) throws IOException {
    Path path = Options.file(spec);
    if (!Files.isDirectory(path)) {
      return List.of(file(path));
    }
    List<Path> files = SpecSource.files(path);
    if (files.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, path + ": there are no specs in this folder");
    }
    return files;
  }

  private static Path file(Path path) {
    if (!SpecSource.isFile(path.toString())) {
      throw new CommandException(
          ExitStatus.USAGE,
          "generate takes files and folders of specs, not '"
              + path
              + "'; the clients of those that jgenl brings along are in jgenl-families");
    }
    return path;
  }

  /** The index lists what an earlier call has made, too. */
  private static void addIndex(Path folder, SortedMap<String, byte[]> files) throws IOException {
    byte[] index = files.get(TypedClients.INDEX);
    Path there = folder.resolve(TypedClients.INDEX);
    if (index != null && Files.isRegularFile(there)) {
      String before = Input.decode(there.toString(), Files.readAllBytes(there));
      Set<String> names = new TreeSet<>(before.lines().toList());
      names.addAll(new String(index, StandardCharsets.UTF_8).lines().toList());
      String lines = String.join("\n", names) + "\n";
      files.put(TypedClients.INDEX, lines.getBytes(StandardCharsets.UTF_8));
    }
  }
}
