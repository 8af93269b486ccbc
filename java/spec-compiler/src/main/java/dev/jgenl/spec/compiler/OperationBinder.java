package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Continuation;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers the operations, and says what their messages hold. */
final class OperationBinder {

  private static final Map<String, Operation.Privilege> PRIVILEGES =
      Map.of(
          "admin-perm", Operation.Privilege.ADMIN,
          "uns-admin-perm", Operation.Privilege.NAMESPACE_ADMIN);

  private final CNames cNames;
  private final Fields operations;
  private final Optional<String> onlyGroup;
  private final OperationNumbers numbers;
  private final List<Fields> trees = new ArrayList<>();
  private final Map<String, Fields> byName = new LinkedHashMap<>();

  /**
   * Events of which nothing is said are in the only group.
   *
   * @param most the greatest number of an operation
   */
  OperationBinder(CNames cNames, Fields operations, Optional<String> onlyGroup, int most)
      throws SpecException {
    this.cNames = cNames;
    this.operations = operations;
    this.onlyGroup = onlyGroup;
    numbers = OperationNumbers.of(operations, most);
    for (Tree tree : operations.items("list")) {
      Fields operation = Fields.of("an operation", tree, Keys.OPERATION);
      trees.add(operation);
      byName.putIfAbsent(operation.text("name"), operation);
    }
  }

  List<Operation> bind() throws SpecException {
    List<Operation> bound = new ArrayList<>();
    for (Fields tree : trees) {
      bound.add(bind(tree, numbers.next(tree)));
    }
    return bound;
  }

  private Operation bind(Fields tree, OperationNumbers.Ids ids) throws SpecException {
    Fields notified = notified(tree);
    Fields described = notified == null ? tree : notified;
    boolean told = notified != null || tree.has("event");
    Optional<String> set = tree.optionalText("attribute-set");
    return new Operation(
        tree.text("name"),
        tree.doc(),
        set.isPresent() ? set : described.optionalText("attribute-set"),
        header(tree, described),
        call(tree.fields("do", Keys.CALL), ids.doCall()),
        call(tree.fields("dump", Keys.CALL), ids.dump()),
        event(tree, notified, ids.event()),
        tree.optionalText("notify"),
        group(tree, told),
        privileges(tree),
        continuation(tree),
        cNames.operation(operations, tree));
  }

  private @Nullable Fields notified(Fields tree) throws SpecException {
    if (!tree.has("notify")) {
      return null;
    }
    String name = tree.text("notify");
    Fields notified = byName.get(name);
    if (notified == null) {
      throw new SpecException(
          tree.place("notify"),
          "there is no operation " + name + Nearest.remedy(name, byName.keySet()));
    }
    return notified;
  }

  private Optional<String> header(Fields tree, Fields described) throws SpecException {
    for (Fields says : List.of(tree, described, operations)) {
      if (says.has("fixed-header")) {
        return says.optionalText("fixed-header");
      }
    }
    return Optional.empty();
  }

  private static Optional<Call> call(@Nullable Fields tree, OperationNumbers.Pair ids)
      throws SpecException {
    if (tree == null) {
      return Optional.empty();
    }
    Fields request = tree.fields("request", Keys.LAYOUT);
    Fields reply = tree.fields("reply", Keys.LAYOUT);
    return Optional.of(
        new Call(
            new Layout(ids.request(), request == null ? List.of() : attributes(request)),
            reply == null
                ? Optional.empty()
                : Optional.of(new Layout(ids.reply(), attributes(reply)))));
  }

  /** Each once: in some specs one stands twice. */
  private static List<String> attributes(Fields layout) throws SpecException {
    return layout.texts("attributes").stream().distinct().toList();
  }

  /** What is notified looks like the reply to a do, or to a dump if there is no do. */
  private static Optional<Layout> event(Fields tree, @Nullable Fields notified, int id)
      throws SpecException {
    Fields event = tree.fields("event", Keys.EVENT);
    if (event != null) {
      return Optional.of(new Layout(id, attributes(event)));
    }
    if (notified == null) {
      return Optional.empty();
    }
    for (String kind : List.of("do", "dump")) {
      Fields call = notified.fields(kind, Keys.CALL);
      Fields reply = call == null ? null : call.fields("reply", Keys.LAYOUT);
      if (reply != null) {
        return Optional.of(new Layout(id, attributes(reply)));
      }
    }
    throw new SpecException(
        tree.place("notify"),
        tree.text("notify") + " has no reply that this could look like: describe an event instead");
  }

  private Optional<String> group(Fields tree, boolean told) throws SpecException {
    return told && !tree.has("mcgrp") ? onlyGroup : tree.optionalText("mcgrp");
  }

  private static Set<Operation.Privilege> privileges(Fields tree) throws SpecException {
    Set<Operation.Privilege> privileges = EnumSet.noneOf(Operation.Privilege.class);
    for (String flag : tree.texts("flags")) {
      Operation.Privilege privilege = PRIVILEGES.get(flag);
      if (privilege == null) {
        throw new SpecException(
            tree.place("flags"),
            "there is no flag " + flag + Nearest.remedy(flag, PRIVILEGES.keySet()));
      }
      privileges.add(privilege);
    }
    return privileges;
  }

  private static Optional<Continuation> continuation(Fields tree) throws SpecException {
    Fields continues = tree.fields("continues", Keys.CONTINUES);
    if (continues == null) {
      return Optional.empty();
    }
    Map<String, Continuation.Element> elements = new LinkedHashMap<>();
    Tree arrays = continues.get("elements");
    if (arrays != null) {
      Fields keys = Fields.of("elements", arrays);
      for (String array : keys.mapping().fields().keySet()) {
        elements.put(array, element(keys, array));
      }
    }
    return Optional.of(new Continuation(continues.texts("key"), elements));
  }

  private static Continuation.Element element(Fields elements, String array) throws SpecException {
    if (!(elements.get(array) instanceof Tree.Mapping)) {
      return new Continuation.Element(elements.text(array), Map.of());
    }
    Fields element = Objects.requireNonNull(elements.fields(array, Keys.CONTINUED));
    Map<String, List<String>> kept = new LinkedHashMap<>();
    Tree keep = element.get("keep");
    if (keep != null) {
      Fields flags = Fields.of("keep", keep);
      for (String attribute : flags.mapping().fields().keySet()) {
        kept.put(attribute, flags.texts(attribute));
      }
    }
    return new Continuation.Element(element.text("key"), kept);
  }
}
