package dev.jgenl.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Writes values as JSON. */
final class JsonWriter {

  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  private JsonWriter(JsonGenerator json) {
    this.json = json;
  }

  static String write(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new JsonWriter(json).put(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void put(Value value) throws IOException {
    if (value instanceof NestValue nest) {
      json.writeStartObject();
      for (Map.Entry<String, Value> entry : nest.asMap().entrySet()) {
        json.writeFieldName(entry.getKey());
        put(entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof ListValue list) {
      put(list);
    } else if (value instanceof NumberValue number) {
      put(number);
    } else if (value instanceof FlagValue) {
      json.writeBoolean(value.asLong() != 0);
    } else {
      json.writeString(value.asText());
    }
  }

  /** Where the indices say something they are the names. */
  private void put(ListValue list) throws IOException {
    List<Value> elements = list.asList();
    int[] indices = list.indices();
    if (indices == null) {
      json.writeStartArray();
      for (Value element : elements) {
        put(element);
      }
      json.writeEndArray();
    } else {
      json.writeStartObject();
      for (int i = 0; i < indices.length; i++) {
        json.writeFieldName(Integer.toString(indices[i]));
        put(elements.get(i));
      }
      json.writeEndObject();
    }
  }

  private void put(NumberValue number) throws IOException {
    if (number.isFlags()) {
      json.writeStartArray();
      for (Object flag : number.notation().showFlags(number.asLong())) {
        putShown(flag);
      }
      json.writeEndArray();
    } else {
      putShown(number.notation().show(number.asLong()));
    }
  }

  private void putShown(Object shown) throws IOException {
    if (shown instanceof Long number) {
      json.writeNumber(number);
    } else if (shown instanceof BigInteger number) {
      json.writeNumber(number);
    } else {
      json.writeString(shown.toString());
    }
  }
}
