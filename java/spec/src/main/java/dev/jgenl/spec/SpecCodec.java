package dev.jgenl.spec;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of values, and values of messages, where there is no client: for a kernel that is
 * scripted, or messages that were recorded. {@link DynamicFamily} does so for what it sends and
 * receives.
 *
 * <pre>{@code
 * SpecCodec nlctrl =
 *     SpecCodec.of(Specs.bundled().family("nlctrl"), ByteOrder.nativeOrder());
 * Value request = Value.parse("{family-name: ethtool}");
 * MessageWriter message = new MessageWriter(ByteBuffer.allocate(64).order(ByteOrder.nativeOrder()));
 * nlctrl.write("getfamily", request, message.begin(16, 1, 1, 0, 3, 2));
 * message.end();
 * Attributes attributes = Attributes.of(message.buffer(), 20, message.length());
 * System.out.println(nlctrl.read("getfamily", ByteBuffer.allocate(0), attributes));
 * }</pre>
 *
 * <p>Safe to share between threads.
 */
public final class SpecCodec {

  private final Operations operations;

  private SpecCodec(Operations operations) {
    this.operations = operations;
  }

  /**
   * Makes the codec of a family.
   *
   * @param model what is known of it
   * @param order the byte order of whom the messages are for, or from
   * @return the codec
   */
  public static SpecCodec of(Family model, ByteOrder order) {
    return new SpecCodec(new Operations(model, order));
  }

  /**
   * Returns what is known of the family.
   *
   * @return its model
   */
  public Family model() {
    return operations.model();
  }

  /**
   * Returns an operation.
   *
   * @param name its name
   * @return what is known of it
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public Operation operation(String name) {
    return operations.operation(name);
  }

  /**
   * Returns the length of the struct in front of the attributes of an operation's messages.
   *
   * @param operation its name
   * @return bytes; 0 if there is none
   * @throws IllegalArgumentException if there is no such operation
   */
  public int headerLength(String operation) {
    return message(operation).headerLength();
  }

  /**
   * Makes the struct in front of the attributes.
   *
   * @param operation the name of the operation
   * @param value the message; see {@link Value}
   * @return the struct; no bytes if there is none
   * @throws InvalidValueException if a value is none of those that the spec allows there
   * @throws IllegalArgumentException if there is no such operation
   */
  public byte[] header(String operation, Value value) {
    return message(operation).header(nest(value), operations.order());
  }

  /**
   * Writes the attributes.
   *
   * @param operation the name of the operation
   * @param value the message; see {@link Value}
   * @param writer takes them
   * @throws InvalidValueException if the spec does not know a name, or wants something else there
   * @throws IllegalArgumentException if there is no such operation
   */
  public void write(String operation, Value value, AttributeWriter writer) {
    message(operation).writeAttributes(writer, nest(value), null);
  }

  /**
   * Reads a message.
   *
   * @param operation the name of the operation
   * @param header the struct in front of the attributes, in the order of this codec; no bytes if
   *     there is none
   * @param attributes what follows it
   * @return what it says
   * @throws dev.jgenl.wire.MalformedMessageException if it is malformed
   * @throws IllegalArgumentException if there is no such operation
   */
  public NestValue read(String operation, ByteBuffer header, Attributes attributes) {
    return message(operation).read(header, attributes, null);
  }

  /**
   * Returns the types of the attributes that names lead to.
   *
   * @param operation the name of the operation
   * @param value the message, which says what is in attributes that hold this or that
   * @param names of an attribute and those around it, outermost first; those of elements of an
   *     indexed array are "[0]" and so on
   * @return as many types
   * @throws InvalidValueException if there is no such attribute
   * @throws IllegalArgumentException if there is no such operation
   */
  public List<Integer> types(String operation, Value value, List<String> names) {
    List<Integer> types = new ArrayList<>();
    AttributeCodec.@Nullable Level level = message(operation).level(value);
    for (String name : names) {
      if (level == null) {
        throw new InvalidValueException(Names.unknown("attribute", name, List.of()));
      }
      int type = level.id(name);
      types.add(type);
      level = level.within(type);
    }
    return List.copyOf(types);
  }

  /**
   * Returns the names of the attributes that types lead to: the other way round than {@link
   * #types}.
   *
   * @param operation the name of the operation
   * @param value the message, which says what is in attributes that hold this or that
   * @param types of an attribute and those around it, outermost first
   * @return as many names; of an attribute that the spec does not have its type in decimal digits
   * @throws IllegalArgumentException if there is no such operation
   */
  public List<String> names(String operation, Value value, List<Integer> types) {
    List<String> names = new ArrayList<>();
    AttributeCodec.@Nullable Level level = message(operation).level(value);
    for (int type : types) {
      String name = level == null ? null : level.name(type);
      names.add(name == null ? Integer.toString(type) : name);
      level = level == null ? null : level.within(type);
    }
    return List.copyOf(names);
  }

  private MessageCodec message(String operation) {
    return operations.message(operations.operation(operation));
  }

  private static NestValue nest(Value value) {
    if (value instanceof NestValue nest) {
      return nest;
    }
    throw new InvalidValueException("names are wanted, not " + Values.describe(value));
  }

  @Override
  public String toString() {
    return "the codec of " + model().name();
  }
}
