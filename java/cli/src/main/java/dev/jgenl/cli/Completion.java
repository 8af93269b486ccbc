package dev.jgenl.cli;

import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds what may stand at the end of a command line, by what the help calls it. */
final class Completion {

  private final TypedWords typed;
  private final Candidates candidates;
  private final SpecSource specs;

  /**
   * Begins.
   *
   * @param typed the command line
   * @param candidates takes what is found
   * @param known the specs, unless the command line names a folder of others
   */
  Completion(TypedWords typed, Candidates candidates, SpecSource known) {
    this.typed = typed;
    this.candidates = candidates;
    String folder = typed.options().get("--spec-dir");
    specs = folder == null ? known : known.in(Path.of(folder));
  }

  /** Adds what there is to the candidates. */
  void find() throws IOException {
    Syntax.Option pending = typed.pending();
    if (pending != null) {
      addFor(pending.label());
    } else if (typed.last().startsWith("-")) {
      addOptions();
    } else if (typed.verb().isEmpty()) {
      addVerbs();
    } else {
      addFor(typed.label());
    }
  }

  private void addOptions() {
    if (typed.verb().isEmpty()) {
      candidates.add("--batch", "the requests of a file");
    }
    for (Syntax.Option option : typed.syntax().options()) {
      if (!option.isHidden()) {
        for (String name : option.names()) {
          candidates.add(name, option.description());
        }
      }
    }
  }

  private void addVerbs() {
    for (String name : Verbs.NAMES) {
      Syntax syntax = new Syntax();
      Objects.requireNonNull(Verbs.find(name)).describe(syntax);
      candidates.add(name, syntax.description()[0]);
    }
  }

  private void addFor(String label) throws IOException {
    switch (label) {
      case "SHELL" -> addChoices(CompletionVerb.SHELLS);
      case "ACTION" -> addChoices(SpecVerb.ACTIONS);
      case "FAMILY", "SPEC" -> candidates.addAll(specs.names());
      case "FAMILY[:GROUP]" -> addGroups();
      case "OPERATION" -> addOperations(model());
      case "NAME" -> candidates.addAll(DescribeVerb.names(model()));
      case "ATTRIBUTE" -> addAttributes(model());
      case "FORMAT" -> candidates.addAll(List.of("json", "jsonl", "pretty", "table", "hex"));
      case "WHEN" -> candidates.addAll(List.of("auto", "always", "never"));
      case "NETNS" -> candidates.addAll(Machine.namespaces());
      default -> {
        // Whatever else there is, files are what a shell offers by itself.
      }
    }
  }

  private void addChoices(List<Syntax.Choice> choices) {
    for (Syntax.Choice choice : choices) {
      candidates.add(choice.word(), choice.description());
    }
  }

  private Family model() throws IOException {
    String name = typed.parameter("FAMILY");
    return specs.family(name == null ? "" : name);
  }

  private void addGroups() throws IOException {
    int colon = typed.last().indexOf(':');
    if (colon < 0) {
      candidates.addAll(specs.names());
      return;
    }
    String family = typed.last().substring(0, colon);
    for (Group group : specs.family(family).groups()) {
      candidates.add(family + ":" + group.name(), "");
    }
  }

  private void addOperations(Family model) {
    for (Operation operation : model.operations()) {
      if (isAsked(operation)) {
        candidates.add(operation.name(), operation.doc());
      }
    }
  }

  private boolean isAsked(Operation operation) {
    return switch (typed.verb()) {
      case "do" -> operation.doCall().isPresent();
      case "dump" -> operation.dump().isPresent();
      default -> Commands.isRequest(operation);
    };
  }

  private void addAttributes(Family model) throws IOException {
    String name = typed.parameter("OPERATION");
    Operation operation = name == null ? null : Models.find(model, name);
    if (operation != null) {
      Optional<Call> call = typed.verb().equals("dump") ? operation.dump() : operation.doCall();
      if (call.isPresent()) {
        new AttributeCompletion(
                model, typed.parameters(), new Machine(typed.options().get("-n")), candidates)
            .add(typed.last(), operation, call.get());
      }
    }
  }
}
