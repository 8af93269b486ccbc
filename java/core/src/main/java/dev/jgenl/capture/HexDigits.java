package dev.jgenl.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Bytes in hexadecimal digits, two each, with or without something in between. */
final class HexDigits {

  private HexDigits() {}

  /** Tells whether a character counts for nothing. */
  static boolean isBetween(int c) {
    return switch (c) {
      case ' ', '\t', '\r', '\n', ',', ':' -> true;
      default -> false;
    };
  }

  /**
   * Appends the bytes of a text.
   *
   * @param lines where it stands, for the message of an exception
   */
  static void read(String text, ByteArrayOutputStream bytes, TextLines lines) throws IOException {
    int at = 0;
    while (at < text.length()) {
      if (isBetween(text.charAt(at))) {
        at++;
      } else if (text.startsWith("0x", at) || text.startsWith("\\x", at)) {
        at += 2;
      } else {
        int high = Character.digit(text.charAt(at), 16);
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
          throw lines.malformed("no two hexadecimal digits");
        }
        if (bytes.size() == CaptureInput.BLOCK_MAX) {
          throw lines.malformed("a datagram of more than " + CaptureInput.BLOCK_MAX + " bytes");
        }
        bytes.write(high << 4 | low);
        at += 2;
      }
    }
  }
}
