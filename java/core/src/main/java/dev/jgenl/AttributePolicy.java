package dev.jgenl;

import dev.jgenl.wire.Attributes;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel accepts as an attribute: {@code enum netlink_policy_type_attr} of {@code
 * include/uapi/linux/netlink.h}, written by {@code __netlink_policy_dump_write_attr()} in {@code
 * net/netlink/policy.c}. Immutable, so safe to share between threads.
 */
public final class AttributePolicy {

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

  private final Type type;
  private final OptionalLong minSigned;
  private final OptionalLong maxSigned;
  private final OptionalLong minUnsigned;
  private final OptionalLong maxUnsigned;
  private final OptionalInt minLength;
  private final OptionalInt maxLength;
  private final OptionalInt nestedPolicy;
  private final OptionalInt nestedMaxType;
  private final OptionalLong mask;

  private AttributePolicy(Builder b) {
    type = b.type;
    minSigned = b.minSigned;
    maxSigned = b.maxSigned;
    minUnsigned = b.minUnsigned;
    maxUnsigned = b.maxUnsigned;
    minLength = b.minLength;
    maxLength = b.maxLength;
    nestedPolicy = b.nestedPolicy;
    nestedMaxType = b.nestedMaxType;
    mask = b.mask;
  }

  /**
   * Starts one that accepts any value of a type, such as for a test.
   *
   * @param type the type of the attribute's value
   * @return a builder
   */
  public static Builder builder(Type type) {
    return new Builder(type);
  }

  static AttributePolicy read(Attributes a) {
    Builder b = new Builder(Type.of(a.findU32(TYPE).orElse(0)));
    OptionalLong bitfield = a.findUint(BITFIELD32_MASK);
    b.minSigned = a.findUint(MIN_VALUE_S);
    b.maxSigned = a.findUint(MAX_VALUE_S);
    b.minUnsigned = a.findUint(MIN_VALUE_U);
    b.maxUnsigned = a.findUint(MAX_VALUE_U);
    b.minLength = a.findS32(MIN_LENGTH);
    b.maxLength = a.findS32(MAX_LENGTH);
    b.nestedPolicy = a.findS32(POLICY_IDX);
    b.nestedMaxType = a.findS32(POLICY_MAXTYPE);
    b.mask = bitfield.isPresent() ? bitfield : a.findUint(MASK);
    return b.build();
  }

  /**
   * Returns the type of the attribute's value.
   *
   * @return {@link Type#UNKNOWN} if the kernel does not tell, or one that is not known here
   */
  public Type type() {
    return type;
  }

  /**
   * Returns the least value of a signed number.
   *
   * @return any number; empty if it is not limited
   */
  public OptionalLong minSigned() {
    return minSigned;
  }

  /**
   * Returns the largest value of a signed number.
   *
   * @return any number; empty if it is not limited
   */
  public OptionalLong maxSigned() {
    return maxSigned;
  }

  /**
   * Returns the least value of an unsigned number.
   *
   * @return the 64 bits of it; empty if it is not limited
   */
  public OptionalLong minUnsigned() {
    return minUnsigned;
  }

  /**
   * Returns the largest value of an unsigned number.
   *
   * @return the 64 bits of it; empty if it is not limited
   */
  public OptionalLong maxUnsigned() {
    return maxUnsigned;
  }

  /**
   * Returns the least length.
   *
   * @return bytes; empty if it is not limited
   */
  public OptionalInt minLength() {
    return minLength;
  }

  /**
   * Returns the largest length.
   *
   * @return bytes; for a string without its NUL; empty if it is not limited
   */
  public OptionalInt maxLength() {
    return maxLength;
  }

  /**
   * Returns where the attributes within this one are described.
   *
   * @return the index of a table, for {@link GenlPolicy#within}; empty if they are not checked
   */
  public OptionalInt nestedPolicy() {
    return nestedPolicy;
  }

  /**
   * Returns the highest type within this one.
   *
   * @return a type; empty if they are not checked
   */
  public OptionalInt nestedMaxType() {
    return nestedMaxType;
  }

