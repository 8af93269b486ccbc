package dev.jgenl.cli;

import java.time.Duration;
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
    String why = "is for what the kernel tells, and not for a command";
    Options.refuse(parsed, why, "--duration", "--count", "--buffer");
  }

  /** Returns what they say. */
  static Limits of(Parsed parsed) {
    return new Limits(
        Options.seconds(parsed, "--duration"),
        Options.number(parsed, "--count", 1, Long.MAX_VALUE, Long.MAX_VALUE),
        (int) Options.number(parsed, "--buffer", 1, Integer.MAX_VALUE, BUFFER));
  }
}
