package dev.jgenl.spec.compiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which specs there have to be, each with its sha256: a line {@code sha256 name} for each. */
final class Pins {

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S+)");

  private final String file;
  private final Map<String, String> hashes = new TreeMap<>();

  private Pins(String file) {
    this.file = file;
  }

  static Pins read(Path path) throws IOException {
    Pins pins = new Pins(String.valueOf(path.getFileName()));
    List<String> lines = Files.readAllLines(path);
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (!line.matches()) {
        throw new SpecException(
            new Place(pins.file, i + 1, 1), "each line has to be a sha256, two spaces and a name");
      }
      pins.hashes.put(line.group(2), line.group(1));
    }
    return pins;
  }

  /** Returns what differs: specs that are other ones, not pinned, or not there. */
  List<String> check(Map<String, SpecFile> specs) {
    List<String> problems = new ArrayList<>();
    specs.forEach(
        (name, spec) -> {
          String hash = hashes.get(name);
          if (hash == null) {
            problems.add(
                SpecException.problem(
                    spec.place(), name + " is not in " + file + ": pin it, or compile unpinned"));
          } else if (!hash.equals(spec.sha256())) {
            problems.add(
                SpecException.problem(
                    spec.place(),
                    "has the sha256 "
                        + spec.sha256()
                        + " and not that in "
                        + file
                        + ": take the specs of the pinned version, or compile unpinned"));
          }
        });
    Set<String> missing = new HashSet<>(hashes.keySet());
    missing.removeAll(specs.keySet());
    missing.stream()
        .sorted()
        .map(
            name ->
                SpecException.problem(
                    new Place(file, 1, 1),
                    "no spec of " + name + " was found: take all specs of the pinned version"))
        .forEach(problems::add);
    return problems;
  }
}
