package dev.jgenl.testkit;

import dev.jgenl.testkit.FakePolicy.Rule;
import dev.jgenl.wire.AttributeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the attributes of a request.
 *
 * @param offset of the attribute from the start of the message; -1 if it is none
 * @param rule what was expected of it; null if nothing
 * @param path the types that lead to the attribute; empty if it is none
 */
record Fault(int errno, String text, int offset, @Nullable Rule rule, List<Integer> path) {

  /** {@code enum nlmsgerr_attrs}. */
  private static final int ACK_MESSAGE = 1;

  private static final int ACK_OFFSET = 2;
  private static final int ACK_POLICY = 4;

  Fault(int errno, String text, int offset, @Nullable Rule rule) {
    this(errno, text, offset, rule, List.of());
  }

  /** One of no attribute. */
  Fault(int errno, String text) {
    this(errno, text, -1, null);
  }

  /** Returns the same, found in an attribute of this type. */
  Fault within(int type) {
    if (offset < 0) {
      return this;
    }
    List<Integer> longer = new ArrayList<>();
    longer.add(type);
    longer.addAll(path);
    return new Fault(errno, text, offset, rule, List.copyOf(longer));
  }

  /** Writes the extended ACK. */
  void describe(AttributeWriter ack) {
    ack.putString(ACK_MESSAGE, text);
    if (offset >= 0) {
      ack.putU32(ACK_OFFSET, offset);
    }
    if (rule != null) {
      ack.putNested(ACK_POLICY, p -> rule.describe(p, Map.of()));
    }
  }
}
