package dev.jgenl.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Understands command lines of pyynl, the kernel's own client, so that those of the kernel's
 * documentation can be pasted: {@code --family NAME --do OPERATION --json TEXT} and the like.
 */
final class Pyynl {

  private final String[] words;
  private final List<String> rest = new ArrayList<>();
  private final List<String> multi = new ArrayList<>();
  private int at;
  private @Nullable String verb;
  private String source = "";
  private String action = "";
  private @Nullable String family;
  private @Nullable String operation;
  private @Nullable String group;
  private boolean policy;

  private Pyynl(String... words) {
    this.words = words;
  }

  /** Tells whether an option is one with which a command line of pyynl begins. */
  static boolean isOption(String option) {
    return switch (name(option)) {
      case "--family", "--spec", "--list-families", "--do", "--dump", "--multi", "--subscribe" ->
          true;
      default -> false;
    };
  }

  private static String name(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }

  /** Returns the same in jgenl's own words. */
  static Arguments translate(String... words) {
    Pyynl pyynl = new Pyynl(words);
    while (pyynl.at < words.length) {
      pyynl.word();
    }
    return pyynl.arguments();
  }

  private void word() {
    String word = words[at];
    switch (name(word)) {
      case "--family", "--spec" -> {
        source = only(source);
        family = value();
      }
      case "--list-families" -> {
        source = only(source);
        verb = "families";
      }
      case "--do" -> ask("do");
      case "--dump" -> ask("dump");
      case "--multi" -> {
        action = only(action);
        verb = "multi";
        multi.add(value());
        multi.add(value());
      }
      case "--list-ops", "--list-msgs" -> {
        action = only(action);
        verb = "describe";
      }
      case "--list-attrs", "--doc" -> ask("describe");
      case "--policy" -> policy = true;
      case "--subscribe", "--ntf" -> group = value();
      case "--duration", "--sleep" -> {
        rest.add("--duration");
        rest.add(value());
      }
      case "--json" -> {
        rest.add("--input");
        rest.add(value());
      }
      case "--output-json" -> rest.add("-j");
      case "--schema" -> value();
      case "--dbg-small-recv" -> smallReceive();
      case "--no-schema", "--process-unknown", "--no-process-unknown" -> {}
      default -> rest.add(word);
    }
    at++;
  }

  /** Of some options there may be one alone, as often as it likes. */
  private String only(String other) {
    String option = name(words[at]);
    if (!other.isEmpty() && !other.equals(option)) {
      throw new CommandException(ExitStatus.USAGE, option + " cannot stand beside " + other);
    }
    return option;
  }

  private void ask(String asked) {
    action = only(action);
    verb = asked;
    operation = value();
  }

  /** Returns what stands behind the option, or behind an equals sign in it. */
  private String value() {
    int equals = words[at].indexOf('=');
    if (words[at].startsWith("--") && equals > 0) {
      return words[at].substring(equals + 1);
    } else if (at + 1 == words.length) {
      throw new CommandException(ExitStatus.USAGE, name(words[at]) + " lacks what follows it");
    }
    return words[++at];
  }

  /** Has a number behind it, or none. */
  private void smallReceive() {
    if (at + 1 < words.length && !words[at + 1].startsWith("-")) {
      at++;
    }
  }

  private Arguments arguments() {
    List<String> all = new ArrayList<>();
    if (source.isEmpty() && (!action.isEmpty() || group != null)) {
      throw new CommandException(
          ExitStatus.USAGE, (group == null ? action : "--subscribe") + " needs --family beside it");
    }
    if (group != null) {
      if (!action.isEmpty()) {
        throw new CommandException(
            ExitStatus.USAGE, action + " stands in one line, --subscribe in another");
      }
      all.add(family + ":" + group);
      all.addAll(rest);
      return new Arguments("monitor", all);
    }
    if (family != null) {
      all.add(family);
    }
    if (operation != null) {
      all.add(operation);
    }
    all.addAll(multi);
    all.addAll(rest);
    return new Arguments(policy ? "policy" : verb == null ? "describe" : verb, all);
  }
}
