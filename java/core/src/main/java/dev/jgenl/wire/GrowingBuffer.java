package dev.jgenl.wire;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What writers write to: a buffer, how far it is filled, and where a larger one comes from. */
final class GrowingBuffer {

  /** For a longer string an array of its own costs little beside the encoding. */
  private static final int SCRATCH_SIZE = 256;

  private final byte[] scratch = new byte[SCRATCH_SIZE];

  private final IntFunction<ByteBuffer> allocator;
  private ByteBuffer buffer;
  private int end;

  /** Rises with each message; a writer of attributes remembers its own. */
  private int term;

  /** Makes one that grows by buffers of the same kind. */
  GrowingBuffer(ByteBuffer first) {
    this(first, first.isDirect() ? ByteBuffer::allocateDirect : ByteBuffer::allocate);
  }

  GrowingBuffer(ByteBuffer first, IntFunction<ByteBuffer> allocator) {
    this.allocator = allocator;
    buffer = first;
  }

  ByteBuffer buffer() {
    return buffer;
  }

  int end() {
    return end;
  }

  int term() {
    return term;
  }

  /** Ends the time in which the attributes of a message may be written. */
  void endTerm() {
    term++;
  }

  /** Forgets what was written behind an index. */
  void truncate(int length) {
    end = length;
  }

  /** Makes room and returns where it starts. */
  int reserve(int length) {
    int at = end;
    int needed = Math.addExact(at, length);
    if (needed > buffer.limit()) {
      enlarge(needed);
    }
    end = needed;
    return at;
  }

  /**
   * Copies a short string of ASCII to where it costs no allocation.
   *
   * @return an array that starts with it, or null if it is another string
   */
  byte @Nullable [] ascii(String value) {
    if (value.length() > scratch.length) {
      return null;
    }
    int all = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      scratch[i] = (byte) c;
      all |= c;
    }
    return all < 0x80 ? scratch : null;
  }

  private void enlarge(int needed) {
    int capacity = Math.max(needed, (int) Math.min(2L * buffer.limit(), Integer.MAX_VALUE));
    ByteBuffer larger = allocator.apply(capacity).order(buffer.order());
    larger.put(0, buffer, 0, buffer.limit());
    buffer = larger;
  }
}
