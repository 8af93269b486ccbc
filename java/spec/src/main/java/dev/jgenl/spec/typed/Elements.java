package dev.jgenl.spec.typed;

import dev.jgenl.spec.BytesValue;
import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.NumberValue;
import dev.jgenl.spec.TextValue;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Bitfield32;
import dev.jgenl.wire.MacAddress;
import dev.jgenl.wire.MalformedMessageException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What values are in Java: those of attributes, and the elements of lists. For generated code.
 *
 * <p>Each throws {@link MalformedMessageException} if the value is not as the spec says: a codec
 * keeps it as bytes then.
 */
public final class Elements {

  private static final int UUID_LENGTH = 16;
  private static final int IPV6_LENGTH = 16;

  private Elements() {}

  /**
   * Reads a number.
   *
   * @param value of a list
   * @return the number
   */
  public static int number32(Value value) {
    long number = number64(value);
    if (number != (int) number) {
      throw new MalformedMessageException(number + " needs more than 32 bits");
    }
    return (int) number;
  }

  /**
   * Reads a number.
   *
   * @param value of a list
   * @return the number; an unsigned one above 2<sup>63</sup> - 1 is negative
   */
  public static long number64(Value value) {
    if (value instanceof NumberValue) {
      return value.asLong();
    }
    throw isNo("number", value);
  }

  /**
   * Reads text.
   *
   * @param value of a list
   * @return the text
   */
  public static String text(Value value) {
    if (value instanceof TextValue) {
      return value.asText();
    }
    throw isNo("text", value);
  }

  /**
   * Reads bytes. What holds nothing, where the spec does not say what it holds, are none.
   *
   * @param value of a list
   * @return the bytes
   */
  public static Bytes bytes(Value value) {
    if (value instanceof NestValue nest && nest.names().isEmpty()) {
      return Bytes.of();
    }
    return new Bytes(bytesValue("bytes", value));
  }

  private static BytesValue bytesValue(String wanted, Value value) {
    if (value instanceof BytesValue bytes) {
      return bytes;
    }
    throw isNo(wanted, value);
  }

  /**
   * Reads a link-layer address.
   *
   * @param value of a list
   * @return the address
   */
  public static MacAddress mac(Value value) {
    BytesValue bytes = bytesValue("link-layer address", value);
    if (bytes.length() == 0 || bytes.length() > MacAddress.LENGTH_MAX) {
      throw isNo("link-layer address", value);
    }
    return MacAddress.of(bytes.asBytes());
  }

  /**
   * Reads an address of IPv4 or IPv6. One of IPv4 that is mapped to IPv6 stays one of IPv6.
   *
   * @param value of a list
   * @return the address
   */
  public static InetAddress address(Value value) {
    byte[] bytes =
        value instanceof NumberValue
            ? ByteBuffer.allocate(4).putInt((int) value.asLong()).array()
            : bytesValue("address", value).asBytes();
    try {
      return bytes.length == IPV6_LENGTH
          ? Inet6Address.getByAddress(null, bytes, -1)
          : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw isNo("address", value);
    }
  }

  /**
   * Reads a UUID.
   *
   * @param value of a list
   * @return the UUID
   */
  public static UUID uuid(Value value) {
    BytesValue bytes = bytesValue("UUID", value);
    if (bytes.length() != UUID_LENGTH) {
      throw isNo("UUID", value);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.asBytes());
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /**
   * Reads an address with a port.
   *
   * @param value of a list
   * @return the address; of IPv6 with its scope if it has one
   */
  public static InetSocketAddress socketAddress(Value value) {
    return bytesValue("address with a port", value)
        .toSocketAddress()
        .orElseThrow(() -> isNo("address with a port", value));
  }

  /**
   * Reads numbers that may have names.
   *
   * @param <E> the names
   * @param type of the names
   * @return reads one
   */
  public static <E extends Enum<E> & EnumNumber> Function<Value, EnumValue<E>> enumValue(
      Class<E> type) {
    return value -> enumValue(value, type);
  }

  static <E extends Enum<E> & EnumNumber> EnumValue<E> enumValue(Value value, Class<E> type) {
    return EnumType.of(type).value(number64(value));
  }

  /**
   * Reads sums of bits.
   *
   * @param <E> the names of the bits
   * @param type of the names
   * @return reads one
   */
  public static <E extends Enum<E> & EnumNumber> Function<Value, Flags<E>> flags(Class<E> type) {
    return value -> flags(value, type);
  }

  static <E extends Enum<E> & EnumNumber> Flags<E> flags(Value value, Class<E> type) {
    return new Flags<>(EnumType.of(type), number64(value));
  }

  /**
   * Reads bits of which some are meant.
   *
   * @param <E> the names of the bits
   * @param type of the names
   * @return reads one
   */
  public static <E extends Enum<E> & EnumNumber> Function<Value, Bitfield<E>> bitfield(
      Class<E> type) {
    return value -> bitfield(value, type);
  }

  static <E extends Enum<E> & EnumNumber> Bitfield<E> bitfield(Value value, Class<E> type) {
    Bitfield32 bits = bitfield32(value);
    return Bitfield.of(
        Flags.ofBits(type, Integer.toUnsignedLong(bits.value())),
        Flags.ofBits(type, Integer.toUnsignedLong(bits.selector())));
  }

  /**
   * Reads bits of which some are meant, and that have no names.
   *
   * @param value of a list
   * @return both
   */
  public static Bitfield32 bitfield32(Value value) {
    return new Bitfield32(bits(value, "value"), bits(value, "selector"));
  }

  private static int bits(Value value, String name) {
    return (int) number64(value.find(name).orElseThrow(() -> isNo("bitfield", value)));
  }

  /**
   * Reads nests, or structs.
   *
   * @param <T> what they become
   * @param view makes it
   * @return reads one
   */
  public static <T> Function<Value, T> nest(Function<? super NestValue, ? extends T> view) {
    return value -> nest(value, view);
  }

  static <T> T nest(Value value, Function<? super NestValue, ? extends T> view) {
    if (value instanceof NestValue nest) {
      return view.apply(nest);
    }
    throw isNo("nest", value);
  }

  /**
   * Reads lists within lists.
   *
   * @param <T> what the elements become
   * @param reader of an element
   * @return reads a list
   */
  public static <T> Function<Value, List<T>> list(Function<? super Value, ? extends T> reader) {
    return value -> new TypedList<>("", value.asList(), reader);
  }

  /** What came is not repeated: it may be anything. */
  private static MalformedMessageException isNo(String wanted, Value value) {
    String is;
    if (value instanceof BytesValue bytes) {
      is = bytes.length() + " bytes";
    } else if (value instanceof ListValue) {
      is = "a list";
    } else if (value instanceof NestValue) {
      is = "a nest";
    } else {
      is = value instanceof NumberValue ? "a number" : "text or a flag";
    }
    return new MalformedMessageException("no " + wanted + ", but " + is);
  }
}
