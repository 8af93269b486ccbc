package dev.jgenl.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A datagram of netlink as it was recorded: one or several messages, which may be malformed.
 * Immutable, and safe to share between threads.
 */
public final class CapturedDatagram {

  private final @Nullable Instant time;
  private final int protocol;
  private final Direction direction;
  private final ByteBuffer bytes;
  private final boolean whole;

  private CapturedDatagram(
      @Nullable Instant time, int protocol, Direction direction, ByteBuffer bytes, boolean whole) {
    this.time = time;
    this.protocol = protocol;
    this.direction = direction;
    this.bytes = bytes;
    this.whole = whole;
  }

  /**
   * Makes one that is whole, and has no time.
   *
   * @param protocol such as 16, {@code NETLINK_GENERIC}
   * @param direction which way it went
   * @param bytes those between position and limit, not copied, so not to be changed any more, in
   *     the byte order that the buffer is set to
   * @return the datagram
   */
  public static CapturedDatagram of(int protocol, Direction direction, ByteBuffer bytes) {
    ByteBuffer view = bytes.slice().asReadOnlyBuffer().order(bytes.order());
    return new CapturedDatagram(null, protocol, direction, view, true);
  }

  /**
   * Sets the time.
   *
   * @param time when it was sent or received
   * @return the same but for that
   */
  public CapturedDatagram withTime(Instant time) {
    return new CapturedDatagram(time, protocol, direction, bytes, whole);
  }

  /**
   * Says whether it is whole.
   *
   * @param whole false if bytes at its end were left out
   * @return the same but for that
   */
  public CapturedDatagram withWhole(boolean whole) {
    return new CapturedDatagram(time, protocol, direction, bytes, whole);
  }

  /**
   * Returns when it was sent or received.
   *
   * @return the time; empty if the recording does not say
   */
  public Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  /**
   * Returns the protocol.
   *
   * @return such as 16, {@code NETLINK_GENERIC}
   */
  public int protocol() {
    return protocol;
  }

  /**
   * Returns the name of the protocol.
   *
   * @return such as "route" or "generic"; "protocol 30" of one that has none
   */
  public String protocolName() {
    return ProtocolNames.name(protocol);
  }

  /**
   * Returns which way it went.
   *
   * @return the direction; where the recording does not say, as the first message suggests
   */
  public Direction direction() {
    return direction;
  }

  /**
   * Views the bytes.
   *
   * @return a read-only buffer with a position of its own, from 0 on, in the byte order of the
   *     machine that it was recorded on
   */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(bytes.order());
  }

  /**
   * Tells whether it is whole.
   *
   * @return false if bytes at its end were left out
   */
  public boolean isWhole() {
    return whole;
  }

  /** Two that hold the same are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CapturedDatagram that
        && Objects.equals(time, that.time)
        && protocol == that.protocol
        && direction == that.direction
        && bytes.equals(that.bytes)
        && bytes.order() == that.bytes.order()
        && whole == that.whole;
  }

  @Override
  public int hashCode() {
    return Objects.hash(time, protocol, direction, bytes, whole);
  }

  /** Names it for people. */
  @Override
  public String toString() {
    return bytes.capacity() + " bytes of " + protocolName() + " " + direction + " at " + time;
  }
}
