package dev.jgenl.spec;

import java.util.Objects;
import java.util.Set;

/**
 * A request by name, for a batch or a transaction.
 *
 * @param operation the name of the operation
 * @param value what it asks for; see {@link Value}
 * @param flags of the header
 */
public record DynamicRequest(String operation, Value value, Set<RequestFlag> flags) {

  /**
   * Copies what it is given.
   *
   * @param operation as {@link #operation()}
   * @param value as {@link #value()}
   * @param flags as {@link #flags()}
   */
  public DynamicRequest {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(value, "value");
    flags = Set.copyOf(flags);
  }

  /**
   * Makes a request.
   *
   * @param operation the name of the operation
   * @param value what it asks for
   * @param flags of the header
   * @return the request
   */
  public static DynamicRequest of(String operation, Value value, RequestFlag... flags) {
    return new DynamicRequest(operation, value, Set.of(flags));
  }
}
