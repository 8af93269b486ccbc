package dev.jgenl.spec.compiler;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds a {@link Tree} from the events of the parser. What is anchored is whole before an alias
 * can name it, so that no tree holds itself; the parts that aliases repeat are counted each time.
 */
final class TreeReader {

  static final int MOST_BYTES = 4 << 20;
  static final int MOST_PARTS = 1_000_000;
  static final int MOST_LEVELS = 64;

  private final String file;
  private final LoadSettings settings;
  private final Map<Anchor, Counted> anchored = new HashMap<>();
  private final Set<Anchor> unfinished = new HashSet<>();
  private final Deque<TreeFrame> frames = new ArrayDeque<>();
  private @Nullable Tree root;

  TreeReader(String file) {
    this.file = file;
    settings =
        LoadSettings.builder()
            .setLabel(file)
            .setSchema(new CoreSchema())
            .setCodePointLimit(MOST_BYTES)
            .build();
  }

  Tree read(byte[] yaml) throws SpecException {
    Place start = new Place(file, 1, 1);
    if (yaml.length > MOST_BYTES) {
      throw new SpecException(
          start, "is " + yaml.length + " bytes, more than " + MOST_BYTES + ": is it a spec?");
    }
    try {
      StreamReader characters = new StreamReader(settings, decode(start, yaml));
      for (ParserImpl events = new ParserImpl(settings, characters); events.hasNext(); ) {
        take(events.next());
      }
    } catch (MarkedYamlEngineException e) {
      throw new SpecException(
          e.getProblemMark().map(this::place).orElse(start), "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new SpecException(start, "is not YAML: " + e.getMessage());
    }
    if (root == null) {
      throw new SpecException(start, "is empty");
    }
    return root;
  }

  private static String decode(Place start, byte[] yaml) throws SpecException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      throw new SpecException(start, "is not UTF-8: convert it");
    }
  }

  private void take(Event event) throws SpecException {
    if (event instanceof DocumentStartEvent) {
      if (root != null) {
        throw new SpecException(place(event), "a second document: leave only one in the file");
      }
    } else if (event instanceof AliasEvent alias) {
      take(event, resolve(alias));
    } else if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      Counted counted = new Counted(scalar(scalar), 1);
      scalar.getAnchor().ifPresent(anchor -> anchored.put(anchor, counted));
      take(event, counted);
    } else if (event instanceof CollectionStartEvent start) {
      open(start);
    } else if (event instanceof CollectionEndEvent) {
      close(event);
    }
  }

  private Counted resolve(AliasEvent alias) throws SpecException {
    Anchor anchor = alias.getAlias();
    if (unfinished.contains(anchor)) {
      throw new SpecException(
          place(alias), "*" + anchor + " is within &" + anchor + ": nothing can hold itself");
    }
    Counted counted = anchored.get(anchor);
    if (counted == null) {
      throw new SpecException(place(alias), "*" + anchor + " has no &" + anchor + " before it");
    }
    return counted;
  }

  private void refuseTag(Event event, Optional<String> tag) throws SpecException {
    if (tag.isPresent()) {
      throw new SpecException(
          place(event), "the tag " + tag.get() + ": specs have none, leave it out");
    }
  }

  private Tree.Scalar scalar(ScalarEvent event) {
    Tag tag =
        settings
            .getSchema()
            .getScalarResolver()
            .resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar());
    return new Tree.Scalar(place(event), kind(tag), event.getValue());
  }

  private static Tree.Scalar.Kind kind(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return Tree.Scalar.Kind.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      return Tree.Scalar.Kind.FRACTION;
    }
    if (tag.equals(Tag.BOOL)) {
      return Tree.Scalar.Kind.TRUTH;
    }
    return tag.equals(Tag.NULL) ? Tree.Scalar.Kind.NOTHING : Tree.Scalar.Kind.TEXT;
  }

  private void open(CollectionStartEvent start) throws SpecException {
    refuseTag(start, start.getTag());
    if (frames.size() == MOST_LEVELS) {
      throw new SpecException(place(start), "more than " + MOST_LEVELS + " levels deep");
    }
    start.getAnchor().ifPresent(unfinished::add);
    frames.push(
        start instanceof MappingStartEvent
            ? new TreeFrame.OfMapping(place(start), start.getAnchor())
            : new TreeFrame.OfSequence(place(start), start.getAnchor()));
  }

  private void close(Event event) throws SpecException {
    TreeFrame frame = frames.pop();
    Counted counted = new Counted(frame.tree(), frame.parts);
    frame.anchor.ifPresent(
        anchor -> {
          unfinished.remove(anchor);
          anchored.put(anchor, counted);
        });
    take(event, counted);
  }

  private void take(Event event, Counted counted) throws SpecException {
    TreeFrame frame = frames.peek();
    if (frame == null) {
      root = counted.tree;
      return;
    }
    frame.parts += counted.parts;
    if (frame.parts > MOST_PARTS) {
      throw new SpecException(
          place(event),
          "more than " + MOST_PARTS + " parts with what aliases repeat: use fewer aliases");
    }
    frame.add(place(event), counted.tree);
  }

  private Place place(Event event) {
    return event.getStartMark().map(this::place).orElse(new Place(file, 1, 1));
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private record Counted(Tree tree, int parts) {}
}
