package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Numbers, one behind the other. */
final class ScalarArrayCodec extends AttributeCodec {

  private final ScalarCodec element;
  private final ByteOrder order;

  ScalarArrayCodec(ScalarCodec element, ByteOrder order) {
    this.element = element;
    this.order = order;
  }

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    List<Value> elements = value.asList();
    ByteBuffer numbers = ByteBuffer.allocate(elements.size() * element.length()).order(order);
    for (int i = 0; i < elements.size(); i++) {
      try {
        element.put(numbers, i * element.length(), elements.get(i));
      } catch (InvalidValueException e) {
        throw e.within("[" + i + "]");
      }
    }
    writer.putBytes(id, numbers.array());
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    int length = element.length();
    if (attribute.length() % length != 0) {
      return new BytesValue(attribute.bytes(), Hint.NONE);
    }
    ByteBuffer payload = attribute.payload();
    List<Value> elements = new ArrayList<>(payload.limit() / length);
    for (int at = 0; at < payload.limit(); at += length) {
      elements.add(element.get(payload, at));
    }
    return new ListValue(elements, null);
  }
}
