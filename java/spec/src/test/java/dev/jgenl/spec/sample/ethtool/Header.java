package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.Flags;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The attributes of the set {@code header}. Immutable, and safe to share between threads. */
public final class Header extends TypedValue {

  Header(NestValue value) {
    super(Shapes.HEADER, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static Header of(NestValue value) {
    return new Header(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static Header of(Consumer<? super Builder> content) {
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
   * Attribute 1, u32. {@code dev-index}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong devIndex() {
    return number64(0);
  }

  /**
   * Attribute 2, string. {@code dev-name}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<String> devName() {
    return text(1);
  }

  /**
   * Attribute 3, u32. {@code flags}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Flags<HeaderFlags>> flags() {
    return flags(2, HeaderFlags.class);
  }

  /**
   * Attribute 4, u32. {@code phy-index}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong phyIndex() {
    return number64(3);
  }

  /** Makes a {@link Header}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.HEADER);
    }

    /**
     * Attribute 1, u32. {@code dev-index}.
     *
     * @param devIndex the value
     * @return this
     */
    public Builder devIndex(long devIndex) {
      return put(0, Value.of(devIndex));
    }

    /**
     * Attribute 2, string. {@code dev-name}.
     *
     * @param devName the value
     * @return this
     */
    public Builder devName(String devName) {
      return put(1, Value.of(devName));
    }

    /**
     * Attribute 3, u32. {@code flags}.
     *
     * @param first one of them
     * @param more the others
     * @return this
     */
    public Builder flags(HeaderFlags first, HeaderFlags... more) {
      return flags(Flags.of(first, more));
    }

    /**
     * Attribute 3, u32. {@code flags}.
     *
     * @param flags the value
     * @return this
     */
    public Builder flags(Flags<HeaderFlags> flags) {
      return put(2, flags.toValue());
    }

    /**
     * Attribute 4, u32. {@code phy-index}.
     *
     * @param phyIndex the value
     * @return this
     */
    public Builder phyIndex(long phyIndex) {
      return put(3, Value.of(phyIndex));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public Header build() {
      return new Header(toValue());
    }
  }
}
