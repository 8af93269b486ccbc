package dev.jgenl.cli;

import java.util.List;

/** Widths of text, and where to break it. */
final class Text {

  /** Where there is less room, lines are not broken. */
  private static final int LEAST_ROOM = 8;

  private Text() {}

  /** Returns how many columns a text takes. */
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Breaks text at blanks and commas, or in words that are too long.
   *
   * @param text the text
   * @param first the room in the first line
   * @param others the room in the lines behind it; no line is broken if it is too little
   * @param lines takes at least one line
   */
  static void breakInto(String text, int first, int others, List<String> lines) {
    String rest = text;
    int room = first;
    while (others >= LEAST_ROOM && rest.length() > room) {
      int end = end(rest, Math.max(0, room));
      if (end == 0 && room >= others) {
        end = room;
      }
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
      room = others;
    }
    lines.add(rest);
  }

  /** Returns behind what a line of this room may end; 0 if there is nothing. */
  private static int end(String text, int room) {
    for (int at = Math.min(room, text.length() - 1); at > 0; at--) {
      char c = text.charAt(at);
      if (c == ' ' || text.charAt(at - 1) == ',') {
        return at;
      }
    }
    return 0;
  }
}
