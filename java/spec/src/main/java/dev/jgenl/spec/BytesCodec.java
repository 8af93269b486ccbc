package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.util.OptionalInt;

/** Bytes, which may be an address. */
final class BytesCodec extends AttributeCodec {

  /** For what is not as the spec says, or what it does not say. */
  static final BytesCodec ANY = new BytesCodec(Hint.NONE, OptionalInt.empty());

  private final Hint hint;
  private final OptionalInt length;

  BytesCodec(Hint hint, OptionalInt length) {
    this.hint = hint;
    this.length = length;
  }

  @Override
  boolean takesBytes() {
    return true;
  }

  /** Tells whether it is an address of IPv4 or IPv6, and something else says which. */
  boolean isOfEitherFamily() {
    return hint == Hint.IPV4_OR_V6;
  }

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    writer.putBytes(id, bytes(value));
  }

  /** Returns the bytes that a value is or shows; they are not to be changed. */
  byte[] bytes(Value value) {
    byte[] bytes = unchecked(value);
    if (length.isPresent() && bytes.length != length.getAsInt()) {
      throw new InvalidValueException(length.getAsInt() + " bytes are wanted, not " + bytes.length);
    }
    return bytes;
  }

  private byte[] unchecked(Value value) {
    if (value instanceof BytesValue bytes) {
      return bytes.uncopied();
    } else if (value instanceof TextValue) {
      return Addresses.parse(value.asText(), hint)
          .orElseThrow(
              () -> new InvalidValueException("'" + value.asText() + "' is no " + wanted()));
    }
    throw new InvalidValueException("bytes are wanted, not " + Values.describe(value));
  }

  private String wanted() {
    return switch (hint) {
      case MAC -> "link-layer address, such as 02:00:00:00:00:01";
      case IPV4 -> "address of IPv4";
      case IPV6 -> "address of IPv6";
      case IPV4_OR_V6 -> "address of IPv4 or IPv6";
      case UUID -> "UUID";
      case SOCKET_ADDRESS -> "address with a port, such as 192.0.2.1:80 or [2001:db8::1]:80";
      case NONE, HEX -> "even number of hexadecimal digits";
    };
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    return value(attribute.bytes());
  }

  /** Keeps the bytes. */
  Value value(byte[] bytes) {
    return new BytesValue(bytes, hint);
  }
}
