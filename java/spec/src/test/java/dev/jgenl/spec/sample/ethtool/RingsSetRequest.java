package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.Acknowledged;
import dev.jgenl.spec.typed.EnumValue;
import dev.jgenl.spec.typed.RequestBuilder;
import dev.jgenl.spec.typed.TypedRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request of {@code rings-set}: set ring params. Immutable, and safe to share between threads.
 */
public final class RingsSetRequest extends TypedRequest<Acknowledged> {

  RingsSetRequest(NestValue value, Set<RequestFlag> flags) {
    super(Shapes.RINGS, value, "rings-set", flags);
  }

  /**
   * Views a value.
   *
   * @param value such as the dynamic client has
   * @return a view of it
   */
  public static RingsSetRequest of(NestValue value) {
    return new RingsSetRequest(value, Set.of());
  }

  /**
   * Makes one.
   *
   * @param content sets what it has
   * @return one with that
   */
  public static RingsSetRequest of(Consumer<? super Builder> content) {
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
   * Attribute 6, u32. {@code rx}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalLong rx() {
    return number64(2);
  }

  /**
   * Attribute 11, u8. {@code tcp-data-split}.
   *
   * @return the value; empty if it is not there
   */
  public Optional<EnumValue<TcpDataSplit>> tcpDataSplit() {
    return enumValue(3, TcpDataSplit.class);
  }

  /**
   * Attribute 13, u8. {@code tx-push}.
   *
   * @return the value; empty if it is not there
   */
  public OptionalInt txPush() {
    return number32(4);
  }

  @Override
  protected Acknowledged reply(NestValue value) {
    return Acknowledged.of(value);
  }

  /** Makes a {@link RingsSetRequest}. For one thread at a time. */
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
     * Attribute 6, u32. {@code rx}.
     *
     * @param rx the value
     * @return this
     */
    public Builder rx(long rx) {
      return put(2, Value.of(rx));
    }

    /**
     * Attribute 11, u8. {@code tcp-data-split}.
     *
     * @param tcpDataSplit the value
     * @return this
     */
    public Builder tcpDataSplit(TcpDataSplit tcpDataSplit) {
      return tcpDataSplit(EnumValue.of(tcpDataSplit));
    }

    /**
     * Attribute 11, u8. {@code tcp-data-split}.
     *
     * @param tcpDataSplit the value
     * @return this
     */
    public Builder tcpDataSplit(EnumValue<TcpDataSplit> tcpDataSplit) {
      return put(3, tcpDataSplit.toValue());
    }

    /**
     * Attribute 13, u8. {@code tx-push}.
     *
     * @param txPush the value
     * @return this
     */
    public Builder txPush(int txPush) {
      return put(4, Value.of(txPush));
    }

    /**
     * Makes it. This can go on and make others.
     *
     * @return what was set until now
     */
    public RingsSetRequest build() {
      return new RingsSetRequest(toValue(), requestFlags());
    }
  }
}
