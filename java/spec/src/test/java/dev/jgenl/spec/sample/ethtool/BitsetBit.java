package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The attributes of the set {@code bitset-bit}. Immutable, and safe to share between threads. */
public final class BitsetBit extends TypedValue {

  BitsetBit(NestValue value) {
    super(Shapes.BITSET_BIT, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static BitsetBit of(NestValue value) {
    return new BitsetBit(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static BitsetBit of(Consumer<? super Builder> content) {
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
   * Attribute 1, u32. {@code index}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong index() {
    return number64(0);
  }

  /**
   * Attribute 2, string. {@code name}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<String> name() {
    return text(1);
  }

  /**
   * Attribute 3, flag. {@code value}.
   *
   * @return the value; false if it is not there
   */
  public boolean value() {
    return flag(2);
  }

  /** Makes a {@link BitsetBit}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.BITSET_BIT);
    }

    /**
     * Attribute 1, u32. {@code index}.
     *
     * @param index the value
     * @return this
     */
    public Builder index(long index) {
      return put(0, Value.of(index));
    }

    /**
     * Attribute 2, string. {@code name}.
     *
     * @param name the value
     * @return this
     */
    public Builder name(String name) {
      return put(1, Value.of(name));
    }

    /**
     * Attribute 3, flag. {@code value}.
     *
     * @param value the value
     * @return this
     */
    public Builder value(boolean value) {
      return putFlag(2, value);
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public BitsetBit build() {
      return new BitsetBit(toValue());
    }
  }
}
