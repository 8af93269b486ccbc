package dev.jgenl.spec;

import dev.jgenl.spec.model.Definition.Entry;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Hint;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a number is shown and read.
 *
 * @param signed whether it may be negative; else it is unsigned, of 64 bits at most
 * @param names what its values are called; null if they have no names
 * @param flags whether the number is a sum of bits
 * @param hint how to show one without a name
 */
record Notation(boolean signed, @Nullable Enumeration names, boolean flags, Hint hint) {

  static final Notation SIGNED = new Notation(true, null, false, Hint.NONE);
  static final Notation UNSIGNED = new Notation(false, null, false, Hint.NONE);

  /** Returns a number as a {@link Long}, {@link BigInteger} or {@link String}. */
  Object show(long number) {
    if (names != null && !flags) {
      for (Entry entry : names.entries()) {
        if (entry.value() == number) {
          return entry.name();
        }
      }
    }
    return switch (hint) {
      case HEX -> signed && number < 0 ? decimal(number) : "0x" + Long.toHexString(number);
      case IPV4, IPV4_OR_V6 -> Addresses.ipv4(number);
      default -> decimal(number);
    };
  }

  /** Returns the names of the bits that are set, and what is left over as a number. */
  List<Object> showFlags(long number) {
    List<Object> shown = new ArrayList<>();
    long rest = number;
    if (names != null) {
      for (Entry entry : names.entries()) {
        long bit = bit(entry);
        if (bit != 0 && (rest & bit) == bit) {
          shown.add(entry.name());
          rest &= ~bit;
        }
      }
    }
    if (rest != 0) {
      shown.add(decimal(rest));
    }
    return shown;
  }

  /** Returns the number of a name. */
  Optional<Long> number(String name) {
    if (names != null) {
      for (Entry entry : names.entries()) {
        if (entry.name().equals(name)) {
          return Optional.of(flags ? bit(entry) : entry.value());
        }
      }
    }
    return Optional.empty();
  }

  /** The entries of an enumeration that is used as flags are the numbers of the bits. */
  private long bit(Entry entry) {
    if (names != null && names.flags()) {
      return entry.value();
    }
    return entry.value() >= 0 && entry.value() < Long.SIZE ? 1L << entry.value() : 0;
  }

  private Object decimal(long number) {
    return signed || number >= 0 ? (Object) number : new BigInteger(Long.toUnsignedString(number));
  }
}
