package dev.jgenl.netlink;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_MIN_TYPE;

import dev.jgenl.Request;
import dev.jgenl.RequestNames;
import dev.jgenl.wire.AttributeWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request to another protocol than Generic Netlink: a type, the protocol's own header, and
 * attributes. It can be sent any number of times. Immutable, so safe to share between threads if
 * what writes its attributes is.
 *
 * <pre>{@code
 * int getLink = 18; // RTM_GETLINK of linux/rtnetlink.h
 * int interfaceName = 3; // IFLA_IFNAME of linux/if_link.h
 * byte[] header = new byte[16]; // struct ifinfomsg: any device
 * NetlinkRequest request =
 *     NetlinkRequest.of(getLink, header, a -> a.putString(interfaceName, "lo"));
 * try (Netlink route = Netlink.open(Netlink.ROUTE)) {
 *   ByteBuffer link = route.request(request).header(16);
 *   System.out.println("lo has index " + link.getInt(4));
 * }
 * }</pre>
 */
public final class NetlinkRequest extends Request<NetlinkRequest> {

  private final short type;

  private NetlinkRequest(int type, byte[] header, Consumer<? super AttributeWriter> attributes) {
    super(attributes, header);
    this.type = (short) type;
  }

  private NetlinkRequest(
      NetlinkRequest that,
      int flags,
      byte[] header,
      int answer,
      RequestNames names,
      @Nullable Duration timeout) {
    super(that.attributes(), flags, header, answer, names, timeout);
    type = that.type;
  }

  /**
   * Makes a request without attributes.
   *
   * @param type the type of the message, 16 to 65535
   * @param header the protocol's own header; copied
   * @return an acknowledged request
   * @throws IllegalArgumentException if the type is out of range
   */
  public static NetlinkRequest of(int type, byte[] header) {
    return of(type, header, NO_ATTRIBUTES);
  }

  /**
   * Makes a request with attributes.
   *
   * @param type the type of the message, 16 to 65535
   * @param header the protocol's own header; copied
   * @param attributes writes the attributes each time that the request is sent
   * @return an acknowledged request
   * @throws IllegalArgumentException if the type is out of range
   */
  public static NetlinkRequest of(
      int type, byte[] header, Consumer<? super AttributeWriter> attributes) {
    return owning(type, header.clone(), attributes);
  }

  /**
   * Makes a request without attributes.
   *
   * @param type the type of the message, 16 to 65535
   * @param header the protocol's own header: the bytes from the buffer's position to its limit,
   *     which are copied
   * @return an acknowledged request
   * @throws IllegalArgumentException if the type is out of range
   */
  public static NetlinkRequest of(int type, ByteBuffer header) {
    return of(type, header, NO_ATTRIBUTES);
  }

  /**
   * Makes a request with attributes.
   *
   * @param type the type of the message, 16 to 65535
   * @param header the protocol's own header: the bytes from the buffer's position to its limit,
   *     which are copied
   * @param attributes writes the attributes each time that the request is sent
   * @return an acknowledged request
   * @throws IllegalArgumentException if the type is out of range
   */
  public static NetlinkRequest of(
      int type, ByteBuffer header, Consumer<? super AttributeWriter> attributes) {
    byte[] bytes = new byte[header.remaining()];
    header.get(header.position(), bytes);
    return owning(type, bytes, attributes);
  }

  private static NetlinkRequest owning(
      int type, byte[] header, Consumer<? super AttributeWriter> attributes) {
    if (type < NLMSG_MIN_TYPE || type > 0xffff) {
      throw new IllegalArgumentException("type " + type + " is not within 16 to 65535");
    }
    return new NetlinkRequest(type, header, attributes);
  }

  /**
   * Returns the type of the message.
   *
   * @return 16 to 65535
   */
  public int type() {
    return Short.toUnsignedInt(type);
  }

  /** Names who is asked for what, such as "rt-link getlink", or "route type 18". */
  String of(Protocol protocol) {
    return namedFamily(protocol.name()) + " " + this;
  }

  /** Names what is asked for, such as "getlink", or "type 18". */
  @Override
  public String toString() {
    return named("type", type());
  }

  @Override
  protected NetlinkRequest with(
      int flags, byte[] header, int answer, RequestNames names, @Nullable Duration timeout) {
    return new NetlinkRequest(this, flags, header, answer, names, timeout);
  }

  byte[] protocolHeader() {
    return uncopiedHeader();
  }

  long timeoutOr(long other) {
    return timeoutNanos(other);
  }
}
