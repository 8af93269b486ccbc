package dev.jgenl;

import dev.jgenl.engine.Deadline;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Printable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that can be sent any number of times. Immutable, so safe to share between threads if
 * what writes its attributes is.
 *
 * <pre>{@code
 * int linkStateGet = 6; // ETHTOOL_MSG_LINKSTATE_GET of linux/ethtool_netlink.h
 * int header = 1; // ETHTOOL_A_LINKSTATE_HEADER
 * int deviceName = 2; // ETHTOOL_A_HEADER_DEV_NAME
 * GenlFamily ethtool = genl.family("ethtool");
 * GenlRequest request =
 *     GenlRequest.of(
 *         ethtool, linkStateGet, a -> a.putNested(header, h -> h.putString(deviceName, "lo")));
 * System.out.print(genl.request(request.withTimeout(Duration.ofSeconds(1))));
 * }</pre>
 */
public final class GenlRequest {

  private static final Consumer<AttributeWriter> NO_ATTRIBUTES = a -> {};

  private static final byte[] NO_HEADER = {};

  private static final int WITHOUT_ACK = 1;
  private static final int ANY_SEQUENCE = 1 << 1;
  private static final int ANY_PORT = 1 << 2;

  private final GenlFamily family;
  private final byte command;
  private final Consumer<? super AttributeWriter> attributes;
  private final short flags;
  private final byte[] header;

  /** How the answer is taken: bits of WITHOUT_ACK and the like. */
  private final byte answer;

  private final RequestNames names;
  private final @Nullable Duration timeout;

  private GenlRequest(
      GenlFamily family,
      int command,
      Consumer<? super AttributeWriter> attributes,
      int flags,
      byte[] header,
      int answer,
      RequestNames names,
      @Nullable Duration timeout) {
    this.family = family;
    this.command = (byte) command;
    this.attributes = attributes;
    this.flags = (short) flags;
    this.header = header;
    this.answer = (byte) answer;
    this.names = names;
    this.timeout = timeout;
  }

  /**
   * Makes a request without attributes.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return an acknowledged request
   * @throws IllegalArgumentException if the command is out of range
   */
  public static GenlRequest of(GenlFamily family, int command) {
    return of(family, command, NO_ATTRIBUTES);
  }

  /**
   * Makes a request with attributes.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @param attributes writes the attributes each time that the request is sent
   * @return an acknowledged request
   * @throws IllegalArgumentException if the command is out of range
   */
  public static GenlRequest of(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes) {
    if (command < 0 || command > 255) {
      throw new IllegalArgumentException("command " + command + " is not within 0 to 255");
    }
    return new GenlRequest(
        Objects.requireNonNull(family, "family"),
        command,
        Objects.requireNonNull(attributes, "attributes"),
        0,
        NO_HEADER,
        0,
        RequestNames.NONE,
        null);
  }

  /**
   * Returns whom to ask.
   *
   * @return the family
   */
  public GenlFamily family() {
    return family;
  }

  /**
   * Returns what to ask for.
   *
   * @return the command, 0 to 255
   */
  public int command() {
    return Byte.toUnsignedInt(command);
  }

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
   * Returns the family's own header.
   *
   * @return a copy of its bytes; none for most families
   */
  public byte[] header() {
    return header.clone();
  }

  /** Returns how long the answer is waited for, or what else if the request does not say. */
  long timeoutNanos(long other) {
    return timeout == null ? other : Deadline.nanos(timeout);
  }

  byte[] uncopiedHeader() {
    return header;
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
   * @return empty for the time of {@link GenlOptions#timeout()}
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
  public GenlRequest withoutAck() {
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
  public GenlRequest withFlags(int flags) {
    if (flags < 0 || flags > 0xffff) {
      throw new IllegalArgumentException("flags " + flags + " are not within 16 bits");
    }
    return with(flags, header, answer, names, timeout);
  }

  /**
   * Makes the same request with the family's own header.
   *
   * @param header as many bytes as {@link GenlFamily#headerSize()} says; copied
   * @return another request
   */
  public GenlRequest withHeader(byte... header) {
    return with(flags(), header.clone(), answer, names, timeout);
  }

  /**
   * Makes the same request tolerate a wrong sequence number in the answer. It is then sent on a
   * socket of its own, since its answer could be that to any other.
   *
   * @return another request
   */
  public GenlRequest withAnySequence() {
    return with(flags(), header, answer | ANY_SEQUENCE, names, timeout);
  }

  /**
   * Makes the same request tolerate a wrong port ID in the header of the answer, as the family
   * thermal sends it, together with sequence number 0. It is then sent on a socket of its own.
   *
   * @return another request
   */
  public GenlRequest withAnyPort() {
    return with(flags(), header, answer | ANY_PORT, names, timeout);
  }

  /**
   * Makes the same request with a time limit of its own.
   *
   * @param timeout how long the answer is waited for, more than 0
   * @return another request
   * @throws IllegalArgumentException if it is not more than 0
   */
  public GenlRequest withTimeout(Duration timeout) {
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
  public GenlRequest withNames(RequestNames names) {
    Objects.requireNonNull(names, "names");
    return with(flags(), header, answer, names, timeout);
  }

  /** Names family and command, such as "ethtool features-set", or "ethtool command 12". */
  @Override
  public String toString() {
    return Printable.escape(family.name()) + " " + Named.command(names, command());
  }

  private GenlRequest with(
      int flags, byte[] header, int answer, RequestNames names, @Nullable Duration timeout) {
    return new GenlRequest(family, command(), attributes, flags, header, answer, names, timeout);
  }
}
