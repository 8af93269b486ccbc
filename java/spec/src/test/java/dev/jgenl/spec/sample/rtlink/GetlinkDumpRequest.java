package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedDumpRequest;
import java.util.function.Consumer;

/**
 * A dump of {@code getlink}: get / dump information about a link. Immutable, and safe to share
 * between threads.
 */
public final class GetlinkDumpRequest extends TypedDumpRequest<GetlinkReply> {

  GetlinkDumpRequest(NestValue value) {
    super(Shapes.GETLINK, value, "getlink");
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static GetlinkDumpRequest of(NestValue value) {
    return new GetlinkDumpRequest(value);
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static GetlinkDumpRequest of(Consumer<? super Builder> content) {
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

  @Override
  protected GetlinkReply reply(NestValue value) {
    return new GetlinkReply(value);
  }

  /** Makes a {@link GetlinkDumpRequest}. For one thread at a time. */
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
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public GetlinkDumpRequest build() {
      return new GetlinkDumpRequest(toValue());
    }
  }
}
