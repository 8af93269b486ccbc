package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.typed.Elements;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.List;
import java.util.function.Consumer;

/** The attributes of the set {@code bitset-bits}. Immutable, and safe to share between threads. */
public final class BitsetBits extends TypedValue {

  BitsetBits(NestValue value) {
    super(Shapes.BITSET_BITS, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static BitsetBits of(NestValue value) {
    return new BitsetBits(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static BitsetBits of(Consumer<? super Builder> content) {
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
   * Attribute 1, nest, any number of times. {@code bit}.
   *
   * @return the value; none if it is not there
   */
  public List<BitsetBit> bit() {
    return list(0, Elements.nest(BitsetBit::new));
  }

  /** Makes a {@link BitsetBits}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.BITSET_BITS);
    }

    /**
     * Attribute 1, nest, any number of times. {@code bit}.
     *
     * @param bit sets what it has
     * @return this
     */
    public Builder bit(Consumer<? super BitsetBit.Builder> bit) {
      return bit(BitsetBit.of(bit));
    }

    /**
     * Attribute 1, nest, any number of times. {@code bit}.
     *
     * @param bit the value
     * @return this
     */
    public Builder bit(BitsetBit bit) {
      return add(0, bit.toValue());
    }

    /**
     * Attribute 1, nest, any number of times. {@code bit}.
     *
     * @param bit the value
     * @return this
     */
    public Builder bit(List<BitsetBit> bit) {
      return addAll(0, bit, BitsetBit::toValue);
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public BitsetBits build() {
      return new BitsetBits(toValue());
    }
  }
}
