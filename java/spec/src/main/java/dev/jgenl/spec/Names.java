package dev.jgenl.spec;

import dev.jgenl.spec.model.Definition.Entry;
import dev.jgenl.wire.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says what there is in place of a name that there is not: the nearest ones, or all if none is near
 * and they are few.
 */
public final class Names {

  private static final int SHOWN_MAX = 12;

  /** Longer names are shown in part. */
  private static final int LENGTH_MAX = 60;

  /** Shorter names are all similar. */
  private static final int SIMILAR_LENGTH = 3;

  private Names() {}

  /** The same, for an exception that does not escape what would change a terminal. */
  static String printable(String kind, String name, List<String> known) {
    return Printable.escape(unknown(kind, name, known));
  }

  /**
   * Says that a name is unknown, and which it may have been meant to be.
   *
   * @param kind what it is a name of, such as "operation"
   * @param name the name that there is not; a long one is shown in part
   * @param known the names that there are
   * @return such as "no such operation: 'rngs-get'; is it rings-get?"; neither name is escaped
   */
  public static String unknown(String kind, String name, List<String> known) {
    String text = "no such " + kind + ": '" + shown(name) + "'";
    if (known.isEmpty()) {
      return text + "; there are none";
    }
    List<String> nearest = nearest(name, known);
    return nearest.isEmpty()
        ? text + "; there are " + some(known)
        : text + "; is it " + some(nearest) + "?";
  }

  /** The same of a value that is neither a number nor a name of one. */
  static String unknown(String kind, String name, Notation notation) {
    if (notation.names() == null) {
      return "a number is wanted, not '" + name + "'";
    }
    return unknown(kind, name, notation.names().entries().stream().map(Entry::name).toList());
  }

  private static String shown(String name) {
    return name.length() <= LENGTH_MAX ? name : name.substring(0, LENGTH_MAX) + "…";
  }

  private static String some(List<String> names) {
    return names.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "))
        + (names.size() > SHOWN_MAX ? ", …" : "");
  }

  private static List<String> nearest(String name, List<String> known) {
    if (name.length() < SIMILAR_LENGTH || name.length() > LENGTH_MAX) {
      return List.of();
    }
    int most = Math.max(2, name.length() / 3);
    return known.stream()
        .filter(k -> distance(name, k) <= most || k.contains(name))
        .sorted(Comparator.comparingInt(k -> distance(name, k)))
        .limit(3)
        .toList();
  }

  /** How many letters have to be put in, left out or replaced. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
