package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.NumberValue;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.function.Consumer;

/** The struct {@code --kernel-timespec}. Immutable, and safe to share between threads. */
public final class KernelTimespec extends TypedValue {

  KernelTimespec(NestValue value) {
    super(Shapes.KERNEL_TIMESPEC, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static KernelTimespec of(NestValue value) {
    return new KernelTimespec(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static KernelTimespec of(Consumer<? super Builder> content) {
    Builder builder = builder();
    content.accept(builder);
    return builder.build();
  }

  /**
   * Makes one step by step.
   *
   * @return a builder that has nothing yet
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * u64. {@code sec}.
   *
   * @return the value
   */
  public long sec() {
    return member64(0);
  }

  /**
   * u64. {@code nsec}.
   *
   * @return the value
   */
  public long nsec() {
    return member64(1);
  }

  /** Makes a {@link KernelTimespec}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.KERNEL_TIMESPEC);
    }

    /**
     * u64. {@code sec}.
     *
     * @param sec the value
     * @return this
     */
    public Builder sec(long sec) {
      return put(0, NumberValue.unsigned(sec));
    }

    /**
     * u64. {@code nsec}.
     *
     * @param nsec the value
     * @return this
     */
    public Builder nsec(long nsec) {
      return put(1, NumberValue.unsigned(nsec));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public KernelTimespec build() {
      return new KernelTimespec(toValue());
    }
  }
}
