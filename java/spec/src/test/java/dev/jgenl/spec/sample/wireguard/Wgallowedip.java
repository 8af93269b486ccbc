package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The attributes of the set {@code wgallowedip}. Immutable, and safe to share between threads. */
public final class Wgallowedip extends TypedValue {

  Wgallowedip(NestValue value) {
    super(Shapes.WGALLOWEDIP, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static Wgallowedip of(NestValue value) {
    return new Wgallowedip(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static Wgallowedip of(Consumer<? super Builder> content) {
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
   * Attribute 1, u16. {@code family}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalInt family() {
    return number32(0);
  }

  /**
   * Attribute 2, binary. {@code ipaddr}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<InetAddress> ipaddr() {
    return address(1);
  }

  /**
   * Attribute 3, u8. {@code cidr-mask}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalInt cidrMask() {
    return number32(2);
  }

  /** Makes a {@link Wgallowedip}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.WGALLOWEDIP);
    }

    /**
     * Attribute 1, u16. {@code family}.
     *
     * @param family the value
     * @return this
     */
    public Builder family(int family) {
      return put(0, Value.of(family));
    }

    /**
     * Attribute 2, binary. {@code ipaddr}.
     *
     * @param ipaddr the value
     * @return this
     */
    public Builder ipaddr(InetAddress ipaddr) {
      return put(1, Value.of(ipaddr));
    }

    /**
     * Attribute 3, u8. {@code cidr-mask}.
     *
     * @param cidrMask the value
     * @return this
     */
    public Builder cidrMask(int cidrMask) {
      return put(2, Value.of(cidrMask));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public Wgallowedip build() {
      return new Wgallowedip(toValue());
    }
  }
}
