package dev.jgenl.cli;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what may stand at the end of a command line of pyynl. */
final class PyynlCompletion {

  private static final List<String> OPTIONS =
      List.of(
          "--family",
          "--spec",
          "--list-families",
          "--do",
          "--dump",
          "--multi",
          "--list-ops",
          "--list-msgs",
          "--list-attrs",
          "--policy",
          "--subscribe",
          "--duration",
          "--json",
          "--output-json",
          "--create",
          "--excl",
          "--replace",
          "--append");

  private final List<String> words;
  private final Candidates candidates;
  private final SpecSource specs;

  /**
   * Begins.
   *
   * @param words the command line, of which the last is being typed
   * @param candidates takes what is found
   * @param known the specs, unless the command line names a folder of others
   */
  PyynlCompletion(List<String> words, Candidates candidates, SpecSource known) {
    this.words = words;
    this.candidates = candidates;
    String folder = value("--spec-dir");
    specs = folder == null ? known : known.in(Path.of(folder));
  }

  /** Tells whether a command line is one of pyynl, as {@link Arguments} does. */
  static boolean isFor(List<String> words) {
    for (int i = 0; i + 1 < words.size() && words.get(i).startsWith("-"); i++) {
      if (Pyynl.isOption(words.get(i))) {
        return true;
      } else if (CommonOptions.takesValue(words.get(i))) {
        i++;
      }
    }
    return false;
  }

  /** Adds what there is to the candidates. */
  void find() throws IOException {
    switch (words.get(words.size() - 2)) {
      case "--family" -> candidates.addAll(specs.names());
      case "--do", "--multi" -> addOperations(true, false);
      case "--dump" -> addOperations(false, true);
      case "--list-attrs", "--doc" -> addOperations(true, true);
      case "--subscribe", "--ntf" -> addGroups();
      case "--json", "--spec", "--schema", "--duration", "--sleep" -> {
        // Files are what a shell offers by itself.
      }
      default -> candidates.addAll(OPTIONS);
    }
  }

  private void addOperations(boolean ofDo, boolean ofDump) throws IOException {
    for (Operation operation : model().operations()) {
      if ((ofDo && operation.doCall().isPresent()) || (ofDump && operation.dump().isPresent())) {
        candidates.add(operation.name(), operation.doc());
      }
    }
  }

  private void addGroups() throws IOException {
    for (Group group : model().groups()) {
      candidates.add(group.name(), "");
    }
  }

  private Family model() throws IOException {
    String name = value(words.contains("--family") ? "--family" : "--spec");
    return specs.family(name == null ? "" : name);
  }

  private @Nullable String value(String option) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : null;
  }
}
