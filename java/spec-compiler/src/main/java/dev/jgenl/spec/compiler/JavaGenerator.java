package dev.jgenl.spec.compiler;

import dev.jgenl.spec.compiler.typed.FamilySources;
import dev.jgenl.spec.compiler.typed.Texts;
import dev.jgenl.spec.model.Family;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Makes Java of models: for each family a package with a client, and with views and builders of
 * what its messages hold. The same model makes the same text, byte for byte.
 *
 * <p>Names are those of the spec in the manner of Java: {@code rings-get} is asked for by {@code
 * ringsGet}, answered by a {@code RingsGetReply}; before a digit at the start stands an N. A name
 * that is a keyword, or that objects, views or builders have already, gets a suffix: {@code
 * classValue}, {@code StringAttrs}; of two that become the same in Java the second gets one, too,
 * or a number.
 *
 * <p>Immutable, and safe to share between threads.
 */
public final class JavaGenerator {

  private final String basePackage;

  private JavaGenerator(String basePackage) {
    this.basePackage = basePackage;
  }

  /**
   * Makes one.
   *
   * @param basePackage in which the packages of the families are, such as {@code com.example}
   * @return a generator
   * @throws IllegalArgumentException if that is no name of a package
   */
  public static JavaGenerator of(String basePackage) {
    if (!SourceVersion.isName(basePackage)) {
      throw new IllegalArgumentException("no name of a package: " + Printable.escape(basePackage));
    }
    return new JavaGenerator(basePackage);
  }

  /**
   * Returns the package of a family.
   *
   * @param family its model
   * @return such as {@code com.example.sensors}
   */
  public String packageName(Family family) {
    return basePackage + "." + FamilySources.packageName(family);
  }

  /**
   * Makes the sources of a family's package.
   *
   * @param family its model
   * @return the files' texts by their paths from the root of the sources, with slashes, such as
   *     {@code com/example/sensors/Sensors.java}
   * @throws IllegalArgumentException if the model refers to what it does not have
   */
  public SortedMap<String, String> generate(Family family) {
    return FamilySources.of(family, packageName(family));
  }

  /** Writes the sources of a module that is called as the base package; what was there goes. */
  void writeModule(Collection<Family> families, Path folder) throws IOException {
    SortedMap<String, String> files = module(families);
    removeAll(folder.resolve(basePackage.replace('.', '/')));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue(), StandardCharsets.US_ASCII);
    }
  }

  private SortedMap<String, String> module(Collection<Family> families) {
    SortedMap<String, String> files = new TreeMap<>();
    SortedMap<String, String> packages = new TreeMap<>();
    for (Family family : families) {
      String other = packages.put(packageName(family), family.name());
      if (other != null) {
        throw new IllegalArgumentException(
            family.name() + " and " + other + " are both of " + packageName(family));
      }
      files.putAll(generate(family));
    }
    files.put("module-info.java", Texts.moduleInfo(basePackage, packages.keySet()));
    return files;
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
