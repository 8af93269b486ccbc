package dev.jgenl.spec;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import org.jspecify.annotations.Nullable;

/** What fills up between attributes, and says nothing. */
final class NoneCodec extends AttributeCodec {

  static final NoneCodec INSTANCE = new NoneCodec();

  private NoneCodec() {}

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    throw new InvalidValueException("it fills up, and has no value");
  }

  @Override
  @Nullable Value read(Attribute attribute, Scope scope) {
    return null;
  }
}
