package dev.jgenl.cli;

/**
 * Lays JSON out anew that {@link dev.jgenl.spec.Value#toJson} has written: with indentation,
 * colours, and large numbers as strings.
 *
 * @param indented whether each value stands in a line
 * @param colored whether names, strings and numbers have colours
 * @param bigAsStrings whether integers beyond 2<sup>53</sup> become strings
 */
record JsonLayout(boolean indented, boolean colored, boolean bigAsStrings) {

  private static final String LARGEST = Long.toString(1L << 53);

  /** Returns the same JSON in this layout. */
  String of(String compact) {
    return indented || colored || bigAsStrings ? new Pass(compact).run() : compact;
  }

  /** One pass over one text. */
  private final class Pass {

    private final String json;
    private final StringBuilder text;
    private int depth;
    private int at;

    Pass(String json) {
      this.json = json;
      text = new StringBuilder(2 * json.length());
    }

    String run() {
      while (at < json.length()) {
        char c = json.charAt(at);
        switch (c) {
          case '{', '[' -> open(c);
          case '}', ']' -> close(c);
          case ',' -> {
            text.append(c);
            newLine();
            at++;
          }
          case ':' -> {
            text.append(indented ? ": " : ":");
            at++;
          }
          case '"' -> string();
          default -> word();
        }
      }
      return text.toString();
    }

    private void open(char c) {
      text.append(c);
      at++;
      if (json.charAt(at) == '}' || json.charAt(at) == ']') {
        text.append(json.charAt(at++));
      } else {
        depth++;
        newLine();
      }
    }

    private void close(char c) {
      depth--;
      newLine();
      text.append(c);
      at++;
    }

    private void newLine() {
      if (indented) {
        text.append('\n').append("  ".repeat(depth));
      }
    }

    private void string() {
      int start = at++;
      while (json.charAt(at) != '"') {
        at += json.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
      boolean isName = at < json.length() && json.charAt(at) == ':';
      put(isName ? Colors.NAME : Colors.TEXT, json.substring(start, at));
    }

    private void word() {
      int start = at;
      while (at < json.length() && ",:]}".indexOf(json.charAt(at)) < 0) {
        at++;
      }
      String word = json.substring(start, at);
      put(Colors.NUMBER, bigAsStrings && isBig(word) ? '"' + word + '"' : word);
    }

    private void put(String color, String token) {
      text.append(colored ? Colors.in(color, token) : token);
    }
  }

  private static boolean isBig(String word) {
    String digits = word.startsWith("-") ? word.substring(1) : word;
    return Character.isDigit(digits.charAt(0))
        && (digits.length() > LARGEST.length()
            || (digits.length() == LARGEST.length() && digits.compareTo(LARGEST) > 0));
  }
}
