package dev.jgenl.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads digits. */
final class HexReader implements CaptureReader {

  /** How much is looked at to tell what a recording is. */
  static final int LOOK = 4096;

  private final TextLines lines;
  private final int protocol;

  HexReader(TextLines lines, int protocol) {
    this.lines = lines;
    this.protocol = protocol;
  }

  /** Tells whether the first line that is not blank holds nothing but digits, or a comment. */
  static boolean isHex(byte[] first) {
    boolean any = false;
    for (byte b : first) {
      if (b == '#' && !any) {
        return true;
      } else if (b == '\n' && any) {
        return true;
      } else if (HexDigits.isBetween(b) || b == 'x' || b == '\\') {
        continue;
      } else if (Character.digit(b, 16) < 0) {
        return false;
      }
      any = true;
    }
    return any;
  }

  @Override
  public @Nullable CapturedDatagram next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.startsWith("#")) {
        int before = bytes.size();
        HexDigits.read(line, bytes, lines);
        if (bytes.size() == before && before > 0) {
          break;
        }
      }
    }
    if (bytes.size() == 0) {
      return null;
    }
    ByteBuffer datagram = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.nativeOrder());
    return CapturedDatagram.of(protocol, Direction.guess(datagram), datagram);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
