package dev.jgenl.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes options and parameters of a {@link Syntax}, and reads them. */
final class Options {

  private Options() {}

  /** Makes an option that has no value. */
  static Syntax.Option flag(String description, String... names) {
    return new Syntax.Option(List.of(names), "", description);
  }

  /** Makes one that has a value; the last counts. */
  static Syntax.Option value(String label, String description, String... names) {
    return new Syntax.Option(List.of(names), label, description);
  }

  /** Makes one that help does not show. */
  static Syntax.Option hidden(boolean hasValue, String... names) {
    return new Syntax.Option(List.of(names), hasValue ? "VALUE" : "", "");
  }

  /** Makes a parameter that must be there. */
  static Syntax.Parameter parameter(String label, String description) {
    return new Syntax.Parameter(1, 1, label, description);
  }

  /** Makes a parameter that may be there. */
  static Syntax.Parameter optional(String label, String description) {
    return new Syntax.Parameter(0, 1, label, description);
  }

  /** Makes all parameters that follow. */
  static Syntax.Parameter parameters(int least, String label, String description) {
    return new Syntax.Parameter(least, Integer.MAX_VALUE, label, description);
  }

  static boolean has(Parsed parsed, String option) {
    return parsed.options().containsKey(option);
  }

  static @Nullable String text(Parsed parsed, String option) {
    return parsed.options().get(option);
  }

  static @Nullable String parameter(Parsed parsed, int index) {
    return index < parsed.parameters().size() ? parsed.parameters().get(index) : null;
  }

  /** Returns the parameters from an index on. */
  static String[] parameters(Parsed parsed, int first) {
    List<String> all = parsed.parameters();
    return first < all.size()
        ? all.subList(first, all.size()).toArray(new String[0])
        : new String[0];
  }

  /** Refuses to print messages where none come. */
  static void refuseHex(Settings settings) {
    if (settings.format() == Format.HEX) {
      throw new CommandException(
          ExitStatus.USAGE, "-o hex is for messages: the kernel is not asked");
    }
  }

  /** Says that an option has a value that it does not take. */
  static CommandException wrong(String option, String value, String wanted) {
    return new CommandException(
        ExitStatus.USAGE, option + " takes " + wanted + ", not '" + value + "'");
  }
}
