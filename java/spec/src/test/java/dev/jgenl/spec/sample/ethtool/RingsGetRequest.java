package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.typed.RequestBuilder;
import dev.jgenl.spec.typed.TypedRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request of {@code rings-get}: get ring params. Immutable, and safe to share between threads.
 */
public final class RingsGetRequest extends TypedRequest<RingsGetReply> {

  RingsGetRequest(NestValue value, Set<RequestFlag> flags) {
    super(Shapes.RINGS, value, "rings-get", flags);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static RingsGetRequest of(NestValue value) {
    return new RingsGetRequest(value, Set.of());
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static RingsGetRequest of(Consumer<? super Builder> content) {
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
   * Attribute 1, nest. {@code header}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Header> header() {
    return nest(0, Header::new);
  }

  @Override
  protected RingsGetReply reply(NestValue value) {
    return new RingsGetReply(value);
  }

  /** Makes a {@link RingsGetRequest}. For one thread at a time. */
  public static final class Builder extends RequestBuilder<Builder> {

    private Builder() {
      super(Shapes.RINGS);
    }

    /**
     * Attribute 1, nest. {@code header}.
     *
     * @param header sets what it has
     * @return this
     */
    public Builder header(Consumer<? super Header.Builder> header) {
      return header(Header.of(header));
    }

    /**
     * Attribute 1, nest. {@code header}.
     *
     * @param header the value
     * @return this
     */
    public Builder header(Header header) {
      return put(0, header.toValue());
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public RingsGetRequest build() {
      return new RingsGetRequest(toValue(), requestFlags());
    }
  }
}
