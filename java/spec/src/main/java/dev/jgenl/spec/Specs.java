package dev.jgenl.spec;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import dev.jgenl.spec.model.Protocol;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The specs of families, by name. Those of a jar are read when they are asked for. Immutable, and
 * safe to share between threads.
 */
public final class Specs {

  private static final String FOLDER = "META-INF/jgenl/families/";
  private static final String INDEX = "index";
  private static final String ENDING = ".model";

  /** Reads the model of a family. */
  private interface Source {
    Family read();
  }

  private record InJar(ClassLoader loader, String resource) implements Source {
    @Override
    public Family read() {
      try (InputStream in = loader.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + " is in the index, but not on the path");
        }
        return ModelFile.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(resource, e);
      }
    }
  }

  private record InFolder(File file) implements Source {
    @Override
    public Family read() {
      try (InputStream in = new FileInputStream(file)) {
        return ModelFile.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(file.getPath(), e);
      }
    }
  }

  private record Given(Family read) implements Source {}

  private final Map<String, Source> sources;
  private final Map<String, Family> known = new ConcurrentHashMap<>();

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
    return loader.getResource(FOLDER + INDEX) != null;
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
      for (var urls = loader.getResources(FOLDER + INDEX); urls.hasMoreElements(); ) {
        for (String name : index(urls.nextElement().openStream())) {
          sources.putIfAbsent(name, new InJar(loader, FOLDER + name + ENDING));
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

  /**
   * Returns the specs in a folder that holds what is in {@code META-INF/jgenl/families} of a jar: a
   * program that starts often saves the time that looking into jars takes.
   *
   * @param folder with the file {@code index} and the models that it names
   * @return the specs
   * @throws UncheckedIOException if the index cannot be read
   */
  public static Specs of(Path folder) {
    Map<String, Source> sources = new LinkedHashMap<>();
    File files = folder.toFile();
    try {
      for (String name : index(new FileInputStream(new File(files, INDEX)))) {
        sources.put(name, new InFolder(new File(files, name + ENDING)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Specs(sources);
  }

  private static List<String> index(InputStream index) throws IOException {
    List<String> names = new ArrayList<>();
    try (index) {
      // A reader of lines takes half a millisecond more when a program starts.
      for (String line : new String(index.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String name = line.strip();
        // What packs jars into one may put an empty line between their indices.
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
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
      if (sources.put(family.name(), new Given(family)) != null) {
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
    if (sources.containsKey(name)) {
      return Optional.of(read(name));
    }
    for (String spec : sources.keySet()) {
      Family family = read(spec);
      if (family.protocol() instanceof Protocol.Generic generic && generic.family().equals(name)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  /** Who asks at the same time as another gets the same. */
  private Family read(String name) {
    Family family = known.get(name);
    if (family == null) {
      Family read = Objects.requireNonNull(sources.get(name), name).read();
      Family first = known.putIfAbsent(name, read);
      family = first == null ? read : first;
    }
    return family;
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
    Optional<Family> found = find(name);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(Names.printable("family", name, new ArrayList<>(names())));
    }
    return found.get();
  }
}
