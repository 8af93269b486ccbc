package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.Elements;
import dev.jgenl.spec.typed.Flags;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * An answer of {@code get-device}: retrieve WireGuard device. Immutable, and safe to share between
 * threads.
 */
public final class GetDeviceReply extends TypedValue {

  GetDeviceReply(NestValue value) {
    super(Shapes.WGDEVICE, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static GetDeviceReply of(NestValue value) {
    return new GetDeviceReply(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static GetDeviceReply of(Consumer<? super Builder> content) {
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
   * Attribute 1, u32. {@code ifindex}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong ifindex() {
    return number64(0);
  }

  /**
   * Attribute 2, string, at most 15 bytes. {@code ifname}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<String> ifname() {
    return text(1);
  }

  /**
   * Attribute 5, u32. {@code flags}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Flags<WgdeviceFlags>> flags() {
    return flags(2, WgdeviceFlags.class);
  }

  /**
   * Attribute 6, u16. {@code listen-port}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalInt listenPort() {
    return number32(3);
  }

  /**
   * Attribute 8, array of nests. {@code peers}.
   *
   * @return the value; none if it is not there
   */
  public List<Wgpeer> peers() {
    return list(4, Elements.nest(Wgpeer::new));
  }

  /** Makes a {@link GetDeviceReply}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.WGDEVICE);
    }

    /**
     * Attribute 1, u32. {@code ifindex}.
     *
     * @param ifindex the value
     * @return this
     */
    public Builder ifindex(long ifindex) {
      return put(0, Value.of(ifindex));
    }

    /**
     * Attribute 2, string, at most 15 bytes. {@code ifname}.
     *
     * @param ifname the value
     * @return this
     */
    public Builder ifname(String ifname) {
      return put(1, Value.of(ifname));
    }

    /**
     * Attribute 5, u32. {@code flags}.
     *
     * @param first one of them
     * @param more the others
     * @return this
     */
    public Builder flags(WgdeviceFlags first, WgdeviceFlags... more) {
      return flags(Flags.of(first, more));
    }

    /**
     * Attribute 5, u32. {@code flags}.
     *
     * @param flags the value
     * @return this
     */
    public Builder flags(Flags<WgdeviceFlags> flags) {
      return put(2, flags.toValue());
    }

    /**
     * Attribute 6, u16. {@code listen-port}.
     *
     * @param listenPort the value
     * @return this
     */
    public Builder listenPort(int listenPort) {
      return put(3, Value.of(listenPort));
    }

    /**
     * Attribute 8, array of nests. {@code peers}.
     *
     * @param peers sets what it has
     * @return this
     */
    public Builder peers(Consumer<? super Wgpeer.Builder> peers) {
      return peers(Wgpeer.of(peers));
    }

    /**
     * Attribute 8, array of nests. {@code peers}.
     *
     * @param peers the value
     * @return this
     */
    public Builder peers(Wgpeer peers) {
      return add(4, peers.toValue());
    }

    /**
     * Attribute 8, array of nests. {@code peers}.
     *
     * @param peers the value
     * @return this
     */
    public Builder peers(List<Wgpeer> peers) {
      return addAll(4, peers, Wgpeer::toValue);
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public GetDeviceReply build() {
      return new GetDeviceReply(toValue());
    }
  }
}
