package dev.jgenl.spec.compiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Collects findings; its methods are the questions that are asked of many parts of a family. */
final class Findings {

  private final List<Finding> findings = new ArrayList<>();

  List<Finding> all() {
    return List.copyOf(findings);
  }

  void add(List<String> path, String text, String remedy) {
    findings.add(new Finding(path, text, remedy));
  }

  /** The name has to be one that is known. */
  void require(List<String> path, String what, String name, Collection<String> known) {
    if (!known.contains(name)) {
      String remedy = Nearest.remedy(name, known).substring(": ".length());
      add(path, "there is no " + what + " " + name, remedy);
    }
  }

  /** No two of the things may have the same name, or number. */
  <T> void requireDistinct(
      List<String> path, String what, List<T> things, Function<T, String> name, String remedy) {
    Set<String> seen = new HashSet<>();
    for (T thing : things) {
      if (!seen.add(name.apply(thing))) {
        add(path, "a second " + what + " " + name.apply(thing), remedy);
      }
    }
  }

  static List<String> path(String... steps) {
    return List.of(steps);
  }

  static List<String> path(List<String> path, String... steps) {
    List<String> longer = new ArrayList<>(path);
    longer.addAll(List.of(steps));
    return longer;
  }
}
