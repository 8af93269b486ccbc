package dev.jgenl.wire;

/** Makes text from a message safe to show: a terminal obeys control characters. */
public final class Printable {

  private Printable() {}

  /**
   * Escapes what is not printable: control characters, and those that change the direction of
   * writing or take no room.
   *
   * @param text any text
   * @return the text, with such characters as {@code \}{@code n}, {@code \}{@code t} or {@code
   *     \}{@code u001b}
   */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      append(safe, text.codePointAt(i));
    }
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    switch (c) {
      case '\n' -> safe.append("\\n");
      case '\t' -> safe.append("\\t");
      case '\\' -> safe.append("\\\\");
      default -> {
        if (isPrintable(c)) {
          safe.appendCodePoint(c);
        } else {
          safe.append(String.format(c <= 0xffff ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
