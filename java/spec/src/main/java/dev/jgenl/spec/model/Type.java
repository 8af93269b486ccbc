package dev.jgenl.spec.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an attribute, or a member of a struct, holds. */
public sealed interface Type {

  /** The widths of numbers. */
  enum Width {
    /** Unsigned, 8 bits. */
    U8,
    /** Unsigned, 16 bits. */
    U16,
    /** Unsigned, 32 bits. */
    U32,
    /** Unsigned, 64 bits. */
    U64,
    /** Signed, 8 bits. */
    S8,
    /** Signed, 16 bits. */
    S16,
    /** Signed, 32 bits. */
    S32,
    /** Signed, 64 bits. */
    S64,
    /** Unsigned, 32 bits or 64 where the number needs them. */
    UINT,
    /** Signed, 32 bits or 64 where the number needs them. */
    SINT;

    /**
     * Tells whether a number may be negative.
     *
     * @return whether it may
     */
    public boolean isSigned() {
      return this == S8 || this == S16 || this == S32 || this == S64 || this == SINT;
    }

    /**
     * Returns the length.
     *
     * @return bytes; of {@link #UINT} and {@link #SINT} the least
     */
    public int length() {
      return switch (this) {
        case U8, S8 -> 1;
        case U16, S16 -> 2;
        case U32, S32, UINT, SINT -> 4;
        case U64, S64 -> 8;
      };
    }
  }

  /**
   * The names that numbers have.
   *
   * @param enumeration the name of the enumeration
   * @param flags whether the number is a sum of bits: of an enumeration of flags, or of one whose
   *     entries are the numbers of the bits
   */
  record EnumUse(String enumeration, boolean flags) {}

  /**
   * A number.
   *
   * @param width its width
   * @param bigEndian whether it is in network order, whatever the host's is
   * @param names what its values are called
   */
  record Scalar(Width width, boolean bigEndian, Optional<EnumUse> names) implements Type {}

  /** Nothing but that it is there. */
  record Flag() implements Type {}

  /** Text in UTF-8. */
  record Text() implements Type {}

  /**
   * Bytes.
   *
   * @param length how many, where there is only one length
   */
  record Binary(OptionalInt length) implements Type {}

  /**
   * A value and which of its bits count: {@code struct nla_bitfield32}.
   *
   * @param names what the bits are called
   */
  record Bitfield(Optional<EnumUse> names) implements Type {}

  /**
   * Nothing: it fills up.
   *
   * @param length bytes
   */
  record Pad(int length) implements Type {}

  /** A number that the kernel does not use. */
  record Unused() implements Type {}

  /**
   * A struct.
   *
   * @param struct its name
   */
  record StructValue(String struct) implements Type {}

  /**
   * Structs, one behind the other.
   *
   * @param struct the name of the struct
   */
  record StructArray(String struct) implements Type {}

  /**
   * Numbers, one behind the other.
   *
   * @param element each of them
   */
  record ScalarArray(Scalar element) implements Type {}

  /**
   * Attributes.
   *
   * @param set the name of the attribute set
   * @param ordered whether their order counts and each may be there many times, as in a program:
   *     each is an element of a list
   * @param ambiguous whether other messages have something else under its number, which is no fault
   *     then
   */
  record Nest(String set, boolean ordered, boolean ambiguous) implements Type {

    /**
     * Makes one without order.
     *
     * @param set the name of the attribute set
     */
    public Nest(String set) {
      this(set, false);
    }

    /**
     * Makes one that nothing else has the number of.
     *
     * @param set the name of the attribute set
     * @param ordered whether their order counts
     */
    public Nest(String set, boolean ordered) {
      this(set, ordered, false);
    }
  }

  /**
   * Attributes of which each is an element, with its index as its number.
   *
   * @param element what each of them holds: a {@link Scalar}, {@link Binary} or {@link Nest}
   * @param base the index of the first
   */
  record IndexedArray(Type element, int base) implements Type {}

  /**
   * Nests within each other whose numbers are values, and what the innermost holds.
   *
   * @param levels what the numbers are called, outermost first
   * @param element what is within: a {@link Nest}, or a {@link Scalar} that the last number tells
   *     of
   */
  record TypeValue(List<String> levels, Type element) implements Type {

    /**
     * Copies what it is given.
     *
     * @param levels as {@link #levels()}
     * @param element as {@link #element()}
     */
    public TypeValue {
      levels = List.copyOf(levels);
    }
  }

  /**
   * What another attribute selects.
   *
   * @param subMessage the name of the sub-message
   * @param selector the name of the attribute whose value selects the format: beside this one, or
   *     in a message or nest around it
   */
  record Selected(String subMessage, String selector) implements Type {}
}
