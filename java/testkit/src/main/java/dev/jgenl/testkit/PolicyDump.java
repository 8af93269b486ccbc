package dev.jgenl.testkit;

import dev.jgenl.wire.AttributeWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the controller tells of a family's policies, as {@code ctrl_dumppolicy()} does. */
final class PolicyDump {

  private static final int POLICY = 8;
  private static final int OP_POLICY = 9;
  private static final int POLICY_DO = 1;
  private static final int POLICY_DUMP = 2;
  private static final int ENODATA = 61;

  private final FakeFamily family;

  /** The tables by their index, those of commands before those of nests. */
  private final List<FakePolicy> tables = new ArrayList<>();

  private final Map<FakePolicy, Integer> indices = new LinkedHashMap<>();

  PolicyDump(FakeFamily family) {
    this.family = family;
    for (int command : family.commands()) {
      add(family.dos().containsKey(command) ? family.policy(command, false) : null);
      add(family.dumps().containsKey(command) ? family.policy(command, true) : null);
    }
    for (int i = 0; i < tables.size(); i++) {
      tables.get(i).rules().values().forEach(rule -> add(rule.within()));
    }
  }

  private void add(@Nullable FakePolicy policy) {
    if (policy != null && !indices.containsKey(policy)) {
      indices.put(policy, tables.size());
      tables.add(policy);
    }
  }

  /** Each message tells of one thing only. */
  void write(FakeAnswer answer) {
    if (tables.isEmpty()) {
      answer.refuse(ENODATA);
      return;
    }
    family.commands().forEach(command -> writeCommand(command, answer));
    for (FakePolicy table : tables) {
      table.rules().forEach((type, rule) -> writeRule(table, type, rule, answer));
    }
  }

  private void writeCommand(int command, FakeAnswer answer) {
    Integer ofDo = family.dos().containsKey(command) ? index(command, false) : null;
    Integer ofDump = family.dumps().containsKey(command) ? index(command, true) : null;
    if (ofDo != null || ofDump != null) {
      answer.message(
          FakeController.GETPOLICY,
          a ->
              a.putU16(FakeController.FAMILY_ID, family.id())
                  .putNested(
                      OP_POLICY,
                      ops ->
                          ops.putNested(
                              command,
                              op -> {
                                putIndex(POLICY_DO, ofDo, op);
                                putIndex(POLICY_DUMP, ofDump, op);
                              })));
    }
  }

  private @Nullable Integer index(int command, boolean dump) {
    FakePolicy policy = family.policy(command, dump);
    return policy == null ? null : indices.get(policy);
  }

  private static void putIndex(int type, @Nullable Integer index, AttributeWriter op) {
    if (index != null) {
      op.putU32(type, index);
    }
  }

  private void writeRule(FakePolicy table, int type, FakePolicy.Rule rule, FakeAnswer answer) {
    if (!rule.isTold()) {
      return;
    }
    answer.message(
        FakeController.GETPOLICY,
        a ->
            a.putU16(FakeController.FAMILY_ID, family.id())
                .putNested(
                    POLICY,
                    all ->
                        all.putNested(
                            indices.getOrDefault(table, 0),
                            t -> t.putNested(type, r -> rule.describe(r, indices)))));
  }
}
