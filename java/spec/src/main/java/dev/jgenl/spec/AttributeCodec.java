package dev.jgenl.spec;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import org.jspecify.annotations.Nullable;

/** Writes and reads what an attribute holds. Immutable, and safe to share between threads. */
abstract class AttributeCodec {

  /**
   * Writes an attribute.
   *
   * @param scope the nest that it stands in
   * @throws InvalidValueException if the value cannot be what the spec wants
   */
  abstract void write(AttributeWriter writer, int id, Value value, Scope scope);

  /**
   * Reads an attribute. What is not as the spec says is read as bytes.
   *
   * @param scope the nest that it stands in, as far as it is read
   * @return its value; null if it has none
   * @throws dev.jgenl.wire.MalformedMessageException if it is no nest, where the spec says so
   */
  abstract @Nullable Value read(Attribute attribute, Scope scope);

  /** Tells whether bytes are a value of the spec's type, and not what was not as it says. */
  boolean takesBytes() {
    return false;
  }

  /** Tells whether others of the nest have to be read before. */
  boolean isSelected() {
    return false;
  }

  /**
   * Returns how the attributes within are called.
   *
   * @param value what the attribute holds, if that is known
   * @return null if there are none
   */
  @Nullable Level within(@Nullable Value value, Scope scope) {
    return null;
  }

  /** Attributes by their number. */
  interface Level {

    /** Returns the name, or null if it has none. */
    @Nullable String name(int id);

    /**
     * Returns the number of a name.
     *
     * @throws InvalidValueException if there is no such attribute
     */
    int id(String name);

    /** Returns the attributes within an attribute, or null if there are none. */
    @Nullable Level within(int id);
  }
}
