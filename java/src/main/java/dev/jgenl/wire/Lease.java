package dev.jgenl.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that views look at, for as long as they may: a view that is kept longer throws, and
 * does not show what lies there by then.
 *
 * <p>Not safe for use by several threads, unless it never ends.
 */
public final class Lease {

  private @Nullable ByteBuffer buffer;

  /**
   * Lends a buffer.
   *
   * @param buffer the bytes, in the byte order that the buffer is set to
   */
  public Lease(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Takes the bytes away from all views. */
  public void end() {
    buffer = null;
  }

  /**
   * Returns the bytes.
   *
   * @return the buffer
   * @throws IllegalStateException if the lease has ended
   */
  public ByteBuffer buffer() {
    ByteBuffer now = buffer;
    if (now == null) {
      throw new IllegalStateException(
          "the message is valid only for the length of the call that handed it out: copy it there");
    }
    return now;
  }
}
