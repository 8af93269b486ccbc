package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The specs whose models go into one jar, by name. */
final class Bundle {

  private static final String FOLDER = "META-INF/jgenl/families";
  private static final String LICENCE = "LICENSE-BSD-3-Clause";

  private final SpecCompiler compiler;
  private final Map<String, SpecFile> specs = new TreeMap<>();
  private final Set<String> own = new TreeSet<>();

  Bundle(SpecCompiler compiler) {
    this.compiler = compiler;
  }

  /** Adds specs, by the names that they have themselves. */
  void addAll(List<SpecFile> files, boolean ofOnesOwn) throws SpecException {
    for (SpecFile file : files) {
      String name = Fields.of("a spec", Tree.read(file.file(), file.yaml())).text("name");
      SpecFile other = specs.put(name, file);
      if (other != null) {
        throw new SpecException(
            file.place(), "is a second spec of " + name + ", after " + other.file());
      }
      if (ofOnesOwn) {
        own.add(name);
      } else if (!file.licence().contains("BSD-3-Clause")) {
        throw new SpecException(
            file.place(), "is not offered under BSD-3-Clause: its model may not be in the jar");
      }
    }
  }

  void require(Pins pins) throws SpecException {
    List<String> problems = pins.check(specs);
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
  }

  /** There has to be a spec for each overlay. */
  void requireAll(List<Overlay> overlays) throws SpecException {
    for (Overlay overlay : overlays) {
      if (!specs.containsKey(overlay.family())) {
        throw new SpecException(
            overlay.place(),
            "there is no spec of "
                + overlay.family()
                + Nearest.remedy(overlay.family(), specs.keySet()));
      }
    }
  }

  /**
   * Compiles all, and writes the files of the jar; what was there of models goes.
   *
   * @return the models
   */
  Collection<Family> write(Path output, String origin) throws IOException {
    Map<String, Family> families = compile();
    Path folder = Files.createDirectories(output.resolve(FOLDER));
    removeAll(folder);
    for (Family family : families.values()) {
      Files.write(folder.resolve(family.name() + ".model"), ModelFile.write(family));
    }
    Files.writeString(folder.resolve("index"), String.join("\n", families.keySet()) + "\n");
    if (own.size() < specs.size()) {
      writeLicence(output.resolve("META-INF"), notice(families, origin));
    }
    return families.values();
  }

  private static void writeLicence(Path folder, String notice) throws IOException {
    Files.writeString(folder.resolve("NOTICE"), notice);
    try (InputStream licence =
        Objects.requireNonNull(Bundle.class.getResourceAsStream(LICENCE), LICENCE)) {
      Files.write(folder.resolve(LICENCE), licence.readAllBytes());
    }
  }

  private Map<String, Family> compile() throws SpecException {
    Map<String, Family> families = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    specs.forEach(
        (name, spec) -> {
          try {
            families.put(name, compiler.compile(spec));
          } catch (SpecException e) {
            problems.addAll(e.problems());
          }
        });
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    return families;
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private String notice(Map<String, Family> families, String origin) {
    Set<String> licences = new TreeSet<>();
    Set<String> copyrights = new TreeSet<>();
    specs.forEach(
        (name, spec) -> {
          if (!own.contains(name)) {
            licences.add(spec.licence());
            copyrights.addAll(spec.copyrights());
          }
        });
    List<String> corrected =
        families.values().stream()
            .filter(family -> !family.provenance().corrections().isEmpty())
            .map(Family::name)
            .toList();
    return """
        The models in %s, and the classes, are made of specs of netlink families: %s.
        The specs are offered under %s;
        of this, BSD-3-Clause is taken: see %s.
        Modified: overlays, of %s.
        Of jgenl's own and under its licence: %s.

        %s
        and the contributors to Linux
        """
        .formatted(
            FOLDER,
            origin,
            String.join(", ", licences),
            LICENCE,
            listed(corrected),
            listed(own),
            String.join("\n", copyrights));
  }

  private static String listed(Iterable<String> names) {
    String list = String.join(", ", names);
    return list.isEmpty() ? "none" : list;
  }
}
