package dev.jgenl;

/**
 * What came of one request of a batch.
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T> {

  /**
   * The request succeeded.
   *
   * @param <T> the type of the value
   * @param value its answer
   */
  record Success<T>(T value) implements Outcome<T> {
    @Override
    public T get() {
      return value;
    }
  }

  /**
   * The request failed.
   *
   * @param <T> the type of the value
   * @param cause why: a {@link NetlinkException}, or what was thrown where its attributes were
   *     written or its answer was read
   */
  record Failure<T>(Exception cause) implements Outcome<T> {
    @Override
    public T get() throws NetlinkException {
      if (cause instanceof NetlinkException e) {
        throw e;
      }
      throw cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
  }

  /**
   * Returns the value.
   *
   * @return the answer
   * @throws NetlinkException if the request failed
   * @throws RuntimeException what was thrown where its attributes were written or its answer was
   *     read
   */
  T get() throws NetlinkException;
}
