package dev.jgenl.spec.typed;

import dev.jgenl.spec.NumberValue;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Definition.Entry;
import dev.jgenl.spec.model.Definition.Enumeration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of an enum. Immutable, and safe to share between threads. */
final class EnumType<E extends Enum<E> & EnumNumber> {

  private static final ClassValue<EnumType<?>> KNOWN =
      new ClassValue<>() {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        protected EnumType<?> computeValue(Class<?> type) {
          return new EnumType(type);
        }
      };

  private final List<E> constants;
  private final Map<Long, EnumValue<E>> values = new HashMap<>();
  private final Enumeration numbers;
  private final Enumeration bits;

  private EnumType(Class<E> type) {
    constants = List.of(type.getEnumConstants());
    List<Entry> byNumber = new ArrayList<>();
    List<Entry> byBit = new ArrayList<>();
    for (E constant : constants) {
      values.putIfAbsent(constant.number(), new EnumValue<>(this, constant.number(), constant));
      byNumber.add(new Entry(constant.specName(), constant.number(), "", ""));
      byBit.add(new Entry(constant.specName(), constant.bit(), "", ""));
    }
    numbers = new Enumeration(type.getSimpleName(), "", false, byNumber);
    bits = new Enumeration(type.getSimpleName(), "", true, byBit);
  }

  @SuppressWarnings("unchecked")
  static <E extends Enum<E> & EnumNumber> EnumType<E> of(Class<E> type) {
    return (EnumType<E>) KNOWN.get(type);
  }

  EnumValue<E> value(long number) {
    EnumValue<E> known = values.get(number);
    return known == null ? new EnumValue<>(this, number, null) : known;
  }

  EnumValue<E> parse(String text) {
    for (E constant : constants) {
      if (constant.specName().equals(text)) {
        return value(constant.number());
      }
    }
    return value(Long.parseLong(text));
  }

  long parseFlags(String text) {
    long sum = 0;
    for (String bit : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      sum |= parseFlag(bit);
    }
    return sum;
  }

  private long parseFlag(String text) {
    for (E constant : constants) {
      if (constant.specName().equals(text)) {
        return constant.bit();
      }
    }
    return Long.parseUnsignedLong(text);
  }

  Set<E> known(long sum) {
    Set<E> known = new LinkedHashSet<>();
    for (E constant : constants) {
      long bit = constant.bit();
      if (bit != 0 && (sum & bit) == bit) {
        known.add(constant);
      }
    }
    return Collections.unmodifiableSet(known);
  }

  Value toValue(long number) {
    return NumberValue.of(number, numbers, false);
  }

  Value toFlagsValue(long sum) {
    return NumberValue.of(sum, bits, true);
  }
}
