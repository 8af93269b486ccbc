package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;

/** Bytes: an address, or what the spec does not say more about. */
public final class BytesValue extends Value {

  private final byte[] bytes;
  private final Hint hint;

  /** Keeps the bytes, which nobody else may change. */
  BytesValue(byte[] bytes, Hint hint) {
    this.bytes = bytes;
    this.hint = hint;
  }

  /**
   * Reads a {@code struct sockaddr_in} or {@code struct sockaddr_in6}.
   *
   * @return the address and its port; empty if it is no such struct
   */
  public Optional<InetSocketAddress> toSocketAddress() {
    return SocketAddresses.read(bytes);
  }

  @Override
  public byte[] asBytes() {
    return bytes.clone();
  }

  /**
   * Returns how many there are.
   *
   * @return their number
   */
  public int length() {
    return bytes.length;
  }

  /** Returns them without a copy, not to be changed. */
  byte[] uncopied() {
    return bytes;
  }

  /** Returns the address, or hexadecimal digits. */
  @Override
  public String asText() {
    return Addresses.format(bytes, hint);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytesValue b && Arrays.equals(b.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
