package dev.jgenl.testkit;

import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a command of a {@link FakeFamily} accepts, as {@code struct nla_policy} says it in the
 * kernel. What it does not name is refused; so one that names nothing refuses every attribute.
 *
 * <p>Built by one thread, within the call that is given it; from then on immutable.
 */
public final class FakePolicy {

  /** The types of numbers: {@code NLA_U8} and the like. */
  public enum NumberType {
    /** Unsigned, 8 bits. */
    U8(2, 1),
    /** Unsigned, 16 bits. */
    U16(3, 2),
    /** Unsigned, 32 bits. */
    U32(4, 4),
    /** Unsigned, 64 bits. */
    U64(5, 8),
    /** Signed, 8 bits. */
    S8(6, 1),
    /** Signed, 16 bits. */
    S16(7, 2),
    /** Signed, 32 bits. */
    S32(8, 4),
    /** Signed, 64 bits. */
    S64(9, 8),
    /** Signed, 32 or 64 bits. */
    SINT(16, 8),
    /** Unsigned, 32 or 64 bits. */
    UINT(17, 8),
    /** Unsigned, 16 bits, in network order; the kernel does not tell of its rule. */
    U16_BE(0, 2),
    /** Unsigned, 32 bits, in network order; the kernel does not tell of its rule. */
    U32_BE(0, 4);

    private final int kind;
    private final int size;

    NumberType(int kind, int size) {
      this.kind = kind;
      this.size = size;
    }

    /**
     * Tells whether a number may be negative.
     *
     * @return whether it may
     */
    public boolean isSigned() {
      return this == SINT || (kind >= S8.kind && kind <= S64.kind);
    }

    /**
     * Returns the least number.
     *
     * @return 0 if it is unsigned
     */
    public long least() {
      return isSigned() ? Long.MIN_VALUE >> (Long.SIZE - 8 * size) : 0;
    }

    /**
     * Returns the largest number.
     *
     * @return of {@link #U64} and {@link #UINT} the 64 bits of it
     */
    public long largest() {
      return isSigned() ? ~least() : -1L >>> (Long.SIZE - 8 * size);
    }
  }

  /** {@code enum netlink_attribute_type}, but for the numbers. */
  static final int UNSPEC = 0;

  static final int FLAG = 1;

  static final int BINARY = 10;
  static final int STRING = 11;
  static final int NUL_STRING = 12;
  static final int NESTED = 13;
  static final int NESTED_ARRAY = 14;
  static final int BITFIELD32 = 15;

  /** {@code enum netlink_policy_type_attr}. */
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

  private static final int LENGTH_MAX = 0xffff;

  /**
   * What one attribute may be.
   *
   * @param kind of {@code enum netlink_attribute_type}
   * @param number null if it is none
   * @param min the least value of a number, or length
   * @param max the largest value of a number, or length, or the bits of a bitfield; a length of 0
   *     is not limited
   * @param ranged whether the length of bytes is checked as a range, which has errors of its own
   * @param masked whether the largest value of a number is the bits that it may have
   * @param within what a nest may hold; null for anything
   */
  record Rule(
      int kind,
      @Nullable NumberType number,
      long min,
      long max,
      boolean ranged,
      boolean masked,
      @Nullable FakePolicy within) {

    /** One that is no number. */
    Rule(int kind, long min, long max, boolean ranged, @Nullable FakePolicy within) {
      this(kind, null, min, max, ranged, false, within);
    }

    /** Tells whether the kernel tells of it. */
    boolean isTold() {
      return kind != UNSPEC;
    }

    ByteOrder order(ByteOrder order) {
      return number == NumberType.U16_BE || number == NumberType.U32_BE
          ? ByteOrder.BIG_ENDIAN
          : order;
    }

    boolean isSigned() {
      return number != null && number.isSigned();
    }

    /** Returns the length that a number must have in bytes; 0 if there are two, or it is none. */
    int exactLength() {
      return number == null || number == NumberType.SINT || number == NumberType.UINT
          ? 0
          : number.size;
    }

    /** {@code __netlink_policy_dump_write_attr()}. */
    void describe(AttributeWriter a, Map<FakePolicy, Integer> indices) {
      Integer index = within == null ? null : indices.get(within);
      if (within != null && index != null) {
        a.putU32(POLICY_IDX, index).putU32(POLICY_MAXTYPE, within.maxType());
      }
      if (masked) {
        a.putU64(MASK, max);
      } else if (number != null) {
        a.putU64(isSigned() ? MIN_VALUE_S : MIN_VALUE_U, min)
            .putU64(isSigned() ? MAX_VALUE_S : MAX_VALUE_U, max);
      } else if (kind == BITFIELD32) {
        a.putU32(BITFIELD32_MASK, max);
      } else if (kind == BINARY || kind == STRING || kind == NUL_STRING) {
        if (min > 0) {
          a.putU32(MIN_LENGTH, min);
        }
        if (max > 0 && max < LENGTH_MAX) {
          a.putU32(MAX_LENGTH, max);
        }
      }
      a.putU32(TYPE, kind);
    }
  }

  private final SortedMap<Integer, Rule> rules = new TreeMap<>();
  private boolean complete;

  FakePolicy() {}

