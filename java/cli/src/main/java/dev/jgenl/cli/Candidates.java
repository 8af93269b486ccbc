package dev.jgenl.cli;

import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a word that is being typed may become, with what it means. */
final class Candidates {

  private static final int MEANING_MAX = 60;

  private final String typed;
  private final Map<String, String> meanings = new LinkedHashMap<>();

  /** Begins with what is typed already. */
  Candidates(String typed) {
    this.typed = typed;
  }

  /** Returns what is typed already. */
  String typed() {
    return typed;
  }

  /**
   * Adds a word if it begins with what is typed, and can be shown as it is. The meaning may be
   * empty.
   */
  void add(String word, String meaning) {
    if (word.startsWith(typed) && Printable.escape(word).equals(word)) {
      meanings.putIfAbsent(word, meaning);
    }
  }

  /** Adds words whose meaning is not known. */
  void addAll(Iterable<String> words) {
    for (String word : words) {
      add(word, "");
    }
  }

  /** Returns a line for each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> entry : meanings.entrySet()) {
      String meaning = brief(entry.getValue());
      lines.add(entry.getKey() + (meaning.isEmpty() ? "" : "\t" + meaning));
    }
    return lines;
  }

  /** The first line, or as much of it as there is room for. */
  private static String brief(String meaning) {
    String text = meaning.strip();
    int end = text.indexOf('\n');
    String line = Printable.escape(end < 0 ? text : text.substring(0, end));
    return line.length() <= MEANING_MAX ? line : line.substring(0, MEANING_MAX - 1) + "…";
  }
}
