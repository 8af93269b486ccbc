package dev.jgenl.spec.typed;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.NumberValue;
import dev.jgenl.spec.Shape;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Bitfield32;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link TypedValue}: what generated builders extend. Whether a value is what the spec
 * wants is seen when it is sent. What has been built does not change when the builder goes on. For
 * one thread at a time.
 *
 * @param <B> the builder itself
 */
public abstract class TypedBuilder<B extends TypedBuilder<B>> {

  private final Shape shape;

  /** Of each place a {@link Value}, or a list of them that grows. */
  private final @Nullable Object[] slots;

  /**
   * Makes one that has nothing yet.
   *
   * @param shape what is in which place
   */
  protected TypedBuilder(Shape shape) {
    this.shape = shape;
    slots = new Object[shape.names().size()];
  }

  /**
   * Sets a value, in place of what was there.
   *
   * @param slot its place
   * @param value the value
   * @return this
   */
  protected final B put(int slot, Value value) {
    slots[slot] = Objects.requireNonNull(value, () -> name(slot));
    return self();
  }

  private String name(int slot) {
    return shape.names().get(slot);
  }

  /**
   * Sets an attribute without payload, or leaves it out.
   *
   * @param slot its place
   * @param there whether it is to be there
   * @return this
   */
  protected final B putFlag(int slot, boolean there) {
    slots[slot] = there ? Value.of(true) : null;
    return self();
  }

  /**
   * Sets bits of which some are meant, and that have no names.
   *
   * @param slot their place
   * @param bits both
   * @return this
   */
  protected final B putBitfield32(int slot, Bitfield32 bits) {
    return put(
        slot,
        Bitfield.toValue(
            NumberValue.unsigned(Integer.toUnsignedLong(bits.value())),
            NumberValue.unsigned(Integer.toUnsignedLong(bits.selector()))));
  }

  /**
   * Sets the struct in front of the attributes of a message.
   *
   * @param struct its members, which are the first
   * @return this
   */
  protected final B putHeader(TypedValue struct) {
    NestValue members = struct.slots();
    for (int slot = 0; slot < members.shape().names().size(); slot++) {
      slots[slot] = members.get(slot);
    }
    return self();
  }

  /**
   * Adds an element to a list.
   *
   * @param slot its place
   * @param element the element
   * @return this
   */
  protected final B add(int slot, Value element) {
    list(slot).add(Objects.requireNonNull(element, () -> name(slot)));
    return self();
  }

  /**
   * Adds elements to a list, which is there then even if they are none.
   *
   * @param <T> the type of the elements
   * @param slot its place
   * @param elements what is added
   * @param value makes a value of each
   * @return this
   * @throws NullPointerException if an element is null; the message says which
   */
  protected final <T> B addAll(
      int slot, Iterable<? extends T> elements, Function<? super T, ? extends Value> value) {
    List<Value> list = list(slot);
    for (T element : elements) {
      Objects.requireNonNull(element, () -> name(slot) + "[" + list.size() + "]");
      list.add(value.apply(element));
    }
    return self();
  }

  @SuppressWarnings("unchecked") // No other lists are put there.
  private List<Value> list(int slot) {
    if (!(slots[slot] instanceof List)) {
      slots[slot] = new ArrayList<Value>();
    }
    return (List<Value>) Objects.requireNonNull(slots[slot]);
  }

  /**
   * Returns what was set until now.
   *
   * @return a value that does not change
   */
  protected final NestValue toValue() {
    @Nullable Value[] values = new Value[slots.length];
    for (int slot = 0; slot < slots.length; slot++) {
      Object set = slots[slot];
      values[slot] = set == null ? null : Value.of(set);
    }
    return NestValue.of(shape, values);
  }

  @SuppressWarnings("unchecked") // Each extends this with itself.
  final B self() {
    return (B) this;
  }
}
