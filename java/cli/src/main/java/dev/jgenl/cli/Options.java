package dev.jgenl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes options and parameters of a {@link Syntax}, and reads them. */
final class Options {

  private static final double MOST_SECONDS = 1e9;

  private Options() {}

  /** Makes an option that has no value. */
  static Syntax.Option flag(String description, String... names) {
    return new Syntax.Option(List.of(names), "", description, false);
  }

  /** Makes one that has a value; the last counts. */
  static Syntax.Option value(String label, String description, String... names) {
    return new Syntax.Option(List.of(names), label, description, false);
  }

  /** Makes one that has a value, which a second would throw away. */
  static Syntax.Option once(String label, String description, String... names) {
    return new Syntax.Option(List.of(names), label, description, true);
  }

  /** Makes one that help does not show. */
  static Syntax.Option hidden(boolean hasValue, String... names) {
    return new Syntax.Option(List.of(names), hasValue ? "VALUE" : "", "", false);
  }

  /** Makes a parameter that must be there. */
  static Syntax.Parameter parameter(String label, String description) {
    return new Syntax.Parameter(1, 1, label, List.of(), description);
  }

  /** Makes a parameter that must be one of these words. */
  static Syntax.Parameter choice(String label, List<Syntax.Choice> choices, String description) {
    return new Syntax.Parameter(1, 1, label, choices, description);
  }

  /** Makes a parameter that may be there. */
  static Syntax.Parameter optional(String label, String description) {
    return new Syntax.Parameter(0, 1, label, List.of(), description);
  }

  /** Makes all parameters that follow. */
  static Syntax.Parameter parameters(int least, String label, String description) {
    return new Syntax.Parameter(least, Integer.MAX_VALUE, label, List.of(), description);
  }

  static boolean has(Parsed parsed, String option) {
    return parsed.options().containsKey(option);
  }

  static @Nullable String text(Parsed parsed, String option) {
    return parsed.options().get(option);
  }

  /**
   * Returns a number that is the value of an option.
   *
   * @param option of which it is
   * @param least what it must be at least
   * @param most what it may be at most
   * @param otherwise what to return without that option
   */
  static long number(Parsed parsed, String option, long least, long most, long otherwise) {
    String text = text(parsed, option);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(option, text, "a number from " + least + " to " + most);
  }

  /** Returns the seconds that are the value of an option, or null without that option. */
  static @Nullable Duration seconds(Parsed parsed, String option) {
    String text = text(parsed, option);
    if (text == null) {
      return null;
    }
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      number = 0;
    }
    if (!(number > 0 && number <= MOST_SECONDS)) {
      throw wrong(option, text, "seconds, more than 0 and at most 1000000000");
    }
    return Duration.ofNanos((long) Math.ceil(number * 1e9));
  }

  /** Returns the folder that is the value of an option, or null without that option. */
  static @Nullable Path folder(Parsed parsed, String option) {
    String text = text(parsed, option);
    if (text != null && (text.isEmpty() || !Files.isDirectory(Path.of(text)))) {
      throw wrong(option, text, "a folder");
    }
    return text == null ? null : Path.of(text);
  }

  /** The same of one that need not be there yet. */
  static @Nullable Path newFolder(Parsed parsed, String option) {
    String text = text(parsed, option);
    return text != null && !text.isEmpty() && Files.notExists(Path.of(text))
        ? Path.of(text)
        : folder(parsed, option);
  }

  /** Returns the file of this name. */
  static Path file(String text) {
    if (text.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, "the name of the file is empty");
    }
    return Path.of(text);
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

  /** Refuses options that would do nothing here, rather than to pass over them. */
  static void refuse(Parsed parsed, String why, String... options) {
    for (String option : options) {
      if (has(parsed, option)) {
        throw new CommandException(ExitStatus.USAGE, option + " " + why);
      }
    }
  }

  /** Refuses to show messages where none come. */
  static void refuseMessages(Parsed parsed, Settings settings) {
    String why = "is for messages: the kernel is not asked";
    refuse(parsed, why, "-v");
    if (settings.format() == Format.HEX) {
      throw new CommandException(ExitStatus.USAGE, "-o hex " + why);
    }
  }

  /** Refuses a format where no data is printed. */
  static void refuseFormat(Parsed parsed, String what) {
    refuse(parsed, "is for data, and not for " + what, "-o", "-j", "-p", "--output-json");
  }

  /** Says that an option has a value that it does not take. */
  static CommandException wrong(String option, String value, String wanted) {
    return new CommandException(
        ExitStatus.USAGE, option + " takes " + wanted + ", not '" + value + "'");
  }
}
