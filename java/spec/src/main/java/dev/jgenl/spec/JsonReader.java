package dev.jgenl.spec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON, for which the reader of YAML would load ten times the classes. What it does not take
 * is left to that, which says where the fault is.
 */
final class JsonReader {

  private final JsonParser json;

  private JsonReader(JsonParser json) {
    this.json = json;
  }

  /** Returns the value, or null if the text is no JSON, or has a name twice, or nests too deep. */
  static @Nullable Value read(String text) {
    try (JsonParser json = JsonWriter.FACTORY.createParser(text)) {
      json.nextToken();
      Value value = new JsonReader(json).value(0);
      return json.nextToken() == null ? value : null;
    } catch (StreamReadException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException("reading of a text failed", e);
    }
  }

  private Value value(int depth) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      throw new InvalidValueException("null is no value: leave the name out, or quote the text");
    } else if (token.isBoolean()) {
      return FlagValue.flag(token == JsonToken.VALUE_TRUE);
    } else if (!token.isStructStart()) {
      return new TextValue(json.getText());
    } else if (depth == ValueParser.DEPTH_MAX) {
      throw new JsonParseException(json, "nested too deep");
    }
    return token == JsonToken.START_OBJECT ? nest(depth + 1) : list(depth + 1);
  }

  private Value nest(int depth) throws IOException {
    Map<String, Value> values = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (values.put(name, valueOf(name, depth)) != null) {
        throw new JsonParseException(json, "a name is there twice");
      }
    }
    return NestValue.of(values);
  }

  private Value valueOf(String name, int depth) throws IOException {
    try {
      return value(depth);
    } catch (InvalidValueException e) {
      throw e.within(name);
    }
  }

  private Value list(int depth) throws IOException {
    List<Value> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(depth));
    }
    return new ListValue(elements, null);
  }
}
