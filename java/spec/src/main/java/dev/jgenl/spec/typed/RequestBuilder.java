package dev.jgenl.spec.typed;

import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Shape;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes a {@link TypedRequest}: what generated builders of requests extend. For one thread at a
 * time.
 *
 * @param <B> the builder itself
 */
public abstract class RequestBuilder<B extends RequestBuilder<B>> extends TypedBuilder<B> {

  private Set<RequestFlag> flags = Set.of();

  /**
   * Makes one that has nothing yet.
   *
   * @param shape what is in which place
   */
  protected RequestBuilder(Shape shape) {
    super(shape);
  }

  /**
   * Has it made if it is not there: {@code NLM_F_CREATE}.
   *
   * @return this
   */
  public final B create() {
    return with(RequestFlag.CREATE);
  }

  /**
   * Has it refused if it is there: {@code NLM_F_EXCL}.
   *
   * @return this
   */
  public final B exclusive() {
    return with(RequestFlag.EXCL);
  }

  /**
   * Has what is there replaced: {@code NLM_F_REPLACE}.
   *
   * @return this
   */
  public final B replace() {
    return with(RequestFlag.REPLACE);
  }

  /**
   * Has it added behind what is there: {@code NLM_F_APPEND}.
   *
   * @return this
   */
  public final B append() {
    return with(RequestFlag.APPEND);
  }

  /**
   * Has what was done told in answer: {@code NLM_F_ECHO}.
   *
   * @return this
   */
  public final B echo() {
    return with(RequestFlag.ECHO);
  }

  private B with(RequestFlag flag) {
    Set<RequestFlag> more = new HashSet<>(flags);
    more.add(flag);
    flags = Set.copyOf(more);
    return self();
  }

  /**
   * Returns the flags of the netlink header.
   *
   * @return those that were set until now
   */
  protected final Set<RequestFlag> requestFlags() {
    return flags;
  }
}
