package dev.jgenl.testkit;

import dev.jgenl.testkit.FakePolicy.Rule;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The check of a request's attributes against a policy, as {@code lib/nlattr.c} does it. The first
 * fault counts.
 */
final class Validation {

  private static final int ERANGE = 34;

  /** {@code MAX_POLICY_RECURSION_DEPTH}. */
  private static final int DEPTH_MAX = 10;

  private final ByteBuffer message;

  /**
   * False with {@code NL_VALIDATE_DEPRECATED_STRICT}: nests and too long numbers may be as they
   * are.
   */
  private final boolean strict;

  private Validation(ByteBuffer message, boolean strict) {
    this.message = message;
    this.strict = strict;
  }

  /**
   * Returns what is wrong with the attributes of a request, or null.
   *
   * @param policy what they are checked against; null checks no more than their types
   * @param maxType the highest type that there is; 0 checks nothing
   * @param strict whether it is as for Generic Netlink, or as for protocols that are older
   */
  static @Nullable Fault fault(
      FakeRequest request, @Nullable FakePolicy policy, int maxType, boolean strict) {
    if (maxType == 0) {
      return null;
    }
    ByteBuffer message = request.message();
    return new Validation(message, strict)
        .check(request.attributesStart(), message.capacity(), policy, maxType, 0);
  }

  /** {@code __nla_validate_parse()}. */
  private @Nullable Fault check(
      int start, int end, @Nullable FakePolicy policy, int maxType, int depth) {
    if (depth >= DEPTH_MAX) {
      return new Fault(FakeKernel.EINVAL, "allowed policy recursion depth exceeded");
    }
    int at = start;
    for (int length = length(at, end); length > 0; length = length(at, end)) {
      int type = message.getShort(at + 2) & NetlinkConstants.NLA_TYPE_MASK;
      if (type == 0 || type > maxType) {
        return new Fault(FakeKernel.EINVAL, "Unknown attribute type", at, null).within(type);
      }
      Fault fault = policy == null ? null : check(at, length, policy.rule(type), depth);
      if (fault != null) {
        return fault.within(type);
      }
      at += NetlinkConstants.align(length);
    }
    return at < end
        ? new Fault(FakeKernel.EINVAL, "bytes leftover after parsing attributes")
        : null;
  }

  /** Returns the length of the attribute there, or 0 if none is left: {@code nla_ok()}. */
  private int length(int at, int end) {
    if (end - at < NetlinkConstants.NLA_HDRLEN) {
      return 0;
    }
    int length = Short.toUnsignedInt(message.getShort(at));
    return length < NetlinkConstants.NLA_HDRLEN || length > end - at ? 0 : length;
  }

  /** {@code validate_nla()}. */
  private @Nullable Fault check(int at, int length, @Nullable Rule rule, int depth) {
    if (rule == null) {
      return new Fault(FakeKernel.EINVAL, "Unsupported attribute", at, null);
    }
    int payload = at + NetlinkConstants.NLA_HDRLEN;
    int size = length - NetlinkConstants.NLA_HDRLEN;
    if (rule.kind() == FakePolicy.UNSPEC && rule.number() == null) {
      return null;
    }
    int exact = rule.exactLength();
    if (exact > 0 && (strict ? size != exact : size < exact)) {
      return strict
          ? new Fault(FakeKernel.EINVAL, "invalid attribute length", at, rule)
          : failed(ERANGE, at, rule);
    }
    boolean nest = rule.kind() == FakePolicy.NESTED || rule.kind() == FakePolicy.NESTED_ARRAY;
    boolean flagged = (message.getShort(at + 2) & NetlinkConstants.NLA_F_NESTED) != 0;
    if (strict && nest != flagged) {
      return new Fault(
          FakeKernel.EINVAL,
          nest ? "NLA_F_NESTED is missing" : "NLA_F_NESTED not expected",
          at,
          rule);
    }
    if (rule.number() != null) {
      return checkNumber(at, size, rule);
    }
    return switch (rule.kind()) {
      case FakePolicy.FLAG -> size > 0 ? failed(ERANGE, at, rule) : null;
      case FakePolicy.BITFIELD32 -> checkBitfield(at, size, rule);
      case FakePolicy.NUL_STRING -> checkNulString(at, size, rule);
      case FakePolicy.STRING -> checkString(at, size, rule);
      case FakePolicy.BINARY -> checkBytes(at, size, rule);
      case FakePolicy.NESTED -> checkNest(at, payload, size, rule, depth);
      default -> checkArray(payload, payload + size, rule, depth);
    };
  }

