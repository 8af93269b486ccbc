package dev.jgenl.spec;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;

/** No more than that the attribute is there. */
final class FlagCodec extends AttributeCodec {

  static final FlagCodec INSTANCE = new FlagCodec();

  private FlagCodec() {}

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    if (isSet(value)) {
      writer.putFlag(id);
    }
  }

  private static boolean isSet(Value value) {
    if (value instanceof FlagValue) {
      return value.asLong() != 0;
    }
    String text =
        value instanceof NestValue || value instanceof ListValue
            ? Values.describe(value)
            : value.asText();
    return switch (text) {
      case "true", "1", "" -> true;
      case "false", "0" -> false;
      default -> throw new InvalidValueException("true or false is wanted, not " + text);
    };
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    return FlagValue.TRUE;
  }
}
