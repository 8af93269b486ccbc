package dev.jgenl.test;

import dev.jgenl.test.PyynlNotation.Indexed;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what jgenl has read with what pyynl has, before and after it: a number that goes on
 * meanwhile, as a counter does, has to lie between the two.
 */
final class Comparison {

  private static final int SHOWN_MAX = 300;

  /** The path of what differs altogether. */
  static final String ALL = "all";

  /**
   * Something that differs.
   *
   * @param path the names that lead to it, such as {@code ops[].flags}
   */
  record Difference(String path, Object ours, Object theirs) {

    boolean isOfNumbers() {
      return ours instanceof Number && theirs instanceof Number;
    }

    @Override
    public String toString() {
      return path + ": jgenl has " + abridge(ours) + ", pyynl " + abridge(theirs);
    }

    private static String abridge(Object value) {
      String text = value.toString();
      return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }
  }

  private static final String NOTHING = "nothing";

  /** The first at each path. */
  private final Map<String, Difference> differences = new LinkedHashMap<>();

  private Comparison() {}

  static List<Difference> of(List<Json> ours, List<Json> before, List<Json> after) {
    Comparison comparison = new Comparison();
    comparison.compareShown(
        "",
        ours,
        before.stream().map(PyynlNotation::translate).toList(),
        after.stream().map(PyynlNotation::translate).toList());
    return List.copyOf(comparison.differences.values());
  }

  /** Tells whether nothing but numbers has changed. */
  static boolean isSteady(Object before, Object after) {
    if (before instanceof Json a && after instanceof Json b) {
      return a.members().keySet().equals(b.members().keySet())
          && a.members().entrySet().stream()
              .allMatch(m -> isSteady(m.getValue(), b.members().get(m.getKey())));
    } else if (before instanceof List<?> a && after instanceof List<?> b) {
      boolean steady = a.size() == b.size();
      for (int i = 0; steady && i < a.size(); i++) {
        steady = isSteady(a.get(i), b.get(i));
      }
      return steady;
    }
    return before instanceof Number ? after instanceof Number : before.equals(after);
  }

  private void compare(String path, Object ours, Object before, Object after) {
    if (before instanceof Indexed b && after instanceof Indexed a) {
      boolean asObject = ours instanceof Json;
      compareShown(path, ours, b.shown(asObject), a.shown(asObject));
    } else {
      compareShown(path, ours, before, after);
    }
  }

  private void compareShown(String path, Object ours, Object before, Object after) {
    if (ours instanceof Json a && before instanceof Json b && after instanceof Json c) {
      compareMembers(path, a.members(), b.members(), c.members());
    } else if (ours instanceof List<?> a && before instanceof List<?> b && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        compare(path + "[]", a.get(i), b.get(i), ((List<?>) after).get(i));
      }
    } else if (ours instanceof List<?> a && before instanceof Set<?> flags) {
      if (a.size() != flags.size() || !flags.equals(new HashSet<>(a))) {
        add(path, ours, before);
      }
    } else if (!ours.equals(before) && !lies(ours, before, after)) {
      add(path, ours, before);
    }
  }

  private void compareMembers(
      String path,
      Map<String, Object> ours,
      Map<String, Object> before,
      Map<String, Object> after) {
    Set<String> names = new TreeSet<>(ours.keySet());
    names.addAll(before.keySet());
    for (String name : names) {
      compare(
          path.isEmpty() ? name : path + "." + name,
          ours.getOrDefault(name, NOTHING),
          before.getOrDefault(name, NOTHING),
          after.getOrDefault(name, NOTHING));
    }
  }

  private void add(String path, Object ours, Object theirs) {
    String within = path.isEmpty() || path.equals("[]") ? ALL : path.replaceFirst("^\\[]\\.", "");
    differences.putIfAbsent(within, new Difference(within, ours, theirs));
  }

  private static boolean lies(Object ours, Object before, Object after) {
    if (!(ours instanceof Number && before instanceof Number && after instanceof Number)) {
      return false;
    }
    BigInteger number = big(ours);
    return number.compareTo(big(before).min(big(after))) >= 0
        && number.compareTo(big(before).max(big(after))) <= 0;
  }

  private static BigInteger big(Object number) {
    return new BigInteger(number.toString());
  }
}
