package dev.jgenl.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a command hears what the kernel tells.
 *
 * @param duration at most; null for ever
 * @param count how many messages at most
 * @param buffer of the kernel for what was not read yet, in bytes
 */
record Limits(@Nullable Duration duration, long count, int buffer) {

  /** What holds some hundred thousand messages. Memory is taken as they come. */
  private static final int BUFFER = 64 << 20;

  private static final double MOST_SECONDS = 1e9;

  /** Adds the options to a verb. */
  static void addTo(Syntax verb) {
    verb.addOption(Options.value("SECONDS", "end after this time", "--duration"));
    verb.addOption(Options.value("NUMBER", "end after so many messages", "--count"));
    verb.addOption(
        Options.value(
            "BYTES",
            "the kernel's buffer, beyond which messages are lost: 67108864, or what is allowed",
            "--buffer"));
  }

  /** A command ends by itself. */
  static void refuse(Parsed parsed) {
    for (String option : List.of("--duration", "--count", "--buffer")) {
      if (Options.text(parsed, option) != null) {
        throw new CommandException(
            ExitStatus.USAGE, option + " is for what the kernel tells, and not for a command");
      }
    }
  }

  /** Returns what they say. */
  static Limits of(Parsed parsed) {
    String seconds = Options.text(parsed, "--duration");
    return new Limits(
        seconds == null ? null : duration(seconds),
        number(parsed, "--count", Long.MAX_VALUE, Long.MAX_VALUE),
        (int) number(parsed, "--buffer", BUFFER, Integer.MAX_VALUE));
  }

  private static Duration duration(String seconds) {
    double number;
    try {
      number = Double.parseDouble(seconds);
    } catch (NumberFormatException e) {
      number = 0;
    }
    if (!(number > 0 && number <= MOST_SECONDS)) {
      throw Options.wrong("--duration", seconds, "a number of seconds");
    }
    return Duration.ofNanos((long) Math.ceil(number * 1e9));
  }

  private static long number(Parsed parsed, String option, long otherwise, long most) {
    String text = Options.text(parsed, option);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Options.wrong(option, text, "a number of 1 or more");
  }
}
