package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.typed.RequestBuilder;
import dev.jgenl.spec.typed.TypedRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request of {@code features-set}: set features. Immutable, and safe to share between threads.
 */
public final class FeaturesSetRequest extends TypedRequest<FeaturesSetReply> {

  FeaturesSetRequest(NestValue value, Set<RequestFlag> flags) {
    super(Shapes.FEATURES, value, "features-set", flags);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static FeaturesSetRequest of(NestValue value) {
    return new FeaturesSetRequest(value, Set.of());
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static FeaturesSetRequest of(Consumer<? super Builder> content) {
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

  /**
   * Attribute 2, nest. {@code hw}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Bitset> hw() {
    return nest(1, Bitset::new);
  }

  /**
   * Attribute 3, nest. {@code wanted}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Bitset> wanted() {
    return nest(2, Bitset::new);
  }

  /**
   * Attribute 4, nest. {@code active}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Bitset> active() {
    return nest(3, Bitset::new);
  }

  /**
   * Attribute 5, nest. {@code nochange}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<Bitset> nochange() {
    return nest(4, Bitset::new);
  }

  @Override
  protected FeaturesSetReply reply(NestValue value) {
    return new FeaturesSetReply(value);
  }

  /** Makes a {@link FeaturesSetRequest}. For one thread at a time. */
  public static final class Builder extends RequestBuilder<Builder> {

    private Builder() {
      super(Shapes.FEATURES);
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
     * Attribute 2, nest. {@code hw}.
     *
     * @param hw sets what it has
     * @return this
     */
    public Builder hw(Consumer<? super Bitset.Builder> hw) {
      return hw(Bitset.of(hw));
    }

    /**
     * Attribute 2, nest. {@code hw}.
     *
     * @param hw the value
     * @return this
     */
    public Builder hw(Bitset hw) {
      return put(1, hw.toValue());
    }

    /**
     * Attribute 3, nest. {@code wanted}.
     *
     * @param wanted sets what it has
     * @return this
     */
    public Builder wanted(Consumer<? super Bitset.Builder> wanted) {
      return wanted(Bitset.of(wanted));
    }

    /**
     * Attribute 3, nest. {@code wanted}.
     *
     * @param wanted the value
     * @return this
     */
    public Builder wanted(Bitset wanted) {
      return put(2, wanted.toValue());
    }

    /**
     * Attribute 4, nest. {@code active}.
     *
     * @param active sets what it has
     * @return this
     */
    public Builder active(Consumer<? super Bitset.Builder> active) {
      return active(Bitset.of(active));
    }

    /**
     * Attribute 4, nest. {@code active}.
     *
     * @param active the value
     * @return this
     */
    public Builder active(Bitset active) {
      return put(3, active.toValue());
    }

    /**
     * Attribute 5, nest. {@code nochange}.
     *
     * @param nochange sets what it has
     * @return this
     */
    public Builder nochange(Consumer<? super Bitset.Builder> nochange) {
      return nochange(Bitset.of(nochange));
    }

    /**
     * Attribute 5, nest. {@code nochange}.
     *
     * @param nochange the value
     * @return this
     */
    public Builder nochange(Bitset nochange) {
      return put(4, nochange.toValue());
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public FeaturesSetRequest build() {
      return new FeaturesSetRequest(toValue(), requestFlags());
    }
  }
}