  /**
   * Accepts a number of any value.
   *
   * @param type of the attribute
   * @param number its type
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy number(int type, NumberType number) {
    return number(type, number, number.least(), number.largest());
  }

  /**
   * Accepts a number within bounds; another is refused with ERANGE.
   *
   * @param type of the attribute
   * @param number its type
   * @param min the least value; for U64 and UINT the 64 bits of it
   * @param max the largest value, likewise
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy number(int type, NumberType number, long min, long max) {
    return add(type, new Rule(number.kind, number, min, max, false, false, null));
  }

  /**
   * Accepts a number of which only some bits are set; another is refused with EINVAL.
   *
   * @param type of the attribute
   * @param number its type, an unsigned one
   * @param mask the bits that may be set
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already, or the number is signed
   */
  public FakePolicy mask(int type, NumberType number, long mask) {
    if (number.isSigned()) {
      throw new IllegalArgumentException(number + " has a sign: no mask is for it");
    }
    return add(type, new Rule(number.kind, number, 0, mask, false, true, null));
  }

  /**
   * Accepts whatever the attribute holds, as families do that validate liberally and say nothing of
   * it. The kernel does not tell of such a rule.
   *
   * @param type of the attribute
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy anything(int type) {
    return add(type, new Rule(UNSPEC, 0, 0, false, null));
  }

  /**
   * Accepts an attribute without payload.
   *
   * @param type of the attribute
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy flag(int type) {
    return add(type, new Rule(FLAG, 0, 0, false, null));
  }

  /**
   * Accepts a string that may lack its NUL.
   *
   * @param type of the attribute
   * @param maxLength in bytes, without NUL; 0 for any
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy string(int type, int maxLength) {
    return add(type, new Rule(STRING, 0, maxLength, false, null));
  }

  /**
   * Accepts a string with its NUL.
   *
   * @param type of the attribute
   * @param maxLength in bytes, without NUL; 0 for any
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy nulString(int type, int maxLength) {
    return add(type, new Rule(NUL_STRING, 0, maxLength, false, null));
  }

  /**
   * Accepts bytes.
   *
   * @param type of the attribute
   * @param maxLength how many; 0 for any
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy bytes(int type, int maxLength) {
    return add(type, new Rule(BINARY, 0, maxLength, false, null));
  }

  /**
   * Accepts so many bytes; more or less is refused with ERANGE.
   *
   * @param type of the attribute
   * @param minLength how many at least
   * @param maxLength how many at most
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy bytes(int type, int minLength, int maxLength) {
    return add(type, new Rule(BINARY, minLength, maxLength, true, null));
  }

  /**
   * Accepts flags and which of them are meant.
   *
   * @param type of the attribute
   * @param mask the bits that may be set, 32 bits
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy bitfield32(int type, int mask) {
    return add(type, new Rule(BITFIELD32, 0, Integer.toUnsignedLong(mask), false, null));
  }

  /**
   * Accepts a nest of anything.
   *
   * @param type of the attribute
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy nested(int type) {
    return add(type, new Rule(NESTED, 0, 0, false, null));
  }

  /**
   * Accepts a nest.
   *
   * @param type of the attribute
   * @param within says what it may hold
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy nested(int type, Consumer<? super FakePolicy> within) {
    return nested(type, of(within));
  }

  /**
   * Accepts a nest that holds what another policy accepts, perhaps this.
   *
   * @param type of the attribute
   * @param within what it may hold
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy nested(int type, FakePolicy within) {
    return add(type, new Rule(NESTED, 0, 0, false, within));
  }

  /**
   * Accepts a nest of nests, whose types nobody checks.
   *
   * @param type of the attribute
   * @param within says what each may hold
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy nestedArray(int type, Consumer<? super FakePolicy> within) {
    return nestedArray(type, of(within));
  }

  /**
   * Accepts a nest of nests, each of which holds what another policy accepts, perhaps this.
   *
   * @param type of the attribute
   * @param within what each may hold
   * @return this
   * @throws IllegalArgumentException if the attribute has a rule already
   */
  public FakePolicy nestedArray(int type, FakePolicy within) {
    return add(type, new Rule(NESTED_ARRAY, 0, 0, false, within));
  }

  static FakePolicy of(Consumer<? super FakePolicy> content) {
    FakePolicy policy = new FakePolicy();
    content.accept(policy);
    policy.complete = true;
    return policy;
  }

  @Nullable Rule rule(int type) {
    return rules.get(type);
  }

  SortedMap<Integer, Rule> rules() {
    return rules;
  }

  /**
   * Returns the highest type that it names; if none 1, as {@code genl_policy_reject_all} has it.
   */
  int maxType() {
    return rules.isEmpty() ? 1 : rules.lastKey();
  }

  private FakePolicy add(int type, Rule rule) {
    if (complete) {
      throw new IllegalStateException("the policy is in use: set another instead");
    }
    if (type < 1 || type > NetlinkConstants.NLA_TYPE_MASK) {
      throw new IllegalArgumentException("no attribute has type " + type);
    }
    if (rules.putIfAbsent(type, rule) != null) {
      throw new IllegalArgumentException("attribute " + type + " has a rule already");
    }
    return this;
  }
}
