package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedDumpRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A dump of {@code get-device}: retrieve WireGuard device. Immutable, and safe to share between
 * threads.
 */
public final class GetDeviceDumpRequest extends TypedDumpRequest<GetDeviceReply> {

  GetDeviceDumpRequest(NestValue value) {
    super(Shapes.WGDEVICE, value, "get-device");
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static GetDeviceDumpRequest of(NestValue value) {
    return new GetDeviceDumpRequest(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static GetDeviceDumpRequest of(Consumer<? super Builder> content) {
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

  @Override
  protected GetDeviceReply reply(NestValue value) {
    return new GetDeviceReply(value);
  }

  /** Makes a {@link GetDeviceDumpRequest}. For one thread at a time. */
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
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public GetDeviceDumpRequest build() {
      return new GetDeviceDumpRequest(toValue());
    }
  }
}
