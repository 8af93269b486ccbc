package dev.jgenl.spec.compiler.typed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the names of a spec are in Java: its words, which anything that is no letter or digit of
 * ASCII divides. Before a digit at the start stands an N.
 */
final class Identifiers {

  private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9]+");

  private Identifiers() {}

  /** Such as {@code WgPeer}. */
  static String type(String name) {
    return words(name).stream().map(Identifiers::capitalized).collect(Collectors.joining());
  }

  /** Such as {@code wgPeer}. */
  static String member(String name) {
    String type = type(name);
    return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
  }

  /** Such as {@code WG_PEER}. */
  static String constant(String name) {
    return String.join("_", words(name)).toUpperCase(Locale.ROOT);
  }

  /** Such as {@code wgpeer}. */
  static String packageName(String name) {
    return String.join("", words(name)).toLowerCase(Locale.ROOT);
  }

  private static List<String> words(String name) {
    List<String> words =
        Arrays.stream(BETWEEN.split(name)).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      return List.of("n");
    }
    return Character.isDigit(words.get(0).charAt(0)) ? behindN(words) : words;
  }

  private static List<String> behindN(List<String> words) {
    return Stream.concat(Stream.of("n" + words.get(0)), words.stream().skip(1)).toList();
  }

  /** A word in capitals alone is no name in Java. */
  private static String capitalized(String word) {
    String rest = word.substring(1);
    boolean allCapitals = word.equals(word.toUpperCase(Locale.ROOT));
    return word.substring(0, 1).toUpperCase(Locale.ROOT)
        + (allCapitals ? rest.toLowerCase(Locale.ROOT) : rest);
  }
}
