package dev.jgenl.spec;

import java.net.InetAddress;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a request is made of, and what a message becomes: names with values, as {@link NestValue},
 * lists, and at their ends numbers, text, bytes and flags. What comes from the kernel knows how it
 * is shown: a number by its name, bytes as an address. What is to be sent may be text throughout:
 * the spec says what it has to become.
 *
 * <pre>{@code
 * Value.parse("{header: {dev-name: eth0}, rx: 512}");
 * Value.of(Map.of("header", Map.of("dev-name", "eth0"), "rx", 512));
 * }</pre>
 *
 * <p>Two values are equal if they hold the same, however it is shown. Immutable, and safe to share
 * between threads.
 */
public abstract sealed class Value
    permits NumberValue, TextValue, BytesValue, FlagValue, ListValue, NestValue {

  Value() {}

  /**
   * Reads JSON, or its shorter form in which no quotes are needed: the flow style of YAML.
   *
   * @param text such as {@code {header: {dev-name: eth0}}}; empty is the same as {@code {}}
   * @return the value; what is neither a list nor has names is text, also a number. JSON's {@code
   *     true} and {@code false} are those of a flag; in the shorter form they are text
   * @throws IllegalArgumentException if the text is neither; the message says where
   * @throws InvalidValueException if JSON has {@code null} for a value, as programs write it that
   *     had none; in the shorter form it is text
   */
  public static Value parse(String text) {
    return ValueParser.parse(text);
  }

  /**
   * Makes a value of an object.
   *
   * @param object a {@link Value}, a {@link java.util.Map} with names as keys, a {@link Iterable},
   *     a whole number, text, true for a flag, false for one that is not there, {@code byte[]}, an
   *     {@link InetAddress}, a {@link java.net.InetSocketAddress}, a {@link
   *     dev.jgenl.wire.MacAddress} or a {@link java.util.UUID}
   * @return the value
   * @throws IllegalArgumentException if it is something else, a number needs more than 64 bits, or
   *     an address is an unresolved name
   */
  public static Value of(Object object) {
    return Values.of(object);
  }

  /**
   * Returns what has a name here.
   *
   * @param name of an attribute or of a member of a struct
   * @return its value
   * @throws NoSuchElementException if there is none; the message says which there are
   */
  public Value at(String name) {
    return find(name)
        .orElseThrow(
            () -> new NoSuchElementException("no '" + name + "' in " + Values.describe(this)));
  }

  /**
   * Returns what has a name here, if it is there.
   *
   * @param name of an attribute or of a member of a struct
   * @return its value; empty if there is none, or this has no names
   */
  public Optional<Value> find(String name) {
    return Optional.empty();
  }

  /**
   * Returns an element of a list.
   *
   * @param index from 0 on
   * @return the element
   * @throws NoSuchElementException if there is none
   */
  public Value at(int index) {
    List<Value> elements = asList();
    if (index < 0 || index >= elements.size()) {
      throw new NoSuchElementException("no element " + index + " in " + Values.describe(this));
    }
    return elements.get(index);
  }

  /**
   * Returns the names that are here.
   *
   * @return in the order of the message; none of what has no names
   */
  public List<String> names() {
    return List.of();
  }

  /**
   * Returns the number, or the one that the text shows.
   *
   * @return the number; an unsigned one above 2<sup>63</sup> - 1 is negative
   * @throws IllegalStateException if this is no number
   */
  public long asLong() {
    throw isNo("number");
  }

  /**
   * Returns the text, or what a number or bytes are shown as.
   *
   * @return the text
   * @throws IllegalStateException if this has names or elements
   */
  public String asText() {
    throw isNo("text");
  }

  /**
   * Returns the bytes.
   *
   * @return a copy
   * @throws IllegalStateException if this is something else
   */
  public byte[] asBytes() {
    throw isNo("bytes");
  }

  /**
   * Returns the elements: of a list, or of what is one alone this.
   *
   * @return the elements
   */
  public List<Value> asList() {
    return List.of(this);
  }

  /**
   * Writes JSON: numbers as such, those that have a name by it, flags as a list of names, bytes in
   * hexadecimal digits or as an address. What is not ASCII is escaped, so it may be printed to a
   * terminal.
   *
   * @return one line
   */
  public String toJson() {
    return JsonWriter.write(this);
  }

  @Override
  public String toString() {
    return toJson();
  }

  @Override
  public abstract boolean equals(Object other);

  @Override
  public abstract int hashCode();

  private IllegalStateException isNo(String what) {
    return new IllegalStateException(Values.describe(this) + " is no " + what);
  }
}
