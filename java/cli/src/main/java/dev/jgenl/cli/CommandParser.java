package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a command line apart, as getopt_long(3) does: {@code --name VALUE}, {@code --name=VALUE},
 * {@code -nVALUE}, {@code -jp}, and {@code --} behind which nothing is an option.
 */
final class CommandParser {

  private final Syntax syntax;
  private final List<String> words;
  private final Map<String, String> options = new HashMap<>();
  private final List<String> parameters = new ArrayList<>();
  private int at;

  private CommandParser(Syntax syntax, List<String> words) {
    this.syntax = syntax;
    this.words = words;
  }

  /**
   * Takes words apart. That a parameter is missing is not said if help is asked for.
   *
   * @throws CommandException if they are not what the syntax says
   */
  static Parsed parse(Syntax syntax, List<String> words) {
    CommandParser parser = new CommandParser(syntax, words);
    int dashes = -1;
    for (; parser.at < words.size(); parser.at++) {
      String word = words.get(parser.at);
      if (dashes >= 0 || word.length() < 2 || !word.startsWith("-")) {
        parser.parameters.add(word);
      } else if (word.equals("--")) {
        dashes = parser.parameters.size();
      } else if (word.startsWith("--")) {
        parser.longOption(word);
      } else {
        parser.shortOptions(word);
      }
    }
    if (!parser.options.containsKey("--help")) {
      parser.requireParameters();
    }
    return new Parsed(parser.options, parser.parameters, dashes);
  }

  private void longOption(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    Syntax.Option option = option(name);
    if (equals >= 0 && !option.hasValue()) {
      throw wrong(name + " takes no value");
    }
    put(option, equals >= 0 ? word.substring(equals + 1) : option.hasValue() ? next(name) : "");
  }

  private void shortOptions(String word) {
    for (int i = 1; i < word.length(); i++) {
      String name = "-" + word.charAt(i);
      Syntax.Option option = option(name);
      if (option.hasValue()) {
        String rest = word.substring(i + 1);
        put(option, rest.isEmpty() ? next(name) : rest.startsWith("=") ? rest.substring(1) : rest);
        return;
      }
      put(option, "");
    }
  }

  private Syntax.Option option(String name) {
    Syntax.Option option = syntax.find(name);
    if (option == null) {
      List<String> names = new ArrayList<>();
      for (Syntax.Option known : syntax.options()) {
        if (!known.isHidden()) {
          names.addAll(known.names());
        }
      }
      throw wrong(Names.unknown("option", name, names));
    }
    return option;
  }

  private String next(String name) {
    if (at + 1 == words.size()) {
      throw wrong(name + " lacks its value");
    }
    return words.get(++at);
  }

  private void put(Syntax.Option option, String value) {
    for (String name : option.names()) {
      options.put(name, value);
    }
  }

  private void requireParameters() {
    int most = 0;
    int least = 0;
    for (Syntax.Parameter parameter : syntax.parameters()) {
      least += parameter.least();
      most = parameter.most() == Integer.MAX_VALUE ? Integer.MAX_VALUE : most + parameter.most();
      if (parameters.size() < least) {
        throw wrong(parameter.label() + " is missing");
      }
    }
    if (parameters.size() > most) {
      throw wrong("'" + parameters.get(most) + "' is one word too many");
    }
  }

  private static CommandException wrong(String message) {
    return new CommandException(ExitStatus.USAGE, message + "\n--help says what it takes");
  }
}
