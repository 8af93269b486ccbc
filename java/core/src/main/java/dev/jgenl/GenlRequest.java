package dev.jgenl;

import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Printable;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request to a family of Generic Netlink, which can be sent any number of times. Immutable, so
 * safe to share between threads if what writes its attributes is.
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
public final class GenlRequest extends Request<GenlRequest> {

  private static final byte[] NO_HEADER = {};

  private final GenlFamily family;
  private final byte command;

  private GenlRequest(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes) {
    super(attributes, NO_HEADER);
    this.family = Objects.requireNonNull(family, "family");
    this.command = (byte) command;
  }

  private GenlRequest(
      GenlRequest that,
      int flags,
      byte[] header,
      int answer,
      RequestNames names,
      @Nullable Duration timeout) {
    super(that.attributes(), flags, header, answer, names, timeout);
    family = that.family;
    command = that.command;
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
    return new GenlRequest(family, command, attributes);
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

  /** Names family and command, such as "ethtool features-set", or "ethtool command 12". */
  @Override
  public String toString() {
    return Printable.escape(family.name()) + " " + named("command", command());
  }

  @Override
  protected GenlRequest with(
      int flags, byte[] header, int answer, RequestNames names, @Nullable Duration timeout) {
    return new GenlRequest(this, flags, header, answer, names, timeout);
  }
}
