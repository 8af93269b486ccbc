package dev.jgenl.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * {@code jgenl complete -- WORD…}, which the scripts of {@link CompletionVerb} call: prints what
 * the last word may be, each with a tab and what it means if that is known. Behind one that ends
 * with a point or an equals sign the word goes on. Nothing known is nothing printed.
 */
final class CompleteVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description("Tells what the last word of a command line may be.");
    spec.addPositional(Options.parameters(0, "WORD", "what stands behind jgenl"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    List<String> words = Arrays.asList(Options.parameters(parsed, 0));
    Candidates candidates = new Candidates(words.isEmpty() ? "" : words.get(words.size() - 1));
    if (PyynlCompletion.isFor(words)) {
      new PyynlCompletion(words, candidates, session.specs()).find();
    } else {
      TypedWords typed = TypedWords.of(words.isEmpty() ? List.of("") : words);
      new Completion(typed, candidates, session.specs()).find();
    }
    for (String line : candidates.lines()) {
      session.out().println(line);
    }
    return ExitStatus.OK;
  }
}
