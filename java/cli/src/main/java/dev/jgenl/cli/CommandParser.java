package dev.jgenl.cli;

import dev.jgenl.spec.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * Has Apache Commons CLI take a command line apart; parameters, which it does not know, are
 * counted.
 */
final class CommandParser {

  private CommandParser() {}

  /**
   * Takes words apart. That a parameter is missing is not said if help is asked for.
   *
   * @throws CommandException if they are not what the syntax says
   */
  static Parsed parse(Syntax syntax, List<String> words) {
    CommandLine line = line(syntax, words);
    Map<String, String> options = new HashMap<>();
    for (Option option : line.getOptions()) {
      for (String name : names(option)) {
        String before = options.put(name, option.hasArg() ? option.getValue() : "");
        if (before != null && isOnce(syntax, name)) {
          throw wrong(name + " is there twice");
        }
      }
    }
    List<String> parameters = line.getArgList();
    if (!options.containsKey("--help")) {
      requireParameters(syntax, parameters);
    }
    // The first -- ends the options wherever it stands, even where a value is wanted.
    int dashes = words.indexOf("--");
    int behind = words.size() - 1 - dashes;
    return new Parsed(options, parameters, dashes < 0 ? -1 : parameters.size() - behind);
  }

  // What replaces build() is not in the releases of the distributions.
  @SuppressWarnings("deprecation")
  private static CommandLine line(Syntax syntax, List<String> words) {
    Options options = new Options();
    for (Syntax.Option option : syntax.options()) {
      options.addOption(option.forLibrary());
    }
    DefaultParser parser =
        DefaultParser.builder()
            .setAllowPartialMatching(false)
            .setStripLeadingAndTrailingQuotes(false)
            .build();
    try {
      return parser.parse(options, words.toArray(new String[0]));
    } catch (UnrecognizedOptionException e) {
      throw unrecognized(syntax, e.getOption());
    } catch (MissingArgumentException e) {
      throw wrong(names(e.getOption()).get(0) + " lacks its value");
    } catch (ParseException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOnce(Syntax syntax, String name) {
    Syntax.Option option = syntax.find(name);
    return option != null && option.isOnce();
  }

  private static List<String> names(Option option) {
    List<String> names = new ArrayList<>();
    if (option.getOpt() != null) {
      names.add("-" + option.getOpt());
    }
    if (option.getLongOpt() != null) {
      names.add("--" + option.getLongOpt());
    }
    return names;
  }

  private static CommandException unrecognized(Syntax syntax, String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (syntax.find(name) != null) {
      return wrong(name + " takes no value");
    }
    List<String> names = new ArrayList<>();
    for (Syntax.Option known : syntax.options()) {
      if (!known.isHidden()) {
        names.addAll(known.names());
      }
    }
    return wrong(Names.unknown("option", name, names));
  }

  private static void requireParameters(Syntax syntax, List<String> parameters) {
    int most = 0;
    int least = 0;
    for (Syntax.Parameter parameter : syntax.parameters()) {
      int index = least;
      least += parameter.least();
      most = parameter.most() == Integer.MAX_VALUE ? Integer.MAX_VALUE : most + parameter.most();
      if (parameters.size() < least) {
        String choices = parameter.choices().isEmpty() ? "" : ": " + parameter.description();
        throw wrong(parameter.label() + " is missing" + choices);
      } else if (!parameter.choices().isEmpty()) {
        requireChoice(parameter, parameters.get(index));
      }
    }
    if (parameters.size() > most) {
      throw wrong("'" + parameters.get(most) + "' is one word too many");
    }
  }

  private static void requireChoice(Syntax.Parameter parameter, String word) {
    List<String> choices = new ArrayList<>();
    for (Syntax.Choice choice : parameter.choices()) {
      choices.add(choice.word());
    }
    if (!choices.contains(word)) {
      throw wrong(Names.unknown(parameter.label().toLowerCase(Locale.ROOT), word, choices));
    }
  }

  private static CommandException wrong(String message) {
    return new CommandException(ExitStatus.USAGE, message, "--help says what it takes");
  }
}
