package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a project needs of typed clients of its own specs: sources to compile, and resources that
 * the clients read at run time.
 *
 * <p>Not changed by anything but who holds it, so safe to share between threads that only read.
 *
 * @param sources in Java: their bytes, by the path of the file, with slashes
 * @param resources the models and their index, likewise
 */
public record TypedClients(SortedMap<String, byte[]> sources, SortedMap<String, byte[]> resources) {

  private static final String MODELS = "META-INF/jgenl/families/";

  /** The path of the resource that lists the names of the families, each in a line. */
  public static final String INDEX = MODELS + "index";

  /**
   * Compiles specs, and makes typed clients of them. A spec of the kernel is corrected as far as
   * the corrections fit, since it may be of any version.
   *
   * @param specs files
   * @param basePackage in which each family has a package
   * @return the clients
   * @throws SpecException if a spec is wrong, or two would be one package; it tells all that is
   *     wrong with all specs, with the folder in front of the file
   * @throws IllegalArgumentException if that is no name of a package
   * @throws IOException if a file cannot be read
   */
  public static TypedClients of(Collection<Path> specs, String basePackage) throws IOException {
    JavaGenerator generator = JavaGenerator.of(basePackage);
    SortedMap<String, byte[]> sources = new TreeMap<>();
    SortedMap<String, byte[]> resources = new TreeMap<>();
    SortedSet<String> names = new TreeSet<>();
    for (Family family : compile(specs, generator)) {
      generator.generate(family).forEach((path, text) -> sources.put(path, bytes(text)));
      resources.put(MODELS + family.name() + ".model", ModelFile.write(family));
      names.add(family.name() + "\n");
    }
    if (!names.isEmpty()) {
      resources.put(INDEX, bytes(String.join("", names)));
    }
    return new TypedClients(sources, resources);
  }

  private static Collection<Family> compile(Collection<Path> specs, JavaGenerator generator)
      throws IOException {
    SpecCompiler compiler = SpecCompiler.create().unpinned();
    Map<String, Family> families = new LinkedHashMap<>();
    Map<String, Path> files = new HashMap<>();
    // What an alias of YAML repeats is wrong in one place.
    Set<String> problems = new LinkedHashSet<>();
    for (Path spec : specs) {
      try {
        Family family = compiler.compile(spec);
        String name = generator.packageName(family);
        Family other = families.putIfAbsent(name, family);
        Path file = files.putIfAbsent(name, spec);
        if (other != null) {
          problems.add(spec + ":1:1: " + secondOf(family.name(), other.name(), file));
        }
      } catch (SpecException e) {
        problems.addAll(e.problems(spec));
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(new ArrayList<>(problems));
    }
    return families.values();
  }

  private static String secondOf(String family, String other, @Nullable Path file) {
    return family.equals(other)
        ? family + " is in " + file + ", too: leave one of them out"
        : family
            + " would be in one package with "
            + other
            + " of "
            + file
            + ": give it another name";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes files. One that has the right bytes is left as it is, with its time, and so is what else
   * is in the folder.
   *
   * @param folder which is made if it is not there
   * @param files their bytes, by the path in the folder, with slashes
   * @return the paths of what was written
   * @throws IOException if a file cannot be read or written; the next call repairs it
   */
  public static Set<String> write(Path folder, Map<String, byte[]> files) throws IOException {
    Set<String> changed = new TreeSet<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.write(path, file.getValue());
        changed.add(file.getKey());
      }
    }
    return changed;
  }
}
