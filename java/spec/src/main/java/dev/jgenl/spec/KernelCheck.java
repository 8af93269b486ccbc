package dev.jgenl.spec;

import dev.jgenl.AttributePolicy;
import dev.jgenl.GenlPolicy;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares a request with the policy of the running kernel: what it does not know, and most of it
 * ignores, and what it would refuse ({@code validate_nla()}).
 */
final class KernelCheck {

  private final GenlPolicy policy;
  private final List<Finding> findings = new ArrayList<>();

  private KernelCheck(GenlPolicy policy) {
    this.policy = policy;
  }

  /** Checks against the table of a command; an empty one says nothing. */
  static List<Finding> run(
      GenlPolicy policy,
      Map<Integer, AttributePolicy> table,
      Attributes request,
      AttributeCodec.Level names) {
    KernelCheck check = new KernelCheck(policy);
    check.table(table, request, names, "");
    return List.copyOf(check.findings);
  }

  private void table(
      Map<Integer, AttributePolicy> table,
      Attributes attributes,
      AttributeCodec.@Nullable Level names,
      String before) {
    if (table.isEmpty()) {
      return;
    }
    for (Attribute a : attributes) {
      String name = names == null ? null : names.name(a.type());
      String path = before + (name == null ? Integer.toString(a.type()) : name);
      AttributePolicy known = table.get(a.type());
      if (known == null) {
        findings.add(new Finding(path, "this kernel does not know it"));
      } else {
        attribute(known, a, names == null ? null : names.within(a.type()), path);
      }
    }
  }

  private void attribute(
      AttributePolicy known, Attribute a, AttributeCodec.@Nullable Level names, String path) {
    switch (known.type()) {
      case NESTED -> table(policy.within(known), a.nested(), names, path + ".");
      case NESTED_ARRAY -> {
        for (Attribute element : a.nested()) {
          table(
              policy.within(known),
              element.nested(),
              names == null ? null : names.within(element.type()),
              path + ".[" + element.type() + "].");
        }
      }
      case BINARY, STRING, NUL_STRING -> length(known, a, path);
      case U8, U16, U32, U64, UINT -> unsigned(known, number(a, false), path);
      case S8, S16, S32, S64, SINT -> signed(known, number(a, true), path);
      case FLAG, BITFIELD32, UNKNOWN -> {}
    }
  }

  private void length(AttributePolicy known, Attribute a, String path) {
    boolean text = known.type() != AttributePolicy.Type.BINARY;
    int length = a.length();
    if (known.maxLength().isPresent() && length - (text ? 1 : 0) > known.maxLength().getAsInt()) {
      findings.add(
          new Finding(
              path,
              "longer than the " + known.maxLength().getAsInt() + " bytes that this kernel takes"));
    }
    if (known.minLength().isPresent() && length < known.minLength().getAsInt()) {
      findings.add(
          new Finding(
              path,
              "shorter than the "
                  + known.minLength().getAsInt()
                  + " bytes that this kernel wants"));
    }
  }

  /** What the kernel compares is in the byte order of the host. */
  private static long number(Attribute a, boolean signed) {
    return switch (a.length()) {
      case 1 -> signed ? a.s8() : a.u8();
      case 2 -> signed ? a.s16() : a.u16();
      case 4 -> signed ? a.s32() : a.u32();
      case 8 -> a.u64();
      default -> 0;
    };
  }

  private void unsigned(AttributePolicy known, long number, String path) {
    known
        .minUnsigned()
        .ifPresent(
            min ->
                require(
                    Long.compareUnsigned(number, min) >= 0,
                    path,
                    "least " + Long.toUnsignedString(min)));
    known
        .maxUnsigned()
        .ifPresent(
            max ->
                require(
                    Long.compareUnsigned(number, max) <= 0,
                    path,
                    "most " + Long.toUnsignedString(max)));
    known
        .mask()
        .ifPresent(
            mask -> {
              if ((number & ~mask) != 0) {
                findings.add(
                    new Finding(
                        path,
                        "this kernel knows the bits "
                            + Long.toHexString(mask)
                            + " (hexadecimal) alone"));
              }
            });
  }

  private void signed(AttributePolicy known, long number, String path) {
    known.minSigned().ifPresent(min -> require(number >= min, path, "least " + min));
    known.maxSigned().ifPresent(max -> require(number <= max, path, "most " + max));
  }

  private void require(boolean holds, String path, String wanted) {
    if (!holds) {
      findings.add(new Finding(path, "this kernel wants at " + wanted));
    }
  }
}
