package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.compiler.SpecCompiler;
import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where specs come from: a folder of YAML if there is one, then what is bundled. */
final class SpecSource {

  /** The launcher tells in which folder the models lie: looking into jars takes longer. */
  private static final String MODELS = "jgenl.models";

  private static final String ENDING = ".yaml";

  private final @Nullable Path folder;
  private @Nullable Specs bundled;

  SpecSource(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Returns what is bundled. */
  Specs bundled() {
    Specs known = bundled;
    if (known == null) {
      String models = System.getProperty(MODELS);
      known = models == null ? Specs.bundled() : Specs.of(Path.of(models));
      bundled = known;
    }
    return known;
  }

  /**
   * Returns what is known of a family.
   *
   * @param name of the spec, or the name by which the kernel knows the family, or a file
   * @throws CommandException if there is no spec of it; the message says which there are
   */
  Family family(String name) throws IOException {
    Family found = find(name);
    if (found != null) {
      return found;
    }
    throw new CommandException(
        ExitStatus.NO_FAMILY,
        Names.unknown("family", name, names()) + "\njgenl families shows which there are");
  }

  /** Returns what is known of a family, or null if there is no spec of it. */
  @Nullable Family find(String name) throws IOException {
    Path file = file(name);
    if (file != null) {
      return compile(file);
    }
    String plain = plain(name);
    Family found = bundled().find(plain).orElse(null);
    return found == null ? bundled().find(plain.replace('_', '-')).orElse(null) : found;
  }

  private @Nullable Path file(String name) throws IOException {
    if (name.endsWith(ENDING) && Files.exists(Path.of(name))) {
      return Path.of(name);
    }
    return folder == null ? null : file(folder, plain(name));
  }

  /**
   * Of a file that is not here, such as in a line of the kernel's documentation, the name counts.
   */
  private static String plain(String name) {
    return name.endsWith(ENDING) ? stem(Path.of(name)) : name;
  }

  /** Returns the names of all, in their order. */
  List<String> names() throws IOException {
    Set<String> names = new TreeSet<>(bundled().names());
    if (folder != null) {
      for (Path file : files(folder)) {
        names.add(stem(file));
      }
    }
    return new ArrayList<>(names);
  }

  /** Returns the specs of all families. */
  Specs all() throws IOException {
    if (folder == null) {
      return bundled();
    }
    List<Family> families = new ArrayList<>();
    for (String name : names()) {
      families.add(family(name));
    }
    return Specs.of(families.toArray(new Family[0]));
  }

  /** Compiles a spec of any version. */
  static Family compile(Path file) throws IOException {
    return SpecCompiler.create().unpinned().compile(file);
  }

  /** The kernel calls its files with an underscore where some families have a hyphen. */
  private static @Nullable Path file(Path folder, String name) throws IOException {
    for (Path file : files(folder)) {
      if (stem(file).replace('_', '-').equals(name.replace('_', '-'))) {
        return file;
      }
    }
    return null;
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ENDING.length());
  }

  /** Returns the specs in a folder, in the order of their names. */
  static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CommandException(ExitStatus.USAGE, "no folder: " + folder.toString());
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : found) {
        files.add(file);
      }
    }
    Collections.sort(files);
    return files;
  }
}
