package dev.jgenl.cli;

import java.util.List;

/** Widths of text, and where to break it. */
final class Text {

  /** Where there is less room, lines are not broken. */
  private static final int LEAST_ROOM = 8;

  private static final int FIRST_MARK = 0x300;
  private static final int FIRST_FULL_WIDTH = 0xff01;
  private static final int LAST_FULL_WIDTH = 0xff60;
  private static final int FIRST_PICTURE = 0x1f300;
  private static final int LAST_PICTURE = 0x1faff;

  private Text() {}

  /** Returns how many columns a text takes. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      width += c < FIRST_MARK ? 1 : width(c);
    }
    return width;
  }

  /** Marks stand on what is before them; signs of East Asia, and pictures, are wide. */
  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA, BOPOMOFO, YI -> 2;
      default -> isFullWidth(c) || isPicture(c) ? 2 : 1;
    };
  }

  private static boolean isFullWidth(int c) {
    return c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH;
  }

  private static boolean isPicture(int c) {
    return c >= FIRST_PICTURE && c <= LAST_PICTURE;
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
