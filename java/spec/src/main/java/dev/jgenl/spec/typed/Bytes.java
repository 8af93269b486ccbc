package dev.jgenl.spec.typed;

import dev.jgenl.spec.BytesValue;
import dev.jgenl.spec.Value;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Bytes that the spec does not say more about, and nobody can change. Safe to share between
 * threads.
 */
public final class Bytes {

  private final BytesValue value;

  Bytes(BytesValue value) {
    this.value = value;
  }

  /**
   * Makes it of bytes.
   *
   * @param bytes copied
   * @return the same bytes
   */
  public static Bytes of(byte... bytes) {
    return new Bytes((BytesValue) Value.of(bytes));
  }

  /**
   * Reads Base64, such as keys of WireGuard are written in.
   *
   * @param text the digits, without line breaks; {@link #toBase64()} writes them
   * @return the bytes
   * @throws IllegalArgumentException if it is something else
   */
  public static Bytes ofBase64(String text) {
    return of(Base64.getDecoder().decode(text));
  }

  /**
   * Returns how many there are.
   *
   * @return their number
   */
  public int length() {
    return value.length();
  }

  /**
   * Copies them.
   *
   * @return a new array
   */
  public byte[] toArray() {
    return value.asBytes();
  }

  /**
   * Writes them as Base64.
   *
   * @return digits with padding, without line breaks
   */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(toArray());
  }

  /**
   * Returns the same for a dynamic client.
   *
   * @return the bytes
   */
  public BytesValue toValue() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && bytes.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns two lower-case hexadecimal digits a byte. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toArray());
  }
}
