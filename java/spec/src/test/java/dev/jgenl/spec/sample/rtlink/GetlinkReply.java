package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import dev.jgenl.wire.MacAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * An answer of {@code getlink}: get / dump information about a link. Immutable, and safe to share
 * between threads.
 */
public final class GetlinkReply extends TypedValue implements RtLinkNotification {

  GetlinkReply(NestValue value) {
    super(Shapes.GETLINK, value);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static GetlinkReply of(NestValue value) {
    return new GetlinkReply(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static GetlinkReply of(Consumer<? super Builder> content) {
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
   * The struct {@code ifinfomsg} in front of the attributes.
   *
   * @return its members; each is 0 in a value that has it not
   */
  public Ifinfomsg header() {
    return header(Shapes.IFINFOMSG, Ifinfomsg::new);
  }

  /**
   * Attribute 1, binary. {@code address}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<MacAddress> address() {
    return mac(5);
  }

  /**
   * Attribute 3, string. {@code ifname}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<String> ifname() {
    return text(6);
  }

  /**
   * Attribute 4, u32. {@code mtu}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong mtu() {
    return number64(7);
  }

  /**
   * Attribute 18, nest. {@code linkinfo}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<LinkinfoAttrs> linkinfo() {
    return nest(8, LinkinfoAttrs::new);
  }

  /**
   * Attribute 23, struct. {@code stats64}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<RtnlLinkStats64> stats64() {
    return nest(9, RtnlLinkStats64::new);
  }

  /** Makes a {@link GetlinkReply}. For one thread at a time. */
  public static final class Builder extends TypedBuilder<Builder> {

    private Builder() {
      super(Shapes.GETLINK);
    }

    /**
     * The struct {@code ifinfomsg} in front of the attributes.
     *
     * @param header sets what it has
     * @return this
     */
    public Builder header(Consumer<? super Ifinfomsg.Builder> header) {
      return header(Ifinfomsg.of(header));
    }

    /**
     * The struct {@code ifinfomsg} in front of the attributes.
     *
     * @param header its members
     * @return this
     */
    public Builder header(Ifinfomsg header) {
      return putHeader(header);
    }

    /**
     * Attribute 1, binary. {@code address}.
     *
     * @param address the value
     * @return this
     */
    public Builder address(MacAddress address) {
      return put(5, Value.of(address));
    }

    /**
     * Attribute 3, string. {@code ifname}.
     *
     * @param ifname the value
     * @return this
     */
    public Builder ifname(String ifname) {
      return put(6, Value.of(ifname));
    }

    /**
     * Attribute 4, u32. {@code mtu}.
     *
     * @param mtu the value
     * @return this
     */
    public Builder mtu(long mtu) {
      return put(7, Value.of(mtu));
    }

    /**
     * Attribute 18, nest. {@code linkinfo}.
     *
     * @param linkinfo sets what it has
     * @return this
     */
    public Builder linkinfo(Consumer<? super LinkinfoAttrs.Builder> linkinfo) {
      return linkinfo(LinkinfoAttrs.of(linkinfo));
    }

    /**
     * Attribute 18, nest. {@code linkinfo}.
     *
     * @param linkinfo the value
     * @return this
     */
    public Builder linkinfo(LinkinfoAttrs linkinfo) {
      return put(8, linkinfo.toValue());
    }

    /**
     * Attribute 23, struct. {@code stats64}.
     *
     * @param stats64 sets what it has
     * @return this
     */
    public Builder stats64(Consumer<? super RtnlLinkStats64.Builder> stats64) {
      return stats64(RtnlLinkStats64.of(stats64));
    }

    /**
     * Attribute 23, struct. {@code stats64}.
     *
     * @param stats64 the value
     * @return this
     */
    public Builder stats64(RtnlLinkStats64 stats64) {
      return put(9, stats64.toValue());
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public GetlinkReply build() {
      return new GetlinkReply(toValue());
    }
  }
}
