package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.compiler.SpecCompiler;
import dev.jgenl.spec.compiler.SpecException;
import dev.jgenl.spec.model.Family;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** Where they are in the kernel's source. */
  private static final String OF_KERNEL = "Documentation/netlink/specs/";

  private final @Nullable Path folder;
  private final PrintStream err;
  private @Nullable Specs bundled;

  /**
   * Begins.
   *
   * @param folder where specs are looked for first, or null
   * @param err is told if a spec is taken in place of a file
   */
  SpecSource(@Nullable Path folder, PrintStream err) {
    this.folder = folder;
    this.err = err;
  }

  /** Returns another whose specs are looked for in this folder first. */
  SpecSource in(Path other) {
    return new SpecSource(other, err);
  }

  /** Returns what is bundled. */
  Specs bundled() {
    Specs known = bundled;
    if (known == null) {
      known = findBundled();
      bundled = known;
    }
    return known;
  }

  /** Looks for what is bundled, each time anew. */
  static Specs findBundled() {
    String models = System.getProperty(MODELS);
    return models == null ? Specs.bundled() : Specs.of(Path.of(models));
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
        Names.unknown("family", name, names()),
        "jgenl families shows which there are");
  }

  /** Returns what is known of a family, or null if there is no spec of it. */
  @Nullable Family find(String name) throws IOException {
    Path file = file(name);
    if (file != null) {
      return read(file);
    }
    String plain = plain(name);
    if (!plain.equals(name)) {
      err.println("jgenl: there is no " + Printable.escape(name) + ": the spec built in is taken");
    }
    Family found = bundled().find(plain).orElse(null);
    return found == null ? bundled().find(plain.replace('_', '-')).orElse(null) : found;
  }

  private @Nullable Path file(String name) throws IOException {
    if (name.endsWith(ENDING) && !Files.notExists(Path.of(name))) {
      return Path.of(name);
    }
    return folder == null ? null : file(folder, plain(name));
  }

  /** Of a file that lines of the kernel's documentation name, and that is not here, the name. */
  private static String plain(String name) throws IOException {
    if (!name.endsWith(ENDING)) {
      return name;
    } else if (name.contains(OF_KERNEL)) {
      return stem(Path.of(name));
    }
    throw new NoSuchFileException(name);
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

  /** Tells whether a spec is meant by its file. */
  static boolean isFile(String spec) {
    return spec.endsWith(ENDING) || spec.indexOf('/') >= 0;
  }

  /**
   * Compiles a spec of any version.
   *
   * @throws CommandException if it is a folder, or wrong: as {@code FILE:LINE:COLUMN: TEXT}
   */
  static Family read(Path file) throws IOException {
    try {
      return compile(file);
    } catch (SpecException e) {
      throw new CommandException(ExitStatus.REFUSED, e.problems(file));
    }
  }

  /**
   * Compiles a spec of any version.
   *
   * @throws CommandException if it is a folder
   * @throws SpecException if it is wrong
   */
  static Family compile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandException(ExitStatus.USAGE, file + ": it is a folder");
    }
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
      String why = Files.exists(folder) ? ": it is no folder" : ": there is no such folder";
      throw new CommandException(ExitStatus.USAGE, folder + why);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : found) {
        if (!Files.isDirectory(file)) {
          files.add(file);
        }
      }
    }
    Collections.sort(files);
    return files;
  }
}
