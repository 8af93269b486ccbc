package dev.jgenl.spec;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of families by the numbers in messages. */
final class FamilyNumbers {

  private static final int GENERIC = 16;
  private static final int CONTROLLER = 16;

  /** The kernel gives no more; a recording may say what it likes. */
  private static final int FAMILIES_MAX = 1 << 16;

  private final Map<String, Family> generic = new HashMap<>();
  private final Map<Integer, List<Family>> raw = new HashMap<>();
  private final Map<String, Operations> operations = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();

  FamilyNumbers(Specs specs) {
    for (String name : specs.names()) {
      Family family = specs.family(name);
      if (family.protocol() instanceof Protocol.Generic g) {
        generic.put(g.family(), family);
      } else {
        int protocol = ((Protocol.Raw) family.protocol()).number();
        raw.computeIfAbsent(protocol, p -> new ArrayList<>()).add(family);
      }
    }
    names.put(CONTROLLER, "nlctrl");
  }

  /** From now on the number is that of a family of Generic Netlink. */
  void learn(int id, String family) {
    if (names.containsKey(id) || names.size() < FAMILIES_MAX) {
      names.put(id, family);
    }
  }

  /** Returns how a family is called; its number if it has no name, nothing of other protocols. */
  String name(int protocol, int type) {
    if (protocol != GENERIC) {
      return "";
    }
    String name = names.get(type);
    Family family = name == null ? null : generic.get(name);
    return family != null ? family.name() : name != null ? name : Integer.toString(type);
  }

  /**
   * Finds what a message is.
   *
   * @param type of the message
   * @param command of Generic Netlink
   * @param toKernel whether it is a request
   * @param asked what it may be an answer to
   */
  @Nullable KnownMessage find(
      int protocol,
      int type,
      int command,
      ByteOrder order,
      boolean toKernel,
      @Nullable KnownMessage asked) {
    if (protocol == GENERIC) {
      Family family = generic.get(names.getOrDefault(type, ""));
      return family == null ? null : find(family, command, 20, order, toKernel, asked);
    }
    for (Family family : raw.getOrDefault(protocol, List.of())) {
      KnownMessage found = find(family, type, 16, order, toKernel, asked);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable KnownMessage find(
      Family family,
      int id,
      int headerStart,
      ByteOrder order,
      boolean toKernel,
      @Nullable KnownMessage asked) {
    Operations of =
        operations.computeIfAbsent(
            family.name() + " " + order, key -> new Operations(family, order));
    if (!toKernel && asked != null && asked.operations() == of) {
      if (of.isReply(asked.operation(), id)) {
        return asked;
      }
    }
    Operation operation = toKernel ? of.request(id) : of.event(id);
    return operation == null ? null : new KnownMessage(of, operation, headerStart);
  }
}
