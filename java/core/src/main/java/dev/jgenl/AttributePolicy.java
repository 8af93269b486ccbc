package dev.jgenl;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the kernel accepts as an attribute: {@code enum netlink_policy_type_attr} of {@code
 * include/uapi/linux/netlink.h}, written by {@code __netlink_policy_dump_write_attr()} in {@code
 * net/netlink/policy.c}.
 *
 * @param type the type of the attribute's value
 * @param minSigned the least value of a signed number
 * @param maxSigned the largest value of a signed number
 * @param minUnsigned the least value of an unsigned number; the 64 bits of it
 * @param maxUnsigned the largest value of an unsigned number; the 64 bits of it
 * @param minLength the least length in bytes
 * @param maxLength the largest length in bytes, for a string without its NUL
 * @param nestedPolicy the index of the policy table for the attributes within this one
 * @param nestedMaxType the highest type within this one
 * @param mask the bits that may be set, of a number or a bitfield
 */
public record AttributePolicy(
    Type type,
    OptionalLong minSigned,
    OptionalLong maxSigned,
    OptionalLong minUnsigned,
    OptionalLong maxUnsigned,
    OptionalInt minLength,
    OptionalInt maxLength,
    OptionalInt nestedPolicy,
    OptionalInt nestedMaxType,
    OptionalLong mask) {

  /** The types of a value: {@code enum netlink_attribute_type}, in its order. */
  public enum Type {
    /** The kernel does not tell, or it is newer than this library. */
    UNKNOWN,
    /** No payload: to be there is its value. */
    FLAG,
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
    /** Bytes. */
    BINARY,
    /** A string that may lack its NUL. */
    STRING,
    /** A string with its NUL. */
    NUL_STRING,
    /** Attributes. */
    NESTED,
    /** Attributes that each hold attributes. */
    NESTED_ARRAY,
    /** Flags and which of them are meant. */
    BITFIELD32,
    /** Signed, 32 or 64 bits. */
    SINT,
    /** Unsigned, 32 or 64 bits. */
    UINT;

    private static final Type[] VALUES = values();

    static Type of(long number) {
      return number > 0 && number < VALUES.length ? VALUES[(int) number] : UNKNOWN;
    }
  }

  private static final int TYPE = 1;
  private static final int MIN_VALUE_S = 2;
  private static final int MAX_VALUE_S = 3;
  private static final int MIN_VALUE_U = 4;
  private static final int MAX_VALUE_U = 5;
  private static final int MIN_LENGTH = 6;
  private static final int MAX_LENGTH = 7;
  private static final int POLICY_IDX = 8;
  private static final int POLICY_MAXTYPE = 9;
  private static final int BITFIELD32_MASK = 10;
  private static final int MASK = 12;

  static AttributePolicy read(Attributes a) {
    OptionalLong bitfield = number(a, BITFIELD32_MASK);
    return new AttributePolicy(
        a.find(TYPE).map(t -> Type.of(t.u32())).orElse(Type.UNKNOWN),
        number(a, MIN_VALUE_S),
        number(a, MAX_VALUE_S),
        number(a, MIN_VALUE_U),
        number(a, MAX_VALUE_U),
        length(a, MIN_LENGTH),
        length(a, MAX_LENGTH),
        length(a, POLICY_IDX),
        length(a, POLICY_MAXTYPE),
        bitfield.isPresent() ? bitfield : number(a, MASK));
  }

  /** Says the same for people. */
  String explanation() {
    StringBuilder text = new StringBuilder(type.toString());
    add(text, " from ", minSigned, false);
    add(text, " to ", maxSigned, false);
    add(text, " from ", minUnsigned, true);
    add(text, " to ", maxUnsigned, true);
    minLength.ifPresent(n -> text.append(" of at least ").append(n).append(" bytes"));
    maxLength.ifPresent(n -> text.append(" of at most ").append(n).append(" bytes"));
    mask.ifPresent(m -> text.append(" within mask 0x").append(Long.toHexString(m)));
    return text.toString();
  }

  private static void add(StringBuilder text, String word, OptionalLong value, boolean unsigned) {
    value.ifPresent(
        v -> text.append(word).append(unsigned ? Long.toUnsignedString(v) : Long.toString(v)));
  }

  private static OptionalLong number(Attributes attributes, int type) {
    Optional<Attribute> a = attributes.find(type);
    return a.isPresent() ? OptionalLong.of(a.get().uint()) : OptionalLong.empty();
  }

  private static OptionalInt length(Attributes attributes, int type) {
    Optional<Attribute> a = attributes.find(type);
    return a.isPresent() ? OptionalInt.of(a.get().s32()) : OptionalInt.empty();
  }
}
