package dev.jgenl.spec.compiler;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document of YAML whose parts know where they stand. Immutable; parts that an alias repeats are
 * the same object.
 */
public sealed interface Tree {

  /**
   * Returns where it begins; what an alias repeats, where it was first.
   *
   * @return file, line and column
   */
  Place place();

  /**
   * Keys and what they hold.
   *
   * @param place where it begins
   * @param fields what the keys hold, in the order of the document
   */
  record Mapping(Place place, Map<String, Field> fields) implements Tree {

    /**
     * Copies the fields.
     *
     * @param place as {@link #place()}
     * @param fields as {@link #fields()}
     */
    public Mapping {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Returns what a key holds.
     *
     * @param key the key
     * @return null if there is no such key
     */
    public @Nullable Tree get(String key) {
      Field field = fields.get(key);
      return field == null ? null : field.value();
    }
  }

  /**
   * What a key holds.
   *
   * @param place where the key stands
   * @param value what it holds
   */
  record Field(Place place, Tree value) {}

  /**
   * A list.
   *
   * @param place where it begins
   * @param items what is in it
   */
  record Sequence(Place place, List<Tree> items) implements Tree {

    /**
     * Copies the list.
     *
     * @param place as {@link #place()}
     * @param items as {@link #items()}
     */
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A text, a number, a truth value, or nothing.
   *
   * @param place where it begins
   * @param kind which of these it is
   * @param text as it is written, without quotes
   */
  record Scalar(Place place, Kind kind, String text) implements Tree {

    /** What YAML 1.2 takes a text for that is not in quotes. */
    public enum Kind {
      /** Nothing else. */
      TEXT,
      /** A whole number: {@code 12}, {@code 0x101}, {@code 0o17}. */
      INTEGER,
      /** A number with a fraction. */
      FRACTION,
      /** {@code true} or {@code false}. */
      TRUTH,
      /** Nothing: empty, {@code null} or {@code ~}. */
      NOTHING
    }
  }

  /**
   * Reads a document of YAML 1.2.
   *
   * @param file what to call it
   * @param yaml at most 4 MiB of UTF-8
   * @return the tree: at most a million parts with what aliases repeat, at most 64 levels deep
   * @throws SpecException if it is not YAML; if it is larger, or holds itself by an alias; if a key
   *     stands twice or is not plain text; if it has tags or more than one document
   */
  static Tree read(String file, byte[] yaml) throws SpecException {
    return new TreeReader(file).read(yaml);
  }

  /**
   * Reads a document of YAML 1.2.
   *
   * @param file what to call it
   * @param yaml the document
   * @return the tree
   * @throws SpecException as {@link #read(String, byte[])} does
   */
  static Tree read(String file, String yaml) throws SpecException {
    return read(file, yaml.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Follows a path: keys of mappings, and names of what is in lists.
   *
   * @param path such as attribute-sets, dev, attributes, ifindex
   * @return what is there, or the last thing on the way that is
   */
  default Tree nearest(List<String> path) {
    Tree at = this;
    for (String step : path) {
      Tree next = step(at, step);
      if (next == null) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private static @Nullable Tree step(Tree at, String step) {
    if (at instanceof Mapping mapping) {
      return mapping.get(step);
    }
    if (at instanceof Sequence sequence) {
      for (Tree item : sequence.items()) {
        if (step.equals(item.name())) {
          return item;
        }
      }
    }
    return null;
  }

  /**
   * Returns what this is called among the items of a list: itself if it is a scalar, else what its
   * key {@code name} holds, else its key {@code value}.
   *
   * @return null if it has no name
   */
  default @Nullable String name() {
    if (this instanceof Scalar scalar) {
      return scalar.text();
    }
    if (this instanceof Mapping mapping) {
      Tree name = mapping.get("name");
      if (name == null) {
        name = mapping.get("value");
      }
      return name instanceof Scalar scalar ? scalar.text() : null;
    }
    return null;
  }
}
