package dev.jgenl.testkit;

import dev.jgenl.testkit.FakePolicy.Rule;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The check of a request's attributes against a policy, with {@code NL_VALIDATE_STRICT}, as {@code
 * lib/nlattr.c} does it. The first fault counts.
 */
final class Validation {

  /** {@code enum nlmsgerr_attrs}. */
  private static final int ACK_MESSAGE = 1;

  private static final int ACK_OFFSET = 2;
  private static final int ACK_POLICY = 4;

  private static final int ERANGE = 34;

  /** {@code MAX_POLICY_RECURSION_DEPTH}. */
  private static final int DEPTH_MAX = 10;

  /**
   * What is wrong.
   *
   * @param offset of the attribute from the start of the message; -1 if it is none
   * @param rule what was expected of it; null if nothing
   */
  private record Fault(int errno, String text, int offset, @Nullable Rule rule) {}

  private final ByteBuffer message;

  private Validation(ByteBuffer message) {
    this.message = message;
  }

  /**
   * Refuses a request if its attributes are wrong.
   *
   * @param policy what they are checked against; null checks no more than their types
   * @param maxType the highest type that there is; 0 checks nothing
   * @return whether it is accepted
   */
  static boolean accepts(
      FakeRequest request, @Nullable FakePolicy policy, int maxType, FakeAnswer answer) {
    if (maxType == 0) {
      return true;
    }
    ByteBuffer message = request.message();
    Fault fault =
        new Validation(message)
            .check(request.attributesStart(), message.capacity(), policy, maxType, 0);
    if (fault == null) {
      return true;
    }
    answer.refuse(
        fault.errno,
        ack -> {
          ack.putString(ACK_MESSAGE, fault.text);
          if (fault.offset >= 0) {
            ack.putU32(ACK_OFFSET, fault.offset);
          }
          Rule rule = fault.rule;
          if (rule != null) {
            ack.putNested(ACK_POLICY, p -> rule.describe(p, Map.of()));
          }
        });
    return false;
  }

  /** {@code __nla_validate_parse()}. */
  private @Nullable Fault check(
      int start, int end, @Nullable FakePolicy policy, int maxType, int depth) {
    if (depth >= DEPTH_MAX) {
      return new Fault(FakeKernel.EINVAL, "allowed policy recursion depth exceeded", -1, null);
    }
    int at = start;
    for (int length = length(at, end); length > 0; length = length(at, end)) {
      int type = message.getShort(at + 2) & NetlinkConstants.NLA_TYPE_MASK;
      if (type == 0 || type > maxType) {
        return new Fault(FakeKernel.EINVAL, "Unknown attribute type", at, null);
      }
      Fault fault = policy == null ? null : check(at, length, policy.rule(type), depth);
      if (fault != null) {
        return fault;
      }
      at += NetlinkConstants.align(length);
    }
    return at < end
        ? new Fault(FakeKernel.EINVAL, "bytes leftover after parsing attributes", -1, null)
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
    if (rule.exactLength() > 0 && size != rule.exactLength()) {
      return new Fault(FakeKernel.EINVAL, "invalid attribute length", at, rule);
    }
    boolean nest = rule.kind() == FakePolicy.NESTED || rule.kind() == FakePolicy.NESTED_ARRAY;
    boolean flagged = (message.getShort(at + 2) & NetlinkConstants.NLA_F_NESTED) != 0;
    if (nest != flagged) {
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
    long value = number(at + NetlinkConstants.NLA_HDRLEN, size, rule.isSigned());
    boolean within =
        rule.isSigned()
            ? value >= rule.min() && value <= rule.max()
            : Long.compareUnsigned(value, rule.min()) >= 0
                && Long.compareUnsigned(value, rule.max()) <= 0;
    return within ? null : new Fault(ERANGE, "integer out of range", at, rule);
  }

  private long number(int at, int size, boolean signed) {
    long value =
        switch (size) {
          case Byte.BYTES -> message.get(at);
          case Short.BYTES -> message.getShort(at);
          case Integer.BYTES -> message.getInt(at);
          default -> message.getLong(at);
        };
    return signed ? value : value & (-1L >>> (Long.SIZE - 8 * size));
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

  private static @Nullable Fault checkBytes(int at, int size, Rule rule) {
    if (rule.ranged()) {
      return size < rule.min() || size > rule.max()
          ? new Fault(ERANGE, "binary attribute size out of range", at, rule)
          : null;
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
        return fault;
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
