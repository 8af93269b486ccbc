package dev.jgenl.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads JSON and the flow style of YAML, event by event, so that no input nests too deep. */
final class ValueParser {

  static final int DEPTH_MAX = 100;

  /** What is open: a list, or names with values, of which one may wait for its value. */
  private static final class Open {
    private final @Nullable List<Value> elements;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private @Nullable String name;

    Open(@Nullable List<Value> elements) {
      this.elements = elements;
    }
  }

  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable Value result;

  private ValueParser() {}

  static Value parse(String text) {
    if (text.isBlank()) {
      return NestValue.of(Map.of());
    }
    Value json = text.startsWith("{") || text.startsWith("[") ? JsonReader.read(text) : null;
    return json == null ? parseYaml(text) : json;
  }

  private static Value parseYaml(String text) {
    ValueParser parser = new ValueParser();
    try {
      LoadSettings settings = LoadSettings.builder().setLabel("value").build();
      Iterator<Event> events = new ParserImpl(settings, new StreamReader(settings, text));
      while (events.hasNext()) {
        parser.accept(events.next());
      }
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("neither JSON nor its short form: " + e.getMessage(), e);
    }
    if (parser.result == null) {
      throw new IllegalArgumentException("no value in: " + text);
    }
    return parser.result;
  }

  private void accept(Event event) {
    switch (event.getEventId()) {
      case MappingStart -> open(event, new Open(null), ((MappingStartEvent) event).getTag());
      case SequenceStart ->
          open(event, new Open(new ArrayList<>()), ((SequenceStartEvent) event).getTag());
      case MappingEnd -> put(event, NestValue.of(open.pop().values));
      case SequenceEnd -> put(event, new ListValue(elements(open.pop()), null));
      case Scalar -> scalar((ScalarEvent) event);
      case Alias ->
          throw refused(
              event, "a reference, *" + ((AliasEvent) event).getAlias() + ", is no value");
      default -> {}
    }
  }

  private static List<Value> elements(Open list) {
    return Objects.requireNonNull(list.elements);
  }

  private void open(Event event, Open opened, Optional<String> tag) {
    if (open.size() == DEPTH_MAX) {
      throw refused(event, "nested deeper than " + DEPTH_MAX);
    }
    if (tag.isPresent()) {
      throw refused(event, "a tag, " + tag.get() + ", is not understood");
    }
    requireNoName(event);
    open.push(opened);
  }

  /** Only text is a name. */
  private void requireNoName(Event event) {
    Open around = open.peek();
    if (around != null && around.elements == null && around.name == null) {
      throw refused(event, "a name is expected");
    }
  }

  private void scalar(ScalarEvent event) {
    Open around = open.peek();
    if (around != null && around.elements == null && around.name == null) {
      if (around.values.containsKey(event.getValue())) {
        throw refused(event, "'" + event.getValue() + "' is there twice");
      }
      around.name = event.getValue();
    } else {
      put(event, new TextValue(event.getValue()));
    }
  }

  private void put(Event event, Value value) {
    Open around = open.peek();
    if (around == null) {
      if (result != null) {
        throw refused(event, "more than one value");
      }
      result = value;
    } else if (around.elements != null) {
      around.elements.add(value);
    } else {
      around.values.put(Objects.requireNonNull(around.name), value);
      around.name = null;
    }
  }

  private static IllegalArgumentException refused(Event event, String why) {
    String where =
        event
            .getStartMark()
            .map((Mark m) -> "line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1) + ": ")
            .orElse("");
    return new IllegalArgumentException(where + why);
  }
}
