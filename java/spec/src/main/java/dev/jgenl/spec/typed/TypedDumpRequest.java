package dev.jgenl.spec.typed;

import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Shape;
import java.util.Set;

/**
 * A request for many things: what generated classes of such requests extend. Immutable, and safe to
 * share between threads.
 *
 * @param <R> what answers it
 */
public abstract class TypedDumpRequest<R> extends TypedValue {

  private final String operation;

  /**
   * Makes one.
   *
   * @param shape where the accessors look for what
   * @param value what it asks for
   * @param operation its name
   */
  protected TypedDumpRequest(Shape shape, NestValue value, String operation) {
    super(shape, value);
    this.operation = operation;
  }

  /**
   * Views an answer.
   *
   * @param value what the kernel has answered
   * @return a view of it
   */
  protected abstract R reply(NestValue value);

  /**
   * Returns the same for a dynamic client.
   *
   * @return the name of the operation, and the value
   */
  public final DynamicRequest toRequest() {
    return new DynamicRequest(operation, toValue(), Set.of());
  }
}
