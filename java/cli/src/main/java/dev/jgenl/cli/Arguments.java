package dev.jgenl.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The command line, taken apart.
 *
 * @param verb the verb; empty if there is none
 * @param rest what stands behind it, and common options that stood in front of it
 */
record Arguments(String verb, List<String> rest) {

  /**
   * Copies what it is given.
   *
   * @param verb as {@link #verb()}
   * @param rest as {@link #rest()}
   */
  Arguments {
    rest = List.copyOf(rest);
  }

  /** Finds the verb behind options that all verbs have. */
  static Arguments of(String... arguments) {
    List<String> rest = new ArrayList<>();
    int at = 0;
    while (at < arguments.length && arguments[at].startsWith("-")) {
      if (isBatch(arguments[at])) {
        return batch(rest, arguments, at);
      }
      if (Pyynl.isOption(arguments[at])) {
        return Pyynl.translate(arguments);
      }
      rest.add(arguments[at]);
      if (CommonOptions.takesValue(arguments[at]) && at + 1 < arguments.length) {
        rest.add(arguments[++at]);
      }
      at++;
    }
    String verb = at < arguments.length ? arguments[at++] : "";
    for (; at < arguments.length; at++) {
      rest.add(arguments[at]);
    }
    return new Arguments(verb, rest);
  }

  private static boolean isBatch(String option) {
    return option.equals("-b") || option.equals("--batch") || option.startsWith("--batch=");
  }

  /** The option is a verb, and its value the first parameter. */
  private static Arguments batch(List<String> before, String[] arguments, int at) {
    List<String> rest = new ArrayList<>(before);
    int equals = arguments[at].indexOf('=');
    if (equals > 0) {
      rest.add(arguments[at].substring(equals + 1));
    }
    for (int i = at + 1; i < arguments.length; i++) {
      rest.add(arguments[i]);
    }
    return new Arguments("batch", rest);
  }
}
