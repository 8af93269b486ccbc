package dev.jgenl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** {@code jgenl completion}: the script that a shell reads. */
final class CompletionVerb extends Verb {

  static final List<Syntax.Choice> SHELLS =
      List.of(
          new Syntax.Choice("bash", "source <(jgenl completion bash)"),
          new Syntax.Choice("zsh", "source <(jgenl completion zsh), behind compinit"),
          new Syntax.Choice(
              "fish", "jgenl completion fish > ~/.config/fish/completions/jgenl.fish"));

  @Override
  void describe(Syntax spec) {
    spec.description("Writes the script by which a shell completes words.");
    spec.addPositional(Options.choice("SHELL", SHELLS, "bash, zsh or fish"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    Options.refuseMessages(parsed, session.settings());
    Options.refuseFormat(parsed, "a script");
    String shell = Objects.requireNonNull(Options.parameter(parsed, 0));
    String name = "completion." + shell;
    try (InputStream script =
        Objects.requireNonNull(CompletionVerb.class.getResourceAsStream(name), name)) {
      session.out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    return ExitStatus.OK;
  }
}
