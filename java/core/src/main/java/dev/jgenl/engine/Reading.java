package dev.jgenl.engine;

import dev.jgenl.ProtocolException;

/**
 * Reads what came in answer to a request.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Reading<T> {

  /**
   * Reads it.
   *
   * @param answer what came, valid for the length of the call
   * @return the result
   * @throws ProtocolException if it is not what it has to be
   */
  T read(Answer answer) throws ProtocolException;
}
