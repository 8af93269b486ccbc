package dev.jgenl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  /**
   * Returns the values of all, where one failure counts as that of the whole: as it does for a
   * transaction.
   *
   * @param <T> the type of the values
   * @param outcomes of all requests
   * @return the values in their order
   * @throws NetlinkException if a request failed: of the first one, but not one that was not done
   *     because of another ({@link NotDoneException}) if that one is there, too
   * @throws RuntimeException as {@link #get()}
   */
  static <T> List<T> values(List<? extends Outcome<T>> outcomes) throws NetlinkException {
    for (Outcome<T> outcome : outcomes) {
      if (outcome instanceof Failure<T> failure && !(failure.cause() instanceof NotDoneException)) {
        failure.get();
      }
    }
    List<T> values = new ArrayList<>();
    for (Outcome<T> outcome : outcomes) {
      values.add(outcome.get());
    }
    return Collections.unmodifiableList(values);
  }
}
