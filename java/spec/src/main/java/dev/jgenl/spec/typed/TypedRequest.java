package dev.jgenl.spec.typed;

import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Shape;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A request for one thing, or to change something: what generated classes of such requests extend.
 * Immutable, and safe to share between threads.
 *
 * @param <R> what answers it
 */
public abstract class TypedRequest<R extends TypedValue> extends TypedValue {

  private final String operation;
  private final Set<RequestFlag> flags;

  /**
   * Makes one.
   *
   * @param shape where the accessors look for what
   * @param value what it asks for
   * @param operation its name
   * @param flags of the netlink header
   */
  protected TypedRequest(Shape shape, NestValue value, String operation, Set<RequestFlag> flags) {
    super(shape, value);
    this.operation = operation;
    this.flags = Set.copyOf(flags);
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
   * @return the name of the operation, the value, the flags
   */
  public final DynamicRequest toRequest() {
    return new DynamicRequest(operation, toValue(), flags);
  }

  final RequestFlag[] flagArray() {
    return flags.toArray(new RequestFlag[0]);
  }

  final String operationName() {
    return operation;
  }

  /** Compares the flags, too. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TypedRequest<?> request
        && super.equals(other)
        && request.flags.equals(flags);
  }

  @Override
  public final int hashCode() {
    return super.hashCode();
  }

  /** Returns JSON as {@link TypedValue#toString()}, and behind it the flags if there are some. */
  @Override
  public final String toString() {
    return super.toString() + (flags.isEmpty() ? "" : " " + new TreeSet<>(flags));
  }
}
