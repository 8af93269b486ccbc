package dev.jgenl.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Shows attributes for people: a line each, nests indented, nothing that a terminal would obey. */
final class AttributePrinter {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int BYTES_MAX = 32;

  /** Deeper nests are shown as bytes: a message could hold more than the stack has room for. */
  private static final int INDENT_MAX = 2 * 64;

  private AttributePrinter() {}

  static String print(Attributes attributes) {
    StringBuilder text = new StringBuilder();
    print(attributes, "", text);
    return text.toString();
  }

  private static void print(Attributes attributes, String indent, StringBuilder text) {
    try {
      for (Attribute a : attributes) {
        text.append(indent).append(a.type()).append(": ");
        if (a.isNested() && indent.length() < INDENT_MAX) {
          text.append("nested\n");
          print(a.nested(), indent + "  ", text);
        } else {
          printPayload(a, text);
          text.append('\n');
        }
      }
    } catch (MalformedMessageException e) {
      text.append(indent).append("malformed: ").append(e.getMessage()).append('\n');
    }
  }

  private static void printPayload(Attribute a, StringBuilder text) {
    byte[] bytes = a.bytes();
    text.append(bytes.length).append(bytes.length == 1 ? " byte" : " bytes");
    if (isString(bytes)) {
      String string = new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
      text.append(" \"").append(Printable.escape(string)).append('"');
    } else if (bytes.length > 0) {
      int shown = Math.min(bytes.length, BYTES_MAX);
      text.append(' ').append(HEX.formatHex(bytes, 0, shown));
      text.append(shown < bytes.length ? " ..." : "");
    }
  }

  /** A guess: at least two characters, and a NUL at the end alone. */
  private static boolean isString(byte[] bytes) {
    int last = bytes.length - 1;
    if (last < 2 || bytes[last] != 0) {
      return false;
    }
    for (int i = 0; i < last; i++) {
      if (bytes[i] >= 0 && bytes[i] < ' ') {
        return false;
      }
    }
    return true;
  }
}
