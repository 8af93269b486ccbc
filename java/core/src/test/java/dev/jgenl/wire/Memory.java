package dev.jgenl.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Where a message lies and in which order the bytes of its numbers are: the codec must not care.
 *
 * <p>Messages are drawn as text. A run of hexadecimal digits is a number as wide as it is drawn, in
 * the byte order of the memory; text between apostrophes stands for its bytes in UTF-8; all else is
 * there for the eye, such as an offset behind an at sign:
 *
 * <pre>
 *     | len  type  payload           |
 * @0  | 0008 0001  0000002a          |
 * @8  | 0007 0002  'Hi' 00        00 |
 * </pre>
 */
public enum Memory {
  HEAP_LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN, false),
  HEAP_BIG_ENDIAN(ByteOrder.BIG_ENDIAN, false),
  DIRECT_LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN, true),
  DIRECT_BIG_ENDIAN(ByteOrder.BIG_ENDIAN, true);

  private static final Pattern TOKEN = Pattern.compile("'[^']*'|(?<!@)\\b[0-9a-f]+\\b");

  private final ByteOrder order;
  private final boolean direct;

  Memory(ByteOrder order, boolean direct) {
    this.order = order;
    this.direct = direct;
  }

  public boolean isBigEndian() {
    return order == ByteOrder.BIG_ENDIAN;
  }

  /** Returns a buffer of zeros. */
  public ByteBuffer allocate(int capacity) {
    ByteBuffer buffer =
        direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    return buffer.order(order);
  }

  /** Returns a buffer that another message has been in. */
  public ByteBuffer used(int capacity) {
    ByteBuffer buffer = allocate(capacity);
    for (int i = 0; i < capacity; i++) {
      buffer.put(i, (byte) 0xee);
    }
    return buffer;
  }

  /** Returns a buffer that holds a drawing and ends where it does. */
  public ByteBuffer of(String drawing) {
    return of(bytes(drawing));
  }

  /** Returns a buffer that holds bytes and ends where they do. */
  public ByteBuffer of(byte[] bytes) {
    return allocate(bytes.length).put(0, bytes);
  }

  /** Returns the bytes of a drawing. */
  public byte[] bytes(String drawing) {
    ByteBuffer buffer = ByteBuffer.allocate(drawing.length()).order(order);
    TOKEN.matcher(drawing).results().map(MatchResult::group).forEach(t -> put(buffer, t));
    return copy(buffer, 0, buffer.position());
  }

  /** Returns the bytes between two indices. */
  public static byte[] copy(ByteBuffer buffer, int from, int to) {
    byte[] bytes = new byte[to - from];
    buffer.get(from, bytes);
    return bytes;
  }

  private static void put(ByteBuffer buffer, String token) {
    if (token.startsWith("'")) {
      buffer.put(token.substring(1, token.length() - 1).getBytes(StandardCharsets.UTF_8));
      return;
    }
    long number = Long.parseUnsignedLong(token, 16);
    switch (token.length()) {
      case 2 -> buffer.put((byte) number);
      case 4 -> buffer.putShort((short) number);
      case 8 -> buffer.putInt((int) number);
      case 16 -> buffer.putLong(number);
      default -> throw new IllegalArgumentException("no number is as wide as " + token);
    }
  }
}
