package dev.jgenl.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A datagram of netlink as it was recorded: one or several messages, which may be malformed.
 *
 * @param time when; empty if the recording does not say
 * @param protocol such as 16, {@code NETLINK_GENERIC}
 * @param direction which way it went; where the recording does not say, as a look at the first
 *     message suggests
 * @param bytes a read-only view from position 0 on, in the byte order of the machine that it was
 *     recorded on
 * @param whole false if bytes at its end were left out
 */
public record CapturedDatagram(
    Optional<Instant> time, int protocol, Direction direction, ByteBuffer bytes, boolean whole) {

  /**
   * Views what it is given.
   *
   * @param time as {@link #time()}
   * @param protocol as {@link #protocol()}
   * @param direction as {@link #direction()}
   * @param bytes between position and limit, not to be changed any more
   * @param whole as {@link #whole()}
   */
  public CapturedDatagram {
    bytes = bytes.slice().asReadOnlyBuffer().order(bytes.order());
  }

  /**
   * Views the bytes.
   *
   * @return a buffer with a position of its own
   */
  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate().order(bytes.order());
  }

  /**
   * Returns the name of the protocol.
   *
   * @return such as "route" or "generic"; "protocol 30" of one that has none
   */
  public String protocolName() {
    return ProtocolNames.name(protocol);
  }
}
