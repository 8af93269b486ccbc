package dev.jgenl.spec.compiler;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who has written something else. */
final class Nearest {

  /** Longer words are no slips of the pen. */
  private static final int LONGEST = 64;

  private Nearest() {}

  /** Returns a remedy to end an error with: the known word with the fewest letters that differ. */
  static String remedy(String word, Collection<String> known) {
    return nearest(word, known)
        .map(nearest -> ": is " + nearest + " meant?")
        .orElseGet(() -> known.isEmpty() ? ": there is none" : ": there are " + listed(known));
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> candidate.length() <= LONGEST)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            candidate ->
                candidate.startsWith(word) || distance(word, candidate) <= 1 + word.length() / 2);
  }

  /** The number of letters to put in, take out or change: Levenshtein's distance. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  private static String listed(Collection<String> known) {
    return String.join(", ", known.stream().sorted().limit(40).toList())
        + (known.size() > 40 ? ", …" : "");
  }
}
