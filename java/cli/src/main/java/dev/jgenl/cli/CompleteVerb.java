package dev.jgenl.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * {@code jgenl complete -- WORD…}: what the last of the words may become, a line each. The scripts
 * of {@code jgenl completion} call it. One that ends with a point or an equals sign is not whole.
 */
final class CompleteVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description("Says what the last word may become.");
    spec.addPositional(Options.parameters(0, "WORD", "the words behind jgenl"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    List<String> words = Arrays.asList(Options.parameters(parsed, 0));
    if (!words.isEmpty()) {
      for (String candidate : new Completion(session.specs()).of(words)) {
        session.out().println(candidate);
      }
    }
    return ExitStatus.OK;
  }
}
