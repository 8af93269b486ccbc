package dev.jgenl.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file as they come, of whatever bytes. */
final class Lines implements Closeable {

  private final InputStream in;

  /** Begins; closing it closes the file. */
  Lines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * Reads the next line.
   *
   * @return its bytes; of one that is longer than {@link Input#BYTES_MAX}, one more than that
   *     shows; null at the end
   */
  byte @Nullable [] next() throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() <= Input.BYTES_MAX) {
        line.write(next);
      }
    }
    byte[] bytes = line.toByteArray();
    boolean isOfWindows = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return isOfWindows ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
