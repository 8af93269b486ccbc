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

/** Writes values as JSON, of printable characters of ASCII. */
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
    // Which JSON lets stand as it is.
    return text.toString().replace("\u007f", "\\u007F");
  }

  private void put(Value value) throws IOException {
    if (value instanceof NestValue nest) {
      put(nest);
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

  /** Without a map of all its values, which costs more than the rest. */
  private void put(NestValue nest) throws IOException {
    json.writeStartObject();
    Shape names = nest.shape();
    for (int slot = 0; slot < names.size(); slot++) {
      Value value = nest.get(slot);
      if (value != null) {
        put(names.name(slot), value);
      }
    }
    for (Map.Entry<String, Value> entry : nest.unknownByName().entrySet()) {
      put(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private void put(String name, Value value) throws IOException {
    json.writeFieldName(name);
    put(value);
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
        put(Integer.toString(indices[i]), elements.get(i));
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
