package dev.jgenl.spec;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import dev.jgenl.spec.model.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The specs of families, by name. Those of a jar are read when they are asked for. Immutable, and
 * safe to share between threads.
 */
public final class Specs {

  private static final String FOLDER = "META-INF/jgenl/families/";

  /** Reads the model of a family. */
  @FunctionalInterface
  private interface Source {
    Family read();
  }

  private final Map<String, Source> sources;
  private final Map<String, Family> read = new ConcurrentHashMap<>();

  private Specs(Map<String, Source> sources) {
    this.sources = sources;
  }

  /**
   * Returns the specs of the kernel's families, of the artifact jgenl-families, and those that
   * other jars on the path bring in the same way.
   *
   * @return the specs
   * @throws IllegalStateException if there are none
   */
  public static Specs bundled() {
    ClassLoader loader = Specs.class.getClassLoader();
    return of(hasIndex(loader) ? loader : Thread.currentThread().getContextClassLoader());
  }

  private static boolean hasIndex(ClassLoader loader) {
    return loader.getResource(FOLDER + "index") != null;
  }

  /**
   * Returns the specs that a class loader finds.
   *
   * @param loader such as that of a plug-in
   * @return the specs
   * @throws IllegalStateException if there are none
   */
  public static Specs of(ClassLoader loader) {
    Map<String, Source> sources = new LinkedHashMap<>();
    try {
      for (var urls = loader.getResources(FOLDER + "index"); urls.hasMoreElements(); ) {
        try (InputStream in = urls.nextElement().openStream();
            BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
          // What packs jars into one may put an empty line between their indices.
          for (String name : lines.lines().filter(line -> !line.isEmpty()).toList()) {
            String resource = FOLDER + name + ".model";
            sources.putIfAbsent(name, () -> read(loader, resource));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (sources.isEmpty()) {
      throw new IllegalStateException(
          "no spec of a family is on the path: add the artifact jgenl-families; a module has to"
              + " require dev.jgenl.families, too");
    }
    return new Specs(sources);
  }

  private static Family read(ClassLoader loader, String resource) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is in the index, but not on the path");
      }
      return ModelFile.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /**
   * Returns specs of these families.
   *
   * @param families their models
   * @return the specs
   * @throws IllegalArgumentException if two have one name
   */
  public static Specs of(Family... families) {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (Family family : families) {
      if (sources.put(family.name(), () -> family) != null) {
        throw new IllegalArgumentException("two specs are called " + family.name());
      }
    }
    return new Specs(sources);
  }

  /**
   * Returns the names of all specs.
   *
   * @return in the order of the alphabet, of each jar
   */
  public List<String> names() {
    return List.copyOf(sources.keySet());
  }

  /**
   * Returns the model of a family.
   *
   * @param name of the spec, or the name by which the kernel knows the family
   * @return the model; empty if there is none
   * @throws UncheckedIOException if its file cannot be read
   */
  public Optional<Family> find(String name) {
    Source source = sources.get(name);
    if (source != null) {
      return Optional.of(read.computeIfAbsent(name, n -> source.read()));
    }
    return sources.keySet().stream()
        .map(n -> find(n).orElseThrow())
        .filter(f -> f.protocol() instanceof Protocol.Generic g && g.family().equals(name))
        .findFirst();
  }

  /**
   * Returns the model of a family.
   *
   * @param name of the spec, or the name by which the kernel knows the family
   * @return the model
   * @throws IllegalArgumentException if there is none; the message says which there are
   * @throws UncheckedIOException if its file cannot be read
   */
  public Family family(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Names.printable("family", name, new ArrayList<>(names()))));
  }
}
