package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.typed.Bytes;
import dev.jgenl.spec.typed.Elements;
import dev.jgenl.spec.typed.TypedBuilder;
import dev.jgenl.spec.typed.TypedValue;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What {@code linkinfo-data-msg} selects. */
public sealed interface LinkinfoData
    permits LinkinfoData.Bridge, LinkinfoData.Vlan, LinkinfoData.Unknown {

  /**
   * Views a value.
   *
   * @param selector what selects the format
   * @param value what it has
   * @return a view of it
   */
  static LinkinfoData of(String selector, Value value) {
    if (value instanceof NestValue nest) {
      return switch (selector) {
        case "bridge" -> new Bridge(nest);
        case "vlan" -> new Vlan(nest);
        default -> new Unknown(selector, Elements.bytes(nest));
      };
    }
    return new Unknown(selector, Elements.bytes(value));
  }

  /**
   * Makes what {@code bridge} has.
   *
   * @param content sets what it has
   * @return one with that
   */
  static Bridge bridge(Consumer<? super Bridge.Builder> content) {
    return Bridge.of(content);
  }

  /**
   * Makes what {@code vlan} has.
   *
   * @param content sets what it has
   * @return one with that
   */
  static Vlan vlan(Consumer<? super Vlan.Builder> content) {
    return Vlan.of(content);
  }

  /**
   * Returns what selects this format.
   *
   * @return the value of the selector
   */
  String selector();

  /**
   * Returns what it has.
   *
   * @return as the dynamic client has it
   */
  Value toValue();

  /** What {@code bridge} has. Immutable, and safe to share between threads. */
  final class Bridge extends TypedValue implements LinkinfoData {

    Bridge(NestValue value) {
      super(Shapes.LINKINFO_BRIDGE_ATTRS, value);
    }

    /**
     * Views a value.
     *
     * @param value such as the dynamic client has
     * @return a view of it
     */
    public static Bridge of(NestValue value) {
      return new Bridge(value);
    }

    /**
     * Makes one.
     *
     * @param content sets what it has
     * @return one with that
     */
    public static Bridge of(Consumer<? super Builder> content) {
      Builder builder = builder();
      content.accept(builder);
      return builder.build();
    }

    /**
     * Makes one step by step.
     *
     * @return a builder that has nothing yet
     */
    public static Builder builder() {
      return new Builder();
    }

    /**
     * Attribute 1, u32. {@code forward-delay}.
     *
     * @return the value; empty if it is not there
     */
    public OptionalLong forwardDelay() {
      return number64(0);
    }

    /**
     * Attribute 7, u8. {@code vlan-filtering}.
     *
     * @return the value; empty if it is not there
     */
    public OptionalInt vlanFiltering() {
      return number32(1);
    }

    @Override
    public String selector() {
      return "bridge";
    }

    /** Makes a {@link Bridge}. For one thread at a time. */
    public static final class Builder extends TypedBuilder<Builder> {

      private Builder() {
        super(Shapes.LINKINFO_BRIDGE_ATTRS);
      }

      /**
       * Attribute 1, u32. {@code forward-delay}.
       *
       * @param forwardDelay the value
       * @return this
       */
      public Builder forwardDelay(long forwardDelay) {
        return put(0, Value.of(forwardDelay));
      }

      /**
       * Attribute 7, u8. {@code vlan-filtering}.
       *
       * @param vlanFiltering the value
       * @return this
       */
      public Builder vlanFiltering(int vlanFiltering) {
        return put(1, Value.of(vlanFiltering));
      }

      /**
       * Makes it. This can go on and make others.
       *
       * @return what was set until now
       */
      public Bridge build() {
        return new Bridge(toValue());
      }
    }
  }

  /** What {@code vlan} has. Immutable, and safe to share between threads. */
  final class Vlan extends TypedValue implements LinkinfoData {

    Vlan(NestValue value) {
      super(Shapes.LINKINFO_VLAN_ATTRS, value);
    }

    /**
     * Views a value.
     *
     * @param value such as the dynamic client has
     * @return a view of it
     */
    public static Vlan of(NestValue value) {
      return new Vlan(value);
    }

    /**
     * Makes one.
     *
     * @param content sets what it has
     * @return one with that
     */
    public static Vlan of(Consumer<? super Builder> content) {
      Builder builder = builder();
      content.accept(builder);
      return builder.build();
    }

    /**
     * Makes one step by step.
     *
     * @return a builder that has nothing yet
     */
    public static Builder builder() {
      return new Builder();
    }

    /**
     * Attribute 1, u16. {@code id}.
     *
     * @return the value; empty if it is not there
     */
    public OptionalInt id() {
      return number32(0);
    }

    @Override
    public String selector() {
      return "vlan";
    }

    /** Makes a {@link Vlan}. For one thread at a time. */
    public static final class Builder extends TypedBuilder<Builder> {

      private Builder() {
        super(Shapes.LINKINFO_VLAN_ATTRS);
      }

      /**
       * Attribute 1, u16. {@code id}.
       *
       * @param id the value
       * @return this
       */
      public Builder id(int id) {
        return put(0, Value.of(id));
      }

      /**
       * Makes it. This can go on and make others.
       *
       * @return what was set until now
       */
      public Vlan build() {
        return new Vlan(toValue());
      }
    }
  }

  /**
   * What the spec does not know, or what is not as it says.
   *
   * @param selector what selects the format
   * @param bytes what it has
   */
  record Unknown(String selector, Bytes bytes) implements LinkinfoData {

    @Override
    public Value toValue() {
      return bytes.toValue();
    }
  }
}
