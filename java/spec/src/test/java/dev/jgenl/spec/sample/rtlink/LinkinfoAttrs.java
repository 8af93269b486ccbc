package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The attributes of the set {@code linkinfo-attrs}. Immutable, and safe to share between threads.
 */
public final class LinkinfoAttrs extends TypedValue {

  LinkinfoAttrs(NestValue value) {
    super(Shapes.LINKINFO_ATTRS, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static LinkinfoAttrs of(NestValue value) {
    return new LinkinfoAttrs(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static LinkinfoAttrs of(Consumer<? super Builder> content) {
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
   * Attribute 1, string. {@code kind}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<String> kind() {
    return text(0);
  }

  /**
   * Attribute 2, what {@code kind} says, which the builder sets as well. {@code data}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<LinkinfoData> data() {
    return selected(1, selector(0), LinkinfoData::of);
  }

  /** Makes a {@link LinkinfoAttrs}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.LINKINFO_ATTRS);
    }

    /**
     * Attribute 1, string. {@code kind}.
     *
     * @param kind the value
     * @return this
     */
    public Builder kind(String kind) {
      return put(0, Value.of(kind));
    }

    /**
     * Attribute 2, what {@code kind} says, which the builder sets as well. {@code data}.
     *
     * @param data the value
     * @return this
     */
    public Builder data(LinkinfoData data) {
      return put(0, Value.of(data.selector())).put(1, data.toValue());
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public LinkinfoAttrs build() {
      return new LinkinfoAttrs(toValue());
    }
  }
}
