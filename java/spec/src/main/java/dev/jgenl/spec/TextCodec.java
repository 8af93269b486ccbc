package dev.jgenl.spec;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;

/** Text. */
final class TextCodec extends AttributeCodec {

  static final TextCodec INSTANCE = new TextCodec();

  private TextCodec() {}

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    if (value instanceof NestValue || value instanceof ListValue) {
      throw new InvalidValueException("text is wanted, not " + Values.describe(value));
    }
    String text = value.asText();
    if (text.indexOf('\0') >= 0) {
      throw new InvalidValueException("text with a NUL within, which would end it");
    }
    writer.putString(id, text);
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    return new TextValue(attribute.string());
  }
}
