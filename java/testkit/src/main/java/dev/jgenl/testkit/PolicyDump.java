package dev.jgenl.testkit;

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
    family.commands().forEach(command -> add(family.policy(command)));
    for (int i = 0; i < tables.size(); i++) {
      tables.get(i).rules().values().forEach(rule -> add(rule.within()));
    }
  }

  private void add(@Nullable FakePolicy policy) {
    if (policy != null && policy.maxType() > 0 && !indices.containsKey(policy)) {
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
    for (int command : family.commands()) {
      Integer table = indices.get(family.policy(command));
      if (table != null) {
        writeCommand(command, table, answer);
      }
    }
    for (FakePolicy table : tables) {
      table.rules().forEach((type, rule) -> writeRule(table, type, rule, answer));
    }
  }

  private void writeCommand(int command, int table, FakeAnswer answer) {
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
                              if (family.dos().containsKey(command)) {
                                op.putU32(POLICY_DO, table);
                              }
                              if (family.dumps().containsKey(command)) {
                                op.putU32(POLICY_DUMP, table);
                              }
                            })));
  }

  private void writeRule(FakePolicy table, int type, FakePolicy.Rule rule, FakeAnswer answer) {
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
