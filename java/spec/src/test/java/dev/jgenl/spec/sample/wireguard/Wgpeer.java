package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.NumberValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.Bytes;
import dev.jgenl.spec.typed.Elements;
import dev.jgenl.spec.typed.Flags;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The attributes of the set {@code wgpeer}. Immutable, and safe to share between threads. */
public final class Wgpeer extends TypedValue {

  Wgpeer(NestValue value) {
    super(Shapes.WGPEER, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static Wgpeer of(NestValue value) {
    return new Wgpeer(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static Wgpeer of(Consumer<? super Builder> content) {
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
   * Attribute 1, binary, 32 bytes. {@code public-key}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Bytes> publicKey() {
    return bytes(0);
  }

  /**
   * Attribute 3, u32. {@code flags}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Flags<WgpeerFlags>> flags() {
    return flags(1, WgpeerFlags.class);
  }

  /**
   * Attribute 6, struct. {@code last-handshake-time}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<KernelTimespec> lastHandshakeTime() {
    return nest(2, KernelTimespec::new);
  }

  /**
   * Attribute 7, u64. {@code rx-bytes}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong rxBytes() {
    return number64(3);
  }

  /**
   * Attribute 9, array of nests. {@code allowedips}.
   *
   * @return the value; none if it is not there
   */
  public List<Wgallowedip> allowedips() {
    return list(4, Elements.nest(Wgallowedip::new));
  }

  /** Makes a {@link Wgpeer}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.WGPEER);
    }

    /**
     * Attribute 1, binary, 32 bytes. {@code public-key}.
     *
     * @param publicKey the value
     * @return this
     */
    public Builder publicKey(Bytes publicKey) {
      return put(0, publicKey.toValue());
    }

    /**
     * Attribute 1, binary, 32 bytes. {@code public-key}.
     *
     * @param publicKey the value
     * @return this
     */
    public Builder publicKey(byte[] publicKey) {
      return put(0, Value.of(publicKey));
    }

    /**
     * Attribute 3, u32. {@code flags}.
     *
     * @param first one of them
     * @param more the others
     * @return this
     */
    public Builder flags(WgpeerFlags first, WgpeerFlags... more) {
      return flags(Flags.of(first, more));
    }

    /**
     * Attribute 3, u32. {@code flags}.
     *
     * @param flags the value
     * @return this
     */
    public Builder flags(Flags<WgpeerFlags> flags) {
      return put(1, flags.toValue());
    }

    /**
     * Attribute 6, struct. {@code last-handshake-time}.
     *
     * @param lastHandshakeTime sets what it has
     * @return this
     */
    public Builder lastHandshakeTime(Consumer<? super KernelTimespec.Builder> lastHandshakeTime) {
      return lastHandshakeTime(KernelTimespec.of(lastHandshakeTime));
    }

    /**
     * Attribute 6, struct. {@code last-handshake-time}.
     *
     * @param lastHandshakeTime the value
     * @return this
     */
    public Builder lastHandshakeTime(KernelTimespec lastHandshakeTime) {
      return put(2, lastHandshakeTime.toValue());
    }

    /**
     * Attribute 7, u64. {@code rx-bytes}.
     *
     * @param rxBytes the value
     * @return this
     */
    public Builder rxBytes(long rxBytes) {
      return put(3, NumberValue.unsigned(rxBytes));
    }

    /**
     * Attribute 9, array of nests. {@code allowedips}.
     *
     * @param allowedips sets what it has
     * @return this
     */
    public Builder allowedips(Consumer<? super Wgallowedip.Builder> allowedips) {
      return allowedips(Wgallowedip.of(allowedips));
    }

    /**
     * Attribute 9, array of nests. {@code allowedips}.
     *
     * @param allowedips the value
     * @return this
     */
    public Builder allowedips(Wgallowedip allowedips) {
      return add(4, allowedips.toValue());
    }

    /**
     * Attribute 9, array of nests. {@code allowedips}.
     *
     * @param allowedips the value
     * @return this
     */
    public Builder allowedips(List<Wgallowedip> allowedips) {
      return addAll(4, allowedips, Wgallowedip::toValue);
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public Wgpeer build() {
      return new Wgpeer(toValue());
    }
  }
}
