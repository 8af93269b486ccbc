package dev.jgenl.spec.typed;

import dev.jgenl.spec.ListValue;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Shape;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Bitfield32;
import dev.jgenl.wire.MacAddress;
import dev.jgenl.wire.MalformedMessageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A view of a value by methods instead of names: what generated classes of messages, nests and
 * structs extend. Two are equal if they are of one class and their values are equal. Immutable, and
 * safe to share between threads.
 *
 * <p>An accessor returns nothing where the value has nothing, and throws {@link
 * MalformedMessageException} with the name of the attribute where the value is not as the spec
 * says; {@link #toValue()} has it nevertheless, and what the spec does not know.
 */
public abstract class TypedValue {

  private static final NestValue NOTHING = NestValue.of(Shape.of(), new Value[0]);

  private final NestValue value;

  /** The same, with everything where accessors look for it. */
  private final NestValue slots;

  /**
   * Views a value.
   *
   * @param shape where the accessors look for what
   * @param value what is viewed; one of another shape is put in order once
   */
  protected TypedValue(Shape shape, NestValue value) {
    this.value = value;
    slots = value.shaped(shape);
  }

  /**
   * Returns the same for a dynamic client, with what the spec does not know.
   *
   * @return what is viewed
   */
  public final NestValue toValue() {
    return value;
  }

  final NestValue slots() {
    return slots;
  }

  /**
   * Reads a number of at most 32 bits, or 16 if it has no sign.
   *
   * @param slot its place
   * @return the number
   */
  protected final OptionalInt number32(int slot) {
    Value found = slots.get(slot);
    return found == null ? OptionalInt.empty() : OptionalInt.of(member32(slot));
  }

  /**
   * Reads a number.
   *
   * @param slot its place
   * @return the number; an unsigned one above 2<sup>63</sup> - 1 is negative
   */
  protected final OptionalLong number64(int slot) {
    Value found = slots.get(slot);
    return found == null ? OptionalLong.empty() : OptionalLong.of(member64(slot));
  }

  /**
   * Reads text.
   *
   * @param slot its place
   * @return the text
   */
  protected final Optional<String> text(int slot) {
    return read(slot, Elements::text);
  }

  /**
   * Tells whether an attribute without payload is there.
   *
   * @param slot its place
   * @return whether it is
   */
  protected final boolean flag(int slot) {
    Value found = slots.get(slot);
    return found != null && !found.equals(Value.of(false));
  }

  /**
   * Reads bytes.
   *
   * @param slot their place
   * @return the bytes
   */
  protected final Optional<Bytes> bytes(int slot) {
    return read(slot, Elements::bytes);
  }

  /**
   * Reads a link-layer address.
   *
   * @param slot its place
   * @return the address
   */
  protected final Optional<MacAddress> mac(int slot) {
    return read(slot, Elements::mac);
  }

  /**
   * Reads an address of IPv4 or IPv6.
   *
   * @param slot its place
   * @return the address
   */
  protected final Optional<InetAddress> address(int slot) {
    return read(slot, Elements::address);
  }

  /**
   * Reads a UUID.
   *
   * @param slot its place
   * @return the UUID
   */
  protected final Optional<UUID> uuid(int slot) {
    return read(slot, Elements::uuid);
  }

  /**
   * Reads an address with a port.
   *
   * @param slot its place
   * @return the address
   */
  protected final Optional<InetSocketAddress> socketAddress(int slot) {
    return read(slot, Elements::socketAddress);
  }

  /**
   * Reads a number that may have a name.
   *
   * @param <E> the names
   * @param slot its place
   * @param type of the names
   * @return the number
   */
  protected final <E extends Enum<E> & EnumNumber> Optional<EnumValue<E>> enumValue(
      int slot, Class<E> type) {
    return read(slot, found -> Elements.enumValue(found, type));
  }

  /**
   * Reads a sum of bits.
   *
   * @param <E> the names of the bits
   * @param slot its place
   * @param type of the names
   * @return the bits
   */
  protected final <E extends Enum<E> & EnumNumber> Optional<Flags<E>> flags(
      int slot, Class<E> type) {
    return read(slot, found -> Elements.flags(found, type));
  }

  /**
   * Reads bits of which some are meant.
   *
   * @param <E> the names of the bits
   * @param slot their place
   * @param type of the names
   * @return both
   */
  protected final <E extends Enum<E> & EnumNumber> Optional<Bitfield<E>> bitfield(
      int slot, Class<E> type) {
    return read(slot, found -> Elements.bitfield(found, type));
  }

  /**
   * Reads bits of which some are meant, and that have no names.
   *
   * @param slot their place
   * @return both
   */
  protected final Optional<Bitfield32> bitfield32(int slot) {
    return read(slot, Elements::bitfield32);
  }

  /**
   * Reads a nest, or a struct.
   *
   * @param <T> what it becomes
   * @param slot its place
   * @param view makes it
   * @return a view of it
   */
  protected final <T> Optional<T> nest(int slot, Function<? super NestValue, ? extends T> view) {
    return read(slot, found -> Elements.nest(found, view));
  }

  /**
   * Reads a nest in place of which other messages have something else.
   *
   * @param <T> what it becomes
   * @param slot its place
   * @param view makes it
   * @return a view of it; empty if there is none, or something else
   */
  protected final <T> Optional<T> nestIfOne(
      int slot, Function<? super NestValue, ? extends T> view) {
    return slots.get(slot) instanceof NestValue nest
        ? Optional.of(view.apply(nest))
        : Optional.empty();
  }

  /**
   * Reads a list.
   *
   * @param <T> what the elements become
   * @param slot its place
   * @param reader of an element, such as those of {@link Elements}
   * @return the elements, each read when it is asked for
   */
  protected final <T> List<T> list(int slot, Function<? super Value, ? extends T> reader) {
    Value found = slots.get(slot);
    return found == null ? List.of() : new TypedList<>(name(slot), found.asList(), reader);
  }

  /**
   * Reads what selects the format of another attribute.
   *
   * @param slot its place
   * @return the text, or the name of a number, or its digits; empty text if there is none
   */
  protected final String selector(int slot) {
    Value found = slots.get(slot);
    return found == null || found instanceof NestValue || found instanceof ListValue
        ? ""
        : found.asText();
  }

  /**
   * Reads what another attribute selects the format of.
   *
   * @param <T> what it becomes
   * @param slot its place
   * @param selector the value of the other
   * @param view makes it
   * @return a view of it
   */
  protected final <T> Optional<T> selected(
      int slot, String selector, BiFunction<String, ? super Value, ? extends T> view) {
    return read(slot, found -> view.apply(selector, found));
  }

  /**
   * Views the struct in front of the attributes of a message, whose members are the first.
   *
   * @param <T> what it becomes
   * @param struct its members
   * @param view makes it
   * @return a view of it
   */
  protected final <T> T header(Shape struct, Function<? super NestValue, ? extends T> view) {
    @Nullable Value[] members = new Value[struct.names().size()];
    for (int slot = 0; slot < members.length; slot++) {
      members[slot] = slots.get(slot);
    }
    return view.apply(NestValue.of(struct, members));
  }

  /**
   * Reads a member of a struct, a number of at most 32 bits.
   *
   * @param slot its place
   * @return the number; 0 if the struct is too short for it
   */
  protected final int member32(int slot) {
    Value found = slots.get(slot);
    try {
      return found == null ? 0 : Elements.number32(found);
    } catch (MalformedMessageException e) {
      throw named(name(slot), e);
    }
  }

  /**
   * Reads a member of a struct, a number.
   *
   * @param slot its place
   * @return the number; 0 if the struct is too short for it
   */
  protected final long member64(int slot) {
    Value found = slots.get(slot);
    try {
      return found == null ? 0 : Elements.number64(found);
    } catch (MalformedMessageException e) {
      throw named(name(slot), e);
    }
  }

  /**
   * Reads a member of a struct, text.
   *
   * @param slot its place
   * @return the text; empty if the struct is too short for it
   */
  protected final String memberText(int slot) {
    return text(slot).orElse("");
  }

  /**
   * Reads a member of a struct, bytes.
   *
   * @param slot its place
   * @return the bytes; none if the struct is too short for them
   */
  protected final Bytes memberBytes(int slot) {
    return bytes(slot).orElseGet(Bytes::of);
  }

  /**
   * Reads a member of a struct, a number that may have a name.
   *
   * @param <E> the names
   * @param slot its place
   * @param type of the names
   * @return the number; 0 if the struct is too short for it
   */
  protected final <E extends Enum<E> & EnumNumber> EnumValue<E> memberEnum(
      int slot, Class<E> type) {
    return EnumValue.of(type, member64(slot));
  }

  /**
   * Reads a member of a struct, a sum of bits.
   *
   * @param <E> the names of the bits
   * @param slot its place
   * @param type of the names
   * @return the bits; none if the struct is too short for them
   */
  protected final <E extends Enum<E> & EnumNumber> Flags<E> memberFlags(int slot, Class<E> type) {
    return Flags.ofBits(type, member64(slot));
  }

  /**
   * Reads a member of a struct, a struct.
   *
   * @param <T> what it becomes
   * @param slot its place
   * @param view makes it
   * @return a view of it; of one without members if the struct around it is too short
   */
  protected final <T> T memberNest(int slot, Function<? super NestValue, ? extends T> view) {
    Value found = slots.get(slot);
    try {
      return Elements.nest(found == null ? NOTHING : found, view);
    } catch (MalformedMessageException e) {
      throw named(name(slot), e);
    }
  }

  private <T> Optional<T> read(int slot, Function<Value, T> reader) {
    Value found = slots.get(slot);
    try {
      return found == null ? Optional.empty() : Optional.of(reader.apply(found));
    } catch (MalformedMessageException e) {
      throw named(name(slot), e);
    }
  }

  private String name(int slot) {
    return slots.shape().names().get(slot);
  }

  static MalformedMessageException named(String name, MalformedMessageException cause) {
    MalformedMessageException e = new MalformedMessageException(name + ": " + cause.getMessage());
    e.initCause(cause);
    return e;
  }

  /**
   * Tells whether the other is of the same class, and has the same values.
   *
   * @param other anything
   * @return whether it is
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TypedValue typed
        && typed.getClass() == getClass()
        && typed.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns JSON with the names of the spec, in which what could change a terminal is escaped. */
  @Override
  public String toString() {
    return value.toJson();
  }
}
