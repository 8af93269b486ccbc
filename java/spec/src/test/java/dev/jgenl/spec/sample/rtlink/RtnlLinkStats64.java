package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.NumberValue;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.function.Consumer;

/** The struct {@code rtnl-link-stats64}. Immutable, and safe to share between threads. */
public final class RtnlLinkStats64 extends TypedValue {

  RtnlLinkStats64(NestValue value) {
    super(Shapes.RTNL_LINK_STATS64, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static RtnlLinkStats64 of(NestValue value) {
    return new RtnlLinkStats64(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static RtnlLinkStats64 of(Consumer<? super Builder> content) {
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
   * u64. {@code rx-packets}.
   *
   * @return the value
   */
  public long rxPackets() {
    return member64(0);
  }

  /**
   * u64. {@code tx-packets}.
   *
   * @return the value
   */
  public long txPackets() {
    return member64(1);
  }

  /**
   * u64. {@code rx-bytes}.
   *
   * @return the value
   */
  public long rxBytes() {
    return member64(2);
  }

  /**
   * u64. {@code tx-bytes}.
   *
   * @return the value
   */
  public long txBytes() {
    return member64(3);
  }

  /** Makes a {@link RtnlLinkStats64}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.RTNL_LINK_STATS64);
    }

    /**
     * u64. {@code rx-packets}.
     *
     * @param rxPackets the value
     * @return this
     */
    public Builder rxPackets(long rxPackets) {
      return put(0, NumberValue.unsigned(rxPackets));
    }

    /**
     * u64. {@code tx-packets}.
     *
     * @param txPackets the value
     * @return this
     */
    public Builder txPackets(long txPackets) {
      return put(1, NumberValue.unsigned(txPackets));
    }

    /**
     * u64. {@code rx-bytes}.
     *
     * @param rxBytes the value
     * @return this
     */
    public Builder rxBytes(long rxBytes) {
      return put(2, NumberValue.unsigned(rxBytes));
    }

    /**
     * u64. {@code tx-bytes}.
     *
     * @param txBytes the value
     * @return this
     */
    public Builder txBytes(long txBytes) {
      return put(3, NumberValue.unsigned(txBytes));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public RtnlLinkStats64 build() {
      return new RtnlLinkStats64(toValue());
    }
  }
}
