package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text. */
final class TextCodec extends AttributeCodec {

  static final TextCodec INSTANCE = new TextCodec();

  private TextCodec() {}

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    writer.putString(id, text(value));
  }

  private static String text(Value value) {
    if (value instanceof NestValue || value instanceof ListValue || value instanceof FlagValue) {
      throw new InvalidValueException("text is wanted, not " + Values.describe(value));
    }
    String text = value.asText();
    if (!isWhole(text)) {
      throw new InvalidValueException("half of a character, which UTF-8 does not have");
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidValueException("text with a NUL within, which would end it");
    }
    return text;
  }

  /** Tells whether there is no surrogate without its other half. */
  private static boolean isWhole(String text) {
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return false;
      }
    }
    return true;
  }

  /** What is not UTF-8 stays bytes, or nobody could name what it names. */
  @Override
  Value read(Attribute attribute, Scope scope) {
    String text = attribute.string();
    return text.indexOf('\ufffd') < 0
        ? new TextValue(text)
        : new BytesValue(attribute.bytes(), Hint.NONE);
  }

  /** Writes text that a struct has room for, and at least one NUL behind it. */
  void put(ByteBuffer buffer, int at, int room, Value value) {
    byte[] text = text(value).getBytes(StandardCharsets.UTF_8);
    if (text.length >= room) {
      throw new InvalidValueException(
          "text of less than " + room + " bytes is wanted, not of " + text.length);
    }
    buffer.put(at, text);
  }

  /** Reads text up to a NUL, or as far as there is room. */
  TextValue get(ByteBuffer buffer, int at, int room) {
    int length = 0;
    while (length < room && buffer.get(at + length) != 0) {
      length++;
    }
    byte[] text = new byte[length];
    buffer.get(at, text);
    return new TextValue(new String(text, StandardCharsets.UTF_8));
  }
}
