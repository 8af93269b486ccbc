package dev.jgenl.wire;

import java.nio.ByteBuffer;

/**
 * The bytes that views look at, for as long as they may: a view that is kept longer throws, and
 * does not show what lies there by then. One serves any number of calls, so that handing out a view
 * allocates nothing beside it.
 *
 * <p>A client of a family never meets one. It is for a program that receives datagrams itself, with
 * {@link MessageReader} on a buffer that it uses again, as {@code dev.jgenl} does.
 *
 * <p>Not safe for use by several threads, unless it never ends.
 */
public final class Lease {

  private ByteBuffer buffer;

  /** Rises with each end; a view remembers the one in which it was made. */
  private int term;

  /**
   * Lends a buffer.
   *
   * @param buffer the bytes, in the byte order that the buffer is set to
   */
  public Lease(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /**
   * Takes the bytes away from all views that there are.
   *
   * @param next the bytes for those to come
   */
  public void end(ByteBuffer next) {
    term++;
    buffer = next;
  }

  /**
   * Returns the term that views made now belong to.
   *
   * @return a number for {@link #buffer(int)}
   */
  public int term() {
    return term;
  }

  /**
   * Returns the bytes.
   *
   * @param term that in which the view was made
   * @return the buffer
   * @throws IllegalStateException if the term has ended
   */
  public ByteBuffer buffer(int term) {
    if (term != this.term) {
      throw new IllegalStateException(
          "the message is valid only for the length of the call that handed it out: copy it there");
    }
    return buffer;
  }
}
