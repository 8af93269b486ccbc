package dev.jgenl.cli;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the last word of a command line may become. */
final class Completion {

  private final SpecSource specs;

  Completion(SpecSource specs) {
    this.specs = specs;
  }

  /**
   * Returns the candidates.
   *
   * @param words those behind the name of the program, at least one; the last is to be completed
   */
  List<String> of(List<String> words) throws IOException {
    String current = words.get(words.size() - 1);
    List<String> candidates = new ArrayList<>();
    for (String candidate : all(words.subList(0, words.size() - 1), current)) {
      if (candidate.startsWith(current) && Printable.escape(candidate).equals(candidate)) {
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  private List<String> all(List<String> before, String current) throws IOException {
    String last = before.isEmpty() ? "" : before.get(before.size() - 1);
    if (CommonOptions.takesValue(last)) {
      return values(last);
    }
    Arguments arguments = Arguments.of(before.toArray(new String[0]));
    Verb verb = Verbs.find(arguments.verb());
    if (verb == null) {
      if (!arguments.verb().isEmpty()) {
        return List.of();
      }
      return current.startsWith("-") ? options(new Syntax()) : Verbs.NAMES;
    }
    Syntax spec = new Syntax();
    verb.describe(spec);
    if (current.startsWith("-")) {
      return options(spec);
    }
    Syntax.Option option = spec.find(last);
    if (option != null && option.hasValue()) {
      return List.of();
    }
    return parameters(arguments, positionals(spec, arguments.rest()), current);
  }

  private static List<String> values(String option) throws IOException {
    return switch (option) {
      case "-o", "--output" -> List.of("json", "jsonl", "pretty", "table", "hex");
      case "--color" -> List.of("auto", "always", "never");
      case "-n", "--netns" -> Machine.namespaces();
      default -> List.of();
    };
  }

  private static List<String> options(Syntax spec) {
    CommonOptions.addTo(spec);
    List<String> names = new ArrayList<>();
    for (Syntax.Option option : spec.options()) {
      if (!option.isHidden()) {
        names.add(option.longestName());
      }
    }
    return names;
  }

  /** Returns the words that are neither options nor their values. */
  private static List<String> positionals(Syntax spec, List<String> words) {
    List<String> positionals = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).startsWith("-")) {
        positionals.add(words.get(i));
      } else {
        Syntax.Option option = spec.find(words.get(i));
        if (CommonOptions.takesValue(words.get(i)) || (option != null && option.hasValue())) {
          i++;
        }
      }
    }
    return positionals;
  }

  private List<String> parameters(Arguments arguments, List<String> given, String current)
      throws IOException {
    String verb = arguments.verb();
    return switch (verb) {
      case "completion" -> CompletionVerb.SHELLS;
      case "spec" -> given.isEmpty() ? SpecVerb.ACTIONS : specs.names();
      case "monitor" -> sources(current);
      case "describe", "do", "dump", "policy", "check" -> ofFamily(verb, given, current);
      default -> List.of();
    };
  }

  private List<String> ofFamily(String verb, List<String> given, String current)
      throws IOException {
    if (given.isEmpty()) {
      return specs.names();
    }
    Family family = specs.find(given.get(0));
    if (family == null) {
      return List.of();
    } else if (given.size() == 1) {
      return verb.equals("describe") ? DescribeVerb.names(family) : operations(family, verb);
    }
    Operation operation = Models.find(family, given.get(1));
    boolean asks = verb.equals("do") || verb.equals("dump");
    return operation == null || !asks
        ? List.of()
        : new AttributePaths(family, operation, verb.equals("dump"), given.subList(2, given.size()))
            .of(current);
  }

  /** Returns what can be listened to: families, and their groups. */
  private List<String> sources(String current) throws IOException {
    int colon = current.indexOf(':');
    @Nullable Family family = colon < 0 ? null : specs.find(current.substring(0, colon));
    if (family == null) {
      return specs.names();
    }
    List<String> sources = new ArrayList<>();
    for (Group group : family.groups()) {
      sources.add(current.substring(0, colon + 1) + group.name());
    }
    return sources;
  }

  private static List<String> operations(Family family, String verb) {
    List<String> names = new ArrayList<>();
    for (Operation operation : family.operations()) {
      boolean fits =
          switch (verb) {
            case "do" -> operation.doCall().isPresent();
            case "dump" -> operation.dump().isPresent();
            case "policy" -> Commands.isRequest(operation);
            default -> false;
          };
      if (fits) {
        names.add(operation.name());
      }
    }
    return names;
  }
}
