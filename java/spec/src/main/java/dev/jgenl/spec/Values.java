package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.MacAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes values of objects, and describes them in messages of exceptions. */
final class Values {

  private static final int DESCRIBED_MAX = 60;

  private Values() {}

  static Value of(@Nullable Object object) {
    return of(object, 0);
  }

  private static Value of(@Nullable Object object, int depth) {
    if (depth > NestCodec.DEPTH_MAX) {
      throw new IllegalArgumentException("nested deeper than " + NestCodec.DEPTH_MAX);
    }
    if (object instanceof Value value) {
      return value;
    } else if (object instanceof Map<?, ?> map) {
      Map<String, Value> values = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof CharSequence name)
            || values.put(name.toString(), of(entry.getValue(), depth + 1)) != null) {
          throw new IllegalArgumentException("no name, or a second one: " + entry.getKey());
        }
      }
      return NestValue.of(values);
    } else if (object instanceof Iterable<?> iterable) {
      List<Value> elements = new ArrayList<>();
      for (Object element : iterable) {
        elements.add(of(element, depth + 1));
      }
      return new ListValue(elements, null);
    } else if (object instanceof Boolean flag) {
      return FlagValue.flag(flag);
    } else if (object instanceof byte[] bytes) {
      return new BytesValue(bytes.clone(), Hint.NONE);
    } else if (object instanceof InetAddress address) {
      return new BytesValue(address.getAddress(), Hint.IPV4_OR_V6);
    } else if (object instanceof MacAddress address) {
      return new BytesValue(address.bytes(), Hint.MAC);
    } else if (object instanceof InetSocketAddress address) {
      return new BytesValue(SocketAddresses.bytes(address), Hint.SOCKET_ADDRESS);
    } else if (object instanceof UUID uuid) {
      return new BytesValue(Addresses.bytes(uuid), Hint.UUID);
    } else if (object instanceof CharSequence || object instanceof Enum<?>) {
      return new TextValue(object.toString());
    }
    return number(object);
  }

  private static Value number(@Nullable Object object) {
    if (object instanceof Long
        || object instanceof Integer
        || object instanceof Short
        || object instanceof Byte) {
      return new NumberValue(((Number) object).longValue(), Notation.SIGNED);
    }
    if (object instanceof BigInteger big && Numbers.fits(big)) {
      return new NumberValue(
          big.longValue(), big.signum() < 0 ? Notation.SIGNED : Notation.UNSIGNED);
    }
    throw new IllegalArgumentException(
        object == null ? "null is no value" : object.getClass().getName() + " becomes no value");
  }

  /** Says in a few words what a value is. */
  static String describe(Value value) {
    if (value instanceof NestValue nest) {
      return nest.names().isEmpty() ? "what has no names" : "{" + abridge(nest.names()) + "}";
    } else if (value instanceof ListValue list) {
      return "a list of " + list.asList().size();
    }
    return abridge(List.of(value.toJson()));
  }

  private static String abridge(List<String> words) {
    String text = String.join(", ", words);
    return text.length() <= DESCRIBED_MAX ? text : text.substring(0, DESCRIBED_MAX) + "…";
  }
}
