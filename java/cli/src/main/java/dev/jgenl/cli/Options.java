package dev.jgenl.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Makes options without annotations, which would cost a third of the time of a call, and reads
 * them.
 */
final class Options {

  private Options() {}

  /** Makes one that has no value. */
  static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names).description(description).build();
  }

  /** Makes one that has a value; the last counts. */
  static OptionSpec value(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** Makes one that help does not show. */
  static OptionSpec hidden(boolean hasValue, String... names) {
    OptionSpec.Builder option = OptionSpec.builder(names).hidden(true);
    return (hasValue ? option.type(String.class).arity("1") : option).build();
  }

  /** Makes a parameter that must be there. */
  static PositionalParamSpec parameter(int index, String label, String description) {
    return parameter(Integer.toString(index), "1", label, description);
  }

  /** Makes a parameter that may be there. */
  static PositionalParamSpec optional(int index, String label, String description) {
    return parameter(Integer.toString(index), "0..1", label, description);
  }

  private static PositionalParamSpec parameter(
      String index, String arity, String label, String description) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity(arity)
        .required(arity.equals("1"))
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** Makes any number of parameters from an index on. */
  static PositionalParamSpec parameters(int first, String arity, String label, String description) {
    return PositionalParamSpec.builder()
        .index(first + "..*")
        .arity(arity)
        .required(!arity.startsWith("0"))
        .type(String[].class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  static boolean has(ParseResult parsed, String option) {
    return parsed.hasMatchedOption(option);
  }

  static @Nullable String text(ParseResult parsed, String option) {
    return parsed.matchedOptionValue(option, null);
  }

  static @Nullable String parameter(ParseResult parsed, int index) {
    return parsed.matchedPositionalValue(index, null);
  }

  static String[] parameters(ParseResult parsed, int first) {
    return parsed.matchedPositionalValue(first, new String[0]);
  }

  /** Says that an option has a value that it does not take. */
  static CommandException wrong(String option, String value, String wanted) {
    return new CommandException(
        ExitStatus.USAGE, option + " takes " + wanted + ", not '" + value + "'");
  }
}
