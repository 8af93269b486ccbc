package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Continuation;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at operations and multicast groups. */
final class OperationCheck {

  private static final String RENAME = "give one of the two another name";
  private static final String RENUMBER = "give one of the two another value";
  private static final List<String> LIST = List.of("operations", "list");
  private static final List<String> GROUPS = List.of("mcast-groups", "list");

  private final Known known;
  private final Findings findings;
  private final List<String> operationNames;
  private final List<String> groupNames;

  OperationCheck(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
    operationNames = known.family().operations().stream().map(Operation::name).toList();
    groupNames = known.family().groups().stream().map(Group::name).toList();
  }

  void check() {
    List<Operation> operations = known.family().operations();
    findings.requireDistinct(LIST, "operation", operations, Operation::name, RENAME);
    requireDistinctNumbers("do", Operation::doCall);
    requireDistinctNumbers("dump", Operation::dump);
    findings.requireDistinct(
        LIST,
        "event with the number",
        operations.stream().flatMap(operation -> operation.event().stream()).toList(),
        event -> "" + event.id(),
        RENUMBER);
    for (Operation operation : operations) {
      check(Findings.path(LIST, operation.name()), operation);
    }
    findings.requireDistinct(GROUPS, "group", known.family().groups(), Group::name, RENAME);
    if (known.family().protocol() instanceof Protocol.Raw) {
      requireGroupNumbers();
    }
  }

  /** Attributes of another set may make another operation of a number. */
  private void requireDistinctNumbers(String kind, Function<Operation, Optional<Call>> call) {
    findings.requireDistinct(
        LIST,
        kind + " with the number",
        known.family().operations().stream().filter(o -> call.apply(o).isPresent()).toList(),
        operation ->
            call.apply(operation).orElseThrow().request().id()
                + operation.set().map(set -> " and the set " + set).orElse(""),
        RENUMBER);
  }

  private void requireGroupNumbers() {
    for (Group group : known.family().groups()) {
      if (group.id().isEmpty()) {
        findings.add(
            Findings.path(GROUPS, group.name()),
            "a group of a protocol of its own without a number",
            "give the kernel's as value");
      }
    }
  }

  private void check(List<String> path, Operation operation) {
    operation
        .set()
        .ifPresent(
            set ->
                findings.require(
                    Findings.path(path, "attribute-set"), "attribute set", set, known.sets()));
    operation
        .header()
        .ifPresent(
            header ->
                findings.require(
                    Findings.path(path, "fixed-header"), "struct", header, known.structs()));
    operation
        .notifies()
        .ifPresent(
            other ->
                findings.require(
                    Findings.path(path, "notify"), "operation", other, operationNames));
    operation
        .group()
        .ifPresent(
            group -> findings.require(Findings.path(path, "mcgrp"), "group", group, groupNames));
    operation.doCall().ifPresent(call -> check(Findings.path(path, "do"), operation, call));
    operation.dump().ifPresent(call -> check(Findings.path(path, "dump"), operation, call));
    operation.event().ifPresent(event -> check(Findings.path(path, "event"), operation, event));
    operation.continuation().ifPresent(next -> check(path, operation, next));
  }

  private void check(List<String> path, Operation operation, Call call) {
    check(Findings.path(path, "request"), operation, call.request());
    call.reply().ifPresent(reply -> check(Findings.path(path, "reply"), operation, reply));
  }

  private void check(List<String> path, Operation operation, Layout layout) {
    if (operation.set().isEmpty() && !layout.attributes().isEmpty()) {
      findings.add(path, "attributes without a set", "give the operation an attribute-set");
      return;
    }
    for (String attribute : layout.attributes()) {
      requireAttribute(Findings.path(path, "attributes", attribute), operation, attribute);
    }
  }

  private void requireAttribute(List<String> path, Operation operation, String attribute) {
    String set = operation.set().orElse("");
    findings.require(path, "attribute of " + set, attribute, known.attributes(set));
  }

  private void check(List<String> path, Operation operation, Continuation continuation) {
    if (operation.dump().isEmpty() && operation.doCall().isEmpty()) {
      findings.add(
          Findings.path(path, "continues"),
          "nothing goes on where nothing is asked for",
          "leave continues out");
    }
    for (String key : continuation.key()) {
      requireAttribute(Findings.path(path, "continues", "key", key), operation, key);
    }
    continuation
        .elements()
        .forEach(
            (array, element) -> {
              checkElements(Findings.path(path, "continues"), array, element.key());
              element
                  .kept()
                  .keySet()
                  .forEach(flags -> checkElements(Findings.path(path, "continues"), array, flags));
            });
  }

  private void checkElements(List<String> path, String array, String key) {
    boolean found =
        known.family().sets().stream()
            .map(AttributeSet::attributes)
            .flatMap(List::stream)
            .filter(attribute -> attribute.name().equals(array))
            .anyMatch(attribute -> known.attributes(elements(attribute.type())).contains(key));
    if (!found) {
      findings.add(
          Findings.path(path, "elements", array),
          "there is no array " + array + " of nests with " + key,
          "name the array, and an attribute of the set of its elements");
    }
  }

  /** The name of the set of what an array holds; empty if that is no nest. */
  private static String elements(Type type) {
    if (type instanceof Type.IndexedArray array) {
      return elements(array.element());
    }
    return type instanceof Type.Nest nest ? nest.set() : "";
  }
}
