package dev.jgenl.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verb takes: what {@link CommandParser}, {@link Help}, {@link Completion} and {@link
 * ManPage} go by. Apache Commons CLI knows options alone, and none that are hidden.
 */
final class Syntax {

  /**
   * An option.
   *
   * @param names such as -o and --output
   * @param label what its value is called; empty if it has none
   * @param description what it is for; empty if help does not show it
   * @param isOnce whether it may not be repeated; else the last counts
   */
  record Option(List<String> names, String label, String description, boolean isOnce) {

    boolean hasValue() {
      return !label.isEmpty();
    }

    boolean isHidden() {
      return description.isEmpty();
    }

    /** Returns the name that says most. */
    String longestName() {
      String longest = names.get(0);
      for (String name : names) {
        longest = name.length() > longest.length() ? name : longest;
      }
      return longest;
    }

    /** Returns the same for the library, which has a short name, a long one, or both. */
    org.apache.commons.cli.Option forLibrary() {
      @Nullable String shortName = null;
      @Nullable String longName = null;
      for (String name : names) {
        if (name.startsWith("--")) {
          longName = name.substring(2);
        } else {
          shortName = name.substring(1);
        }
      }
      org.apache.commons.cli.Option option =
          new org.apache.commons.cli.Option(shortName, longName, hasValue(), description);
      option.setArgName(label);
      return option;
    }
  }

  /**
   * A word that a parameter may be.
   *
   * @param word the word
   * @param description what it means
   */
  record Choice(String word, String description) {}

  /**
   * A parameter, the next of those that have no name.
   *
   * @param least how many there must be
   * @param most how many there may be
   * @param label what it is called
   * @param choices what it may be; empty if it may be anything
   * @param description what it is for
   */
  record Parameter(int least, int most, String label, List<Choice> choices, String description) {

    /** Returns how usage shows it. */
    String synopsis() {
      String many = most > 1 ? label + "..." : label;
      return least > 0 ? many : "[" + many + "]";
    }
  }

  private final List<Option> options = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private String[] description = {};

  /** Says what the verb does, first in a line. */
  void description(String... lines) {
    description = lines.clone();
  }

  String[] description() {
    return description.clone();
  }

  void addOption(Option option) {
    options.add(option);
  }

  void addPositional(Parameter parameter) {
    parameters.add(parameter);
  }

  List<Option> options() {
    return options;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** Returns an option by one of its names, or null. */
  @Nullable Option find(String name) {
    for (Option option : options) {
      if (option.names.contains(name)) {
        return option;
      }
    }
    return null;
  }
}