  /** {@code nla_validate_range_unsigned()} and {@code nla_validate_int_range_signed()}. */
  private @Nullable Fault checkNumber(int at, int size, Rule rule) {
    if (rule.exactLength() == 0 && size != Integer.BYTES && size != Long.BYTES) {
      return new Fault(FakeKernel.EINVAL, "invalid attribute length", at, rule);
    }
    int width = rule.exactLength() == 0 ? size : rule.exactLength();
    long value = number(at + NetlinkConstants.NLA_HDRLEN, width, rule);
    if (rule.masked()) {
      return (value & ~rule.max()) == 0
          ? null
          : new Fault(FakeKernel.EINVAL, "reserved bit set", at, null);
    }
    boolean within =
        rule.isSigned()
            ? value >= rule.min() && value <= rule.max()
            : Long.compareUnsigned(value, rule.min()) >= 0
                && Long.compareUnsigned(value, rule.max()) <= 0;
    return within ? null : new Fault(ERANGE, "integer out of range", at, rule);
  }

  private long number(int at, int size, Rule rule) {
    ByteBuffer number = message.slice(at, size).order(rule.order(message.order()));
    long value =
        switch (size) {
          case Byte.BYTES -> number.get(0);
          case Short.BYTES -> number.getShort(0);
          case Integer.BYTES -> number.getInt(0);
          default -> number.getLong(0);
        };
    return rule.isSigned() ? value : value & (-1L >>> (Long.SIZE - 8 * size));
  }

  /** {@code validate_nla_bitfield32()}. */
  private @Nullable Fault checkBitfield(int at, int size, Rule rule) {
    if (size != Long.BYTES) {
      return failed(ERANGE, at, rule);
    }
    int value = message.getInt(at + NetlinkConstants.NLA_HDRLEN);
    int selector = message.getInt(at + NetlinkConstants.NLA_HDRLEN + Integer.BYTES);
    int mask = (int) rule.max();
    boolean right =
        mask != 0 && (selector & ~mask) == 0 && (value & ~mask) == 0 && (value & ~selector) == 0;
    return right ? null : failed(FakeKernel.EINVAL, at, rule);
  }

  private @Nullable Fault checkNulString(int at, int size, Rule rule) {
    int searched = rule.max() > 0 ? (int) Math.min(size, rule.max() + 1) : size;
    for (int i = 0; i < searched; i++) {
      if (message.get(at + NetlinkConstants.NLA_HDRLEN + i) == 0) {
        return checkString(at, size, rule);
      }
    }
    return failed(FakeKernel.EINVAL, at, rule);
  }

  private @Nullable Fault checkString(int at, int size, Rule rule) {
    if (size < 1) {
      return failed(ERANGE, at, rule);
    }
    boolean terminated = message.get(at + NetlinkConstants.NLA_HDRLEN + size - 1) == 0;
    int characters = terminated ? size - 1 : size;
    return rule.max() > 0 && characters > rule.max() ? failed(ERANGE, at, rule) : null;
  }

  private @Nullable Fault checkBytes(int at, int size, Rule rule) {
    if (rule.ranged() && (size < rule.min() || size > rule.max())) {
      return strict
          ? new Fault(ERANGE, "binary attribute size out of range", at, rule)
          : failed(ERANGE, at, rule);
    }
    return rule.max() > 0 && size > rule.max() ? failed(ERANGE, at, rule) : null;
  }

  /** A nest may be empty. */
  private @Nullable Fault checkNest(int at, int payload, int size, Rule rule, int depth) {
    if (size == 0) {
      return null;
    }
    if (size < NetlinkConstants.NLA_HDRLEN) {
      return failed(ERANGE, at, rule);
    }
    return checkWithin(payload, payload + size, rule, depth);
  }

  /** {@code nla_validate_array()}. */
  private @Nullable Fault checkArray(int start, int end, Rule rule, int depth) {
    int at = start;
    for (int length = length(at, end); length > 0; length = length(at, end)) {
      int size = length - NetlinkConstants.NLA_HDRLEN;
      if (size > 0 && size < NetlinkConstants.NLA_HDRLEN) {
        return new Fault(ERANGE, "Array element too short", at, rule);
      }
      Fault fault =
          size == 0
              ? null
              : checkWithin(at + NetlinkConstants.NLA_HDRLEN, at + length, rule, depth);
      if (fault != null) {
        return fault.within(message.getShort(at + 2) & NetlinkConstants.NLA_TYPE_MASK);
      }
      at += NetlinkConstants.align(length);
    }
    return null;
  }

  private @Nullable Fault checkWithin(int start, int end, Rule rule, int depth) {
    FakePolicy within = rule.within();
    return within == null ? null : check(start, end, within, within.maxType(), depth + 1);
  }

  private static Fault failed(int errno, int at, Rule rule) {
    return new Fault(errno, "Attribute failed policy validation", at, rule);
  }
}
