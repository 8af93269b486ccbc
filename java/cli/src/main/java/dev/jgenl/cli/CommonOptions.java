package dev.jgenl.cli;

import java.time.Duration;
import java.util.Set;

/** The options that all verbs have. They may stand before the verb, too. */
final class CommonOptions {

  private static final Set<String> WITH_VALUE =
      Set.of("-o", "--output", "-n", "--netns", "--color", "--timeout", "--spec-dir");

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private CommonOptions() {}

  /** Tells whether a value follows an option. */
  static boolean takesValue(String option) {
    return WITH_VALUE.contains(option);
  }

  /** Adds them to a verb. */
  static void addTo(Syntax verb) {
    verb.addOption(Options.value("FORMAT", "json, jsonl, pretty, table or hex", "-o", "--output"));
    verb.addOption(Options.flag("the same as -o json", "-j"));
    verb.addOption(Options.flag("the same as -o pretty", "-p"));
    verb.addOption(Options.flag("colours", "-c"));
    verb.addOption(Options.value("WHEN", "colours: auto, always or never", "--color"));
    verb.addOption(
        Options.value(
            "NETNS", "in this network namespace: a name, a process or a file", "-n", "--netns"));
    verb.addOption(Options.value("SECONDS", "how long to wait for an answer: 5", "--timeout"));
    verb.addOption(Options.value("FOLDER", "look for specs here first", "--spec-dir"));
    verb.addOption(Options.flag("numbers beyond 2^53 as strings", "--json-strings"));
    verb.addOption(Options.flag("show messages as they are sent and received", "-v", "--verbose"));
    verb.addOption(Options.flag("this text", "-h", "--help"));
  }

  /** Returns what they say. */
  static Settings of(Parsed parsed, Environment environment) {
    String namespace = Options.text(parsed, "-n");
    Duration timeout = Options.seconds(parsed, "--timeout");
    Format format = format(parsed, environment);
    return new Settings(
        format,
        colors(parsed, environment, format),
        Options.has(parsed, "--json-strings"),
        namespace == null ? null : NetworkNamespace.find(namespace),
        timeout == null ? TIMEOUT : timeout,
        Options.folder(parsed, "--spec-dir"),
        Options.has(parsed, "-v"),
        Options.has(parsed, "--dry-run"));
  }

  private static Format format(Parsed parsed, Environment environment) {
    String name = Options.text(parsed, "-o");
    if (name != null) {
      requireOne(parsed, name);
      return switch (name) {
        case "json" -> Options.has(parsed, "-p") ? Format.PRETTY : Format.JSON;
        case "jsonl" -> Format.JSONL;
        case "pretty" -> Format.PRETTY;
        case "table" -> Format.TABLE;
        case "hex" -> Format.HEX;
        default -> throw Options.wrong("-o", name, "json, jsonl, pretty, table or hex");
      };
    } else if (Options.has(parsed, "-p")) {
      return Format.PRETTY;
    }
    boolean json = Options.has(parsed, "-j") || Options.has(parsed, "--output-json");
    return environment.isTerminal() && !json ? Format.TABLE : Format.JSON;
  }

  /** What is JSON may be so twice; else one option would be passed over. */
  private static void requireOne(Parsed parsed, String format) {
    String why = "and -o " + format + " are two formats";
    if (!format.startsWith("json") && !format.equals("pretty")) {
      Options.refuse(parsed, why, "-j", "--output-json");
    }
    if (!format.equals("json") && !format.equals("pretty")) {
      Options.refuse(parsed, why, "-p");
    }
  }

  private static boolean colors(Parsed parsed, Environment environment, Format format) {
    String when = Options.text(parsed, "--color");
    if (when != null) {
      Options.refuse(parsed, "and --color are two answers to one question", "-c");
    } else {
      when = Options.has(parsed, "-c") ? "always" : "auto";
    }
    return switch (when) {
      case "always" -> true;
      case "never" -> false;
      case "auto" ->
          environment.isTerminal()
              && environment.colors()
              && (format == Format.TABLE || format == Format.PRETTY);
      default -> throw Options.wrong("--color", when, "auto, always or never");
    };
  }
}
