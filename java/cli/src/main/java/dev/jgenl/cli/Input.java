package dev.jgenl.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Text that an option has itself, or says where it lies. */
final class Input {

  /** Far more than a request of netlink can hold. */
  static final int BYTES_MAX = 1 << 24;

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static final String STANDARD = "the standard input";

  private Input() {}

  /**
   * Reads it.
   *
   * @param text the text itself, {@code @FILE}, or {@code -} for the standard input
   * @param in the standard input
   * @throws CommandException if it is too long, or not UTF-8
   */
  static String read(String text, InputStream in) throws IOException {
    if (text.equals("-") || text.equals("@-")) {
      return read(STANDARD, "-", in);
    } else if (text.startsWith("@")) {
      return read(text.substring(1), text.substring(1), in);
    }
    return text;
  }

  private static String read(String name, String file, InputStream in) throws IOException {
    try (InputStream opened = openText(file, in)) {
      return decode(name, opened.readNBytes(BYTES_MAX + 1));
    }
  }

  /**
   * Opens a file.
   *
   * @param file its path, or {@code -} for the standard input, which stays open
   * @param in the standard input
   * @throws CommandException if it is a folder
   */
  static InputStream open(String file, InputStream in) throws IOException {
    if (file.equals("-")) {
      return new StandardInput(in);
    }
    Path path = Options.file(file);
    if (Files.isDirectory(path)) {
      throw new CommandException(ExitStatus.USAGE, file + ": it is a folder");
    }
    return Files.newInputStream(path);
  }

  /** The same of text in UTF-8: a mark of the order of bytes, as of Windows, is passed over. */
  static InputStream openText(String file, InputStream in) throws IOException {
    PushbackInputStream text = new PushbackInputStream(open(file, in), MARK.length);
    try {
      byte[] first = text.readNBytes(MARK.length);
      if (!Arrays.equals(first, MARK)) {
        text.unread(first);
      }
      return text;
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  /** It is not ours to be closed, and a failure to read it does not tell of what. */
  private static final class StandardInput extends FilterInputStream {

    StandardInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        throw new IOException(STANDARD + " cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {}
  }

  /**
   * Returns bytes as text.
   *
   * @param name what they are of
   * @param bytes in UTF-8
   * @throws CommandException if there are more than {@link #BYTES_MAX}, or they are not UTF-8
   */
  static String decode(String name, byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new CommandException(
          ExitStatus.USAGE, name + " is longer than " + BYTES_MAX + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
      throw new CommandException(
          ExitStatus.USAGE,
          name
              + " is not UTF-8: byte "
              + (in.position() + 1)
              + " is 0x"
              + Integer.toHexString(bytes[in.position()] & 0xff));
    }
    return text.flip().toString();
  }
}
