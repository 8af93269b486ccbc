package dev.jgenl;

import dev.jgenl.engine.Deadline;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.AttributeWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that can be sent any number of times. Immutable, so safe to share between threads if
 * what writes its attributes is.
 *
 * @param <R> the type of the request
 */
public abstract sealed class Request<R extends Request<R>> permits GenlRequest, NetlinkRequest {

  /** Writes no attributes. */
  protected static final Consumer<AttributeWriter> NO_ATTRIBUTES = a -> {};

  private static final int WITHOUT_ACK = 1;
  private static final int ANY_SEQUENCE = 1 << 1;
  private static final int ANY_PORT = 1 << 2;

  private final Consumer<? super AttributeWriter> attributes;
  private final short flags;

  /** How the answer is taken: bits of WITHOUT_ACK and the like. */
  private final byte answer;

  private final byte[] header;
  private final RequestNames names;
  private final @Nullable Duration timeout;

  /**
   * Makes one that is acknowledged, and says nothing that need not be said.
   *
   * @param attributes writes the attributes each time that the request is sent
   * @param header the family's or protocol's own header; not copied
   */
  protected Request(Consumer<? super AttributeWriter> attributes, byte[] header) {
    this(attributes, 0, header, 0, RequestNames.NONE, null);
  }

  /**
   * Makes one for {@link #with}.
   *
   * @param attributes writes the attributes each time that the request is sent
   * @param flags 16 bits
   * @param header the family's or protocol's own header; not copied
   * @param answer how the answer is taken
   * @param names names the attributes
   * @param timeout how long the answer is waited for
   */
  protected Request(
      Consumer<? super AttributeWriter> attributes,
      int flags,
      byte[] header,
      int answer,
      RequestNames names,
      @Nullable Duration timeout) {
    this.attributes = Objects.requireNonNull(attributes, "attributes");
    this.flags = (short) flags;
    this.header = header;
    this.answer = (byte) answer;
    this.names = names;
    this.timeout = timeout;
  }

  /**
   * Makes the same request but for what is given.
   *
   * @param flags 16 bits
   * @param header the family's or protocol's own header; not copied
   * @param answer how the answer is taken
   * @param names names the attributes
   * @param timeout how long the answer is waited for
   * @return another request
   */
  protected abstract R with(
      int flags, byte[] header, int answer, RequestNames names, @Nullable Duration timeout);

  /**
   * Returns what writes the attributes.
   *
   * @return called each time that the request is sent
   */
  public Consumer<? super AttributeWriter> attributes() {
    return attributes;
  }

  /**
   * Returns the flags of the netlink header that the family defines, such as {@code NLM_F_CREATE};
   * those of request, dump and acknowledgement are set as needed.
   *
   * @return 16 bits
   */
  public int flags() {
    return Short.toUnsignedInt(flags);
  }

  /**
   * Returns the family's or protocol's own header.
   *
   * @return a copy of its bytes; none for most families of Generic Netlink
   */
  public byte[] header() {
    return header.clone();
  }

  /**
   * Returns the same without a copy.
   *
   * @return not to be written to
   */
  protected final byte[] uncopiedHeader() {
    return header;
  }

  /**
   * Names what is asked for.
   *
   * @param kind what the number is of, such as "command"
   * @param number such as 12
   * @return such as "features-set", or "command 12"
   */
  protected final String named(String kind, int number) {
    return Named.command(names, kind, number);
  }

  /**
   * Names what is asked.
   *
   * @param protocol the name of the protocol, such as "route"
   * @return such as "rt-link", or the protocol
   */
  protected final String namedFamily(String protocol) {
    return Named.family(names, protocol);
  }

  /**
   * Returns how long the answer is waited for.
   *
   * @param other how long if the request does not say
   * @return nanoseconds
   */
  protected final long timeoutNanos(long other) {
    return timeout == null ? other : Deadline.nanos(timeout);
  }

  /**
   * Tells whether the kernel is asked for an acknowledgement, which ends the exchange.
   *
   * @return whether it is
   */
  public boolean acknowledged() {
    return (answer & WITHOUT_ACK) == 0;
  }

  /**
   * Tells whether an answer is accepted whatever its sequence number.
   *
   * @return whether it is
   */
  public boolean anySequence() {
    return (answer & ANY_SEQUENCE) != 0;
  }

  /**
   * Tells whether an answer is accepted whatever the port ID in its header.
   *
   * @return whether it is
   */
  public boolean anyPort() {
    return (answer & ANY_PORT) != 0;
  }

  /**
   * Returns what names the command and the attributes, for the message of an exception.
   *
   * @return {@link RequestNames#NONE} if nothing does
   */
  public RequestNames names() {
    return names;
  }

  /**
   * Returns how long the answer is waited for.
   *
   * @return empty for the time of {@link NetlinkOptions#timeout()}
   */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /**
   * Makes the same request without asking for an acknowledgement. Its exchange ends at the first
   * answer, or at the end of an answer in several messages: quicker, but right only for a command
   * that always answers.
   *
   * @return another request
   */
  public R withoutAck() {
    return with(flags(), header, answer | WITHOUT_ACK, names, timeout);
  }

  /**
   * Makes the same request with flags that the family defines.
   *
   * @param flags such as {@code NLM_F_CREATE}; both bits of {@code NLM_F_DUMP} together, which are
   *     {@code NLM_F_REPLACE | NLM_F_EXCL} too, make the kernel dump, and are refused with {@link
   *     IllegalArgumentException} where no dump is asked for
   * @return another request
   * @throws IllegalArgumentException if the flags are not within 16 bits
   */
  public R withFlags(int flags) {
    if (flags < 0 || flags > 0xffff) {
      throw new IllegalArgumentException("flags " + flags + " are not within 16 bits");
    }
    return with(flags, header, answer, names, timeout);
  }

  /**
   * Makes the same request with the family's or protocol's own header.
   *
   * @param header of a family as many bytes as {@link GenlFamily#headerSize()} says; copied
   * @return another request
   */
  public R withHeader(byte... header) {
    return with(flags(), header.clone(), answer, names, timeout);
  }

  /**
   * Makes the same request tolerate a wrong sequence number in the answer. It is then sent on a
   * socket of its own, since its answer could be that to any other.
   *
   * @return another request
   */
  public R withAnySequence() {
    return with(flags(), header, answer | ANY_SEQUENCE, names, timeout);
  }

  /**
   * Makes the same request tolerate a wrong port ID in the header of the answer, as the family
   * thermal sends it, together with sequence number 0. It is then sent on a socket of its own.
   *
   * @return another request
   */
  public R withAnyPort() {
    return with(flags(), header, answer | ANY_PORT, names, timeout);
  }

  /**
   * Makes the same request with a time limit of its own.
   *
   * @param timeout how long the answer is waited for, more than 0
   * @return another request
   * @throws IllegalArgumentException if it is not more than 0
   */
  public R withTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + " is not positive");
    }
    return with(flags(), header, answer, names, timeout);
  }

  /**
   * Makes the same request with names for its command and its attributes, which then stand in the
   * messages of exceptions.
   *
   * @param names names them
   * @return another request
   */
  public R withNames(RequestNames names) {
    Objects.requireNonNull(names, "names");
    return with(flags(), header, answer, names, timeout);
  }
}
