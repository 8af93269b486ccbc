package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.Bytes;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The attributes of the set {@code bitset}. Immutable, and safe to share between threads. */
public final class Bitset extends TypedValue {

  Bitset(NestValue value) {
    super(Shapes.BITSET, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static Bitset of(NestValue value) {
    return new Bitset(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static Bitset of(Consumer<? super Builder> content) {
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
   * Attribute 1, flag. {@code nomask}.
   *
   * @return the value; false if it is not there
   */
  public boolean nomask() {
    return flag(0);
  }

  /**
   * Attribute 2, u32. {@code size}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong size() {
    return number64(1);
  }

  /**
   * Attribute 3, nest. {@code bits}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<BitsetBits> bits() {
    return nest(2, BitsetBits::new);
  }

  /**
   * Attribute 4, binary. {@code value}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Bytes> value() {
    return bytes(3);
  }

  /**
   * Attribute 5, binary. {@code mask}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Bytes> mask() {
    return bytes(4);
  }

  /** Makes a {@link Bitset}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.BITSET);
    }

    /**
     * Attribute 1, flag. {@code nomask}.
     *
     * @param nomask the value
     * @return this
     */
    public Builder nomask(boolean nomask) {
      return putFlag(0, nomask);
    }

    /**
     * Attribute 2, u32. {@code size}.
     *
     * @param size the value
     * @return this
     */
    public Builder size(long size) {
      return put(1, Value.of(size));
    }

    /**
     * Attribute 3, nest. {@code bits}.
     *
     * @param bits sets what it has
     * @return this
     */
    public Builder bits(Consumer<? super BitsetBits.Builder> bits) {
      return bits(BitsetBits.of(bits));
    }

    /**
     * Attribute 3, nest. {@code bits}.
     *
     * @param bits the value
     * @return this
     */
    public Builder bits(BitsetBits bits) {
      return put(2, bits.toValue());
    }

    /**
     * Attribute 4, binary. {@code value}.
     *
     * @param value the value
     * @return this
     */
    public Builder value(Bytes value) {
      return put(3, value.toValue());
    }

    /**
     * Attribute 4, binary. {@code value}.
     *
     * @param value the value
     * @return this
     */
    public Builder value(byte[] value) {
      return put(3, Value.of(value));
    }

    /**
     * Attribute 5, binary. {@code mask}.
     *
     * @param mask the value
     * @return this
     */
    public Builder mask(Bytes mask) {
      return put(4, mask.toValue());
    }

    /**
     * Attribute 5, binary. {@code mask}.
     *
     * @param mask the value
     * @return this
     */
    public Builder mask(byte[] mask) {
      return put(4, Value.of(mask));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public Bitset build() {
      return new Bitset(toValue());
    }
  }
}