  /**
   * Returns the bits that may be set, of a number or a bitfield.
   *
   * @return up to 64 bits; empty if it is not limited
   */
  public OptionalLong mask() {
    return mask;
  }

  /** Two that accept the same are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AttributePolicy that
        && type == that.type
        && minSigned.equals(that.minSigned)
        && maxSigned.equals(that.maxSigned)
        && minUnsigned.equals(that.minUnsigned)
        && maxUnsigned.equals(that.maxUnsigned)
        && minLength.equals(that.minLength)
        && maxLength.equals(that.maxLength)
        && nestedPolicy.equals(that.nestedPolicy)
        && nestedMaxType.equals(that.nestedMaxType)
        && mask.equals(that.mask);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        type,
        minSigned,
        maxSigned,
        minUnsigned,
        maxUnsigned,
        minLength,
        maxLength,
        nestedPolicy,
        nestedMaxType,
        mask);
  }

  /** Says the same for people, such as "U8 from 0 to 5". */
  @Override
  public String toString() {
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

  /** Collects what is accepted. Not safe for use by several threads. */
  public static final class Builder {

    private final Type type;
    private OptionalLong minSigned = OptionalLong.empty();
    private OptionalLong maxSigned = OptionalLong.empty();
    private OptionalLong minUnsigned = OptionalLong.empty();
    private OptionalLong maxUnsigned = OptionalLong.empty();
    private OptionalInt minLength = OptionalInt.empty();
    private OptionalInt maxLength = OptionalInt.empty();
    private OptionalInt nestedPolicy = OptionalInt.empty();
    private OptionalInt nestedMaxType = OptionalInt.empty();
    private OptionalLong mask = OptionalLong.empty();

    private Builder(Type type) {
      this.type = type;
    }

    /**
     * Sets {@link AttributePolicy#minSigned()}.
     *
     * @param minSigned the least value of a signed number: any number
     * @return this
     */
    public Builder minSigned(long minSigned) {
      this.minSigned = OptionalLong.of(minSigned);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#maxSigned()}.
     *
     * @param maxSigned the largest value of a signed number: any number
     * @return this
     */
    public Builder maxSigned(long maxSigned) {
      this.maxSigned = OptionalLong.of(maxSigned);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#minUnsigned()}.
     *
     * @param minUnsigned the least value of an unsigned number: the 64 bits of it
     * @return this
     */
    public Builder minUnsigned(long minUnsigned) {
      this.minUnsigned = OptionalLong.of(minUnsigned);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#maxUnsigned()}.
     *
     * @param maxUnsigned the largest value of an unsigned number: the 64 bits of it
     * @return this
     */
    public Builder maxUnsigned(long maxUnsigned) {
      this.maxUnsigned = OptionalLong.of(maxUnsigned);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#minLength()}.
     *
     * @param minLength the least length: bytes
     * @return this
     */
    public Builder minLength(int minLength) {
      this.minLength = OptionalInt.of(minLength);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#maxLength()}.
     *
     * @param maxLength the largest length: bytes; for a string without its NUL
     * @return this
     */
    public Builder maxLength(int maxLength) {
      this.maxLength = OptionalInt.of(maxLength);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#nestedPolicy()}.
     *
     * @param nestedPolicy where the attributes within this one are described: the index of a table,
     *     for {@link GenlPolicy#within}
     * @return this
     */
    public Builder nestedPolicy(int nestedPolicy) {
      this.nestedPolicy = OptionalInt.of(nestedPolicy);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#nestedMaxType()}.
     *
     * @param nestedMaxType the highest type within this one: a type
     * @return this
     */
    public Builder nestedMaxType(int nestedMaxType) {
      this.nestedMaxType = OptionalInt.of(nestedMaxType);
      return this;
    }

    /**
     * Sets {@link AttributePolicy#mask()}.
     *
     * @param mask the bits that may be set, of a number or a bitfield: up to 64 bits
     * @return this
     */
    public Builder mask(long mask) {
      this.mask = OptionalLong.of(mask);
      return this;
    }

    /**
     * Makes the policy.
     *
     * @return what was set
     */
    public AttributePolicy build() {
      return new AttributePolicy(this);
    }
  }
}
