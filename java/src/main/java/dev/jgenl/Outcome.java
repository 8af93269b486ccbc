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
   * @param exception why
   */
  record Failure<T>(NetlinkException exception) implements Outcome<T> {
    @Override
    public T get() throws NetlinkException {
      throw exception;
    }
  }

  /**
   * Returns the value.
   *
   * @return the answer
   * @throws NetlinkException if the request failed
   */
  T get() throws NetlinkException;
}
