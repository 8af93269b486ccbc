package dev.jgenl.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line, by the rules of a shell: blanks part them, quotes and backslashes keep what
 * they are before, {@code #} at the start of a word begins a comment. Nothing is replaced.
 */
final class Words {

  private final String line;
  private final List<String> words = new ArrayList<>();
  private int at;

  private Words(String line) {
    this.line = line;
  }

  /**
   * Returns the words.
   *
   * @throws CommandException if a quote is not closed
   */
  static List<String> of(String line) {
    Words words = new Words(line);
    for (words.skipBlanks(); !words.isAtEnd(); words.skipBlanks()) {
      words.words.add(words.word());
    }
    return words.words;
  }

  private boolean isAtEnd() {
    return at == line.length() || line.charAt(at) == '#';
  }

  private void skipBlanks() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      char c = line.charAt(at++);
      switch (c) {
        case '\'', '"' -> quoted(c, word);
        case '\\' -> word.append(next());
        default -> word.append(c);
      }
    }
    return word.toString();
  }

  /** Within double quotes a backslash is one, unless a quote or a backslash follows. */
  private void quoted(char quote, StringBuilder word) {
    for (char c = next(); c != quote; c = next()) {
      boolean escapes = c == '\\' && quote == '"' && at < line.length();
      word.append(escapes && "\"\\".indexOf(line.charAt(at)) >= 0 ? next() : c);
    }
  }

  private char next() {
    if (at == line.length()) {
      throw new CommandException(ExitStatus.USAGE, "a quote or a backslash ends with the line");
    }
    return line.charAt(at++);
  }
}
