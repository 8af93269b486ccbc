package dev.jgenl.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a text, which are counted. Their bytes are taken for characters of Latin 1. */
final class TextLines implements Closeable {

  private static final int LINE_MAX = 16 << 20;

  private final InputStream in;
  private int number;

  TextLines(InputStream in) {
    this.in = in;
  }

  /** Reads the next line, without its end; null if there is none. */
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        if (line.isEmpty()) {
          return null;
        }
        break;
      }
      if (line.length() == LINE_MAX) {
        throw malformed("longer than " + LINE_MAX + " bytes");
      }
      line.append((char) c);
    }
    number++;
    return line.toString();
  }

  IOException malformed(String what) {
    return new IOException("line " + number + " of the recording: " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
