package dev.jgenl.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Lays out what {@code --help} says. */
final class Help {

  private static final String[] FOOTER = {
    "",
    "jgenl VERB --help says more. It ends with 0; 1 if the kernel refuses; 2 if the command line is"
        + " wrong; 3 if there is no such family; 4 if what is dumped changes meanwhile; 130 at"
        + " Ctrl-C."
  };

  private Help() {}

  /** Returns that of all verbs. */
  static String ofAll() {
    CommandSpec all = CommandSpec.create().name("jgenl");
    all.usageMessage()
        .description("Asks the kernel by netlink, with the names of its specs.")
        .footer(FOOTER);
    for (String name : Verbs.NAMES) {
      Syntax syntax = new Syntax();
      Objects.requireNonNull(Verbs.find(name)).describe(syntax);
      all.addSubcommand(name, command(name, syntax));
    }
    return text(all);
  }

  /** Returns that of a verb. */
  static String of(String name, Syntax syntax) {
    return text(command(name, syntax));
  }

  private static CommandSpec command(String name, Syntax syntax) {
    CommandSpec command = CommandSpec.create().name("jgenl " + name);
    command.usageMessage().description(syntax.description());
    List<Syntax.Parameter> parameters = syntax.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      command.addPositional(positional(i, parameters.get(i)));
    }
    for (Syntax.Option option : syntax.options()) {
      if (!option.isHidden()) {
        command.addOption(option(option));
      }
    }
    return command;
  }

  private static PositionalParamSpec positional(int index, Syntax.Parameter parameter) {
    boolean many = parameter.most() > 1;
    return PositionalParamSpec.builder()
        .index(index + (many ? "..*" : ""))
        .arity(parameter.least() + ".." + (many ? "*" : "1"))
        .required(parameter.least() > 0)
        .type(many ? String[].class : String.class)
        .paramLabel(parameter.label())
        .description(parameter.description())
        .build();
  }

  private static OptionSpec option(Syntax.Option option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.names().toArray(new String[0])).description(option.description());
    return (option.hasValue()
            ? builder.type(String.class).arity("1").paramLabel(option.label())
            : builder)
        .build();
  }

  private static String text(CommandSpec command) {
    command.usageMessage().sortOptions(false);
    return new CommandLine(command).getUsageMessage(Ansi.OFF);
  }
}
