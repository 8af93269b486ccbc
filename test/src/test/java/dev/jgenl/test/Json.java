package dev.jgenl.test;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An object of JSON, of which {@code ip -j} prints arrays. */
record Json(Map<String, Object> members) {

  /** Reads an array of objects. */
  static List<Json> parse(String text) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(text)) {
      in.nextToken();
      return asObjects(value(in));
    }
  }

  private static List<Json> asObjects(Object array) {
    return ((List<?>) array).stream().map(Json.class::cast).toList();
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_NUMBER_INT ->
          in.getNumberType() == NumberType.BIG_INTEGER
              ? in.getBigIntegerValue()
              : (Object) in.getLongValue();
      case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
      default -> in.getText();
    };
  }

  private static Json object(JsonParser in) throws IOException {
    Map<String, Object> members = new HashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      members.put(name, value(in));
    }
    return new Json(members);
  }

  private static List<Object> array(JsonParser in) throws IOException {
    List<Object> values = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(in));
    }
    return values;
  }

  boolean has(String member) {
    return members.containsKey(member);
  }

  /** A string, or a number as one. */
  String text(String member) {
    return get(member).toString();
  }

  /** A number, also one in a string. */
  long number(String member) {
    return Long.decode(text(member));
  }

  long number(String member, long otherwise) {
    return has(member) ? number(member) : otherwise;
  }

  boolean is(String member) {
    return (Boolean) get(member);
  }

  Json object(String member) {
    return (Json) get(member);
  }

  List<?> list(String member) {
    return (List<?>) get(member);
  }

  /** An array of objects. */
  List<Json> objects(String member) {
    return asObjects(get(member));
  }

  private Object get(String member) {
    Object value = members.get(member);
    if (value == null) {
      throw new IllegalArgumentException("no '" + member + "' in " + members);
    }
    return value;
  }
}
