package dev.jgenl.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that an option has itself, or says where it lies. */
final class Input {

  /** Far more than a request of netlink can hold. */
  private static final int BYTES_MAX = 1 << 24;

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
      return decode(in);
    } else if (text.startsWith("@")) {
      try (InputStream file = open(text.substring(1), in)) {
        return decode(file);
      }
    }
    return text;
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
      return new FilterInputStream(in) {
        @Override
        public void close() {
          // It is not ours.
        }
      };
    }
    Path path = Path.of(file);
    if (file.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, "the name of the file is empty");
    } else if (Files.isDirectory(path)) {
      throw new CommandException(ExitStatus.REFUSED, file + ": it is a folder");
    }
    return Files.newInputStream(path);
  }

  private static String decode(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      throw new CommandException(
          ExitStatus.USAGE, "the input is longer than " + BYTES_MAX + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandException(ExitStatus.USAGE, "the input is not in UTF-8");
    }
  }
}
