package dev.jgenl.cli;

import dev.jgenl.spec.Value;
import dev.jgenl.spec.compiler.TypedClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    List<Path> files = new ArrayList<>();
    for (String spec : specs) {
      Path path = Path.of(spec);
      if (Files.isDirectory(path)) {
        files.addAll(SpecSource.files(path));
      } else if (SpecSource.isFile(spec)) {
        files.add(path);
      } else {
        throw new CommandException(
            ExitStatus.USAGE,
            "generate takes files and folders of specs, not '"
                + spec
                + "'; the clients of those that jgenl brings along are in jgenl-families");
      }
    }
    if (files.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, "there are no specs in these folders");
    }
    TypedClients clients = TypedClients.of(files, basePackage);
    SortedMap<String, byte[]> all = new TreeMap<>(clients.sources());
    all.putAll(clients.resources());
    addIndex(folder, all);
    Printer printer = session.printer(Format.Count.MANY);
    for (String path : TypedClients.write(folder, all)) {
      printer.print(Value.of(Map.of("written", folder.resolve(path).toString())));
    }
    printer.end();
  }

  /** The index lists what an earlier call has made, too. */
  private static void addIndex(Path folder, SortedMap<String, byte[]> files) throws IOException {
    byte[] index = files.get(TypedClients.INDEX);
    Path there = folder.resolve(TypedClients.INDEX);
    if (index != null && Files.exists(there)) {
      Set<String> names = new TreeSet<>(Files.readAllLines(there));
      names.addAll(new String(index, StandardCharsets.UTF_8).lines().toList());
      String lines = String.join("\n", names) + "\n";
      files.put(TypedClients.INDEX, lines.getBytes(StandardCharsets.UTF_8));
    }
  }
}
