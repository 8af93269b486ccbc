package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.RequestBuilder;
import dev.jgenl.spec.typed.TypedRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request of {@code getlink}: get / dump information about a link. Immutable, and safe to share
 * between threads.
 */
public final class GetlinkRequest extends TypedRequest<GetlinkReply> {

  GetlinkRequest(NestValue value, Set<RequestFlag> flags) {
    super(Shapes.GETLINK, value, "getlink", flags);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static GetlinkRequest of(NestValue value) {
    return new GetlinkRequest(value, Set.of());
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static GetlinkRequest of(Consumer<? super Builder> content) {
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
   * Attribute 3, string. {@code ifname}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<String> ifname() {
    return text(6);
  }

  @Override
  protected GetlinkReply reply(NestValue value) {
    return new GetlinkReply(value);
  }

  /** Makes a {@link GetlinkRequest}. For one thread at a time. */
  public static final class Builder extends RequestBuilder<Builder> {

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
     * Attribute 3, string. {@code ifname}.
     *
     * @param ifname the value
     * @return this
     */
    public Builder ifname(String ifname) {
      return put(6, Value.of(ifname));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public GetlinkRequest build() {
      return new GetlinkRequest(toValue(), requestFlags());
    }
  }
}
