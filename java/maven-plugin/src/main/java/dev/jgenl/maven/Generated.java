package dev.jgenl.maven;

import dev.jgenl.spec.compiler.JavaGenerator;
import dev.jgenl.spec.compiler.SpecCompiler;
import dev.jgenl.spec.compiler.SpecException;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.apache.maven.plugin.MojoFailureException;

/**
 * What is made of specs.
 *
 * @param sources in Java: their bytes, by the path of the file
 * @param resources the models and their index, likewise
 */
record Generated(Map<String, byte[]> sources, Map<String, byte[]> resources) {

  private static final String MODELS = "META-INF/jgenl/families/";

  /**
   * Compiles specs, and makes typed clients of them.
   *
   * @param packageName in which each family has a package
   * @throws MojoFailureException if the name or a spec is wrong, or two specs would be one package;
   *     it tells all that is wrong with the specs
   * @throws IOException if a file cannot be read
   */
  static Generated of(List<Path> specs, String packageName)
      throws IOException, MojoFailureException {
    if (!SourceVersion.isName(packageName)) {
      throw new MojoFailureException(
          "a package of Java cannot be called " + packageName + ": set packageName to another one");
    }
    Map<String, byte[]> sources = new TreeMap<>();
    Map<String, byte[]> resources = new TreeMap<>();
    JavaGenerator generator = JavaGenerator.of(packageName);
    Map<String, Family> families = compile(specs, generator);
    for (Family family : families.values()) {
      generator.generate(family).forEach((path, text) -> sources.put(path, bytes(text)));
      resources.put(MODELS + family.name() + ".model", ModelFile.write(family));
    }
    if (!families.isEmpty()) {
      resources.put(MODELS + "index", bytes(index(families.values())));
    }
    return new Generated(sources, resources);
  }

  /**
   * Returns the families by their packages. A spec of the kernel is corrected as far as the
   * corrections fit, since it may be of any version.
   */
  private static Map<String, Family> compile(List<Path> specs, JavaGenerator generator)
      throws IOException, MojoFailureException {
    SpecCompiler compiler = SpecCompiler.create().unpinned();
    Map<String, Family> families = new LinkedHashMap<>();
    // What an alias of YAML repeats is wrong in one place.
    Set<String> problems = new LinkedHashSet<>();
    for (Path spec : specs) {
      try {
        Family family = compiler.compile(spec);
        Family other = families.putIfAbsent(generator.packageName(family), family);
        if (other != null) {
          problems.add(at(spec, spec.getFileName() + ":1:1: " + secondOf(family, other)));
        }
      } catch (SpecException e) {
        e.problems().forEach(problem -> problems.add(at(spec, problem)));
      }
    }
    if (!problems.isEmpty()) {
      throw new MojoFailureException("a spec is wrong\n" + String.join("\n", problems));
    }
    return families;
  }

  private static String secondOf(Family family, Family other) {
    return family.name()
        + " would be in one package with "
        + other.name()
        + " of "
        + other.provenance().file()
        + ": give it another name";
  }

  /** With the folder, so that tools find the file. */
  private static String at(Path spec, String problem) {
    return problem.startsWith(spec.getFileName() + ":")
        ? Objects.requireNonNull(spec.getParent()) + "/" + problem
        : problem;
  }

  private static String index(Collection<Family> families) {
    return families.stream().map(f -> f.name() + "\n").sorted().collect(Collectors.joining());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
